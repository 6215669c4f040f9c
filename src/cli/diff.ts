/** `warraq diff`: what an outlet changed between two versions of an article. */
import { WarraqError } from "../errors.ts";
import type { FieldDiff } from "../export/index.ts";
import type { ArticleRecord } from "../model.ts";
import type { Change } from "../text/index.ts";
import type { AddCommand, Context } from "./command.ts";

interface VersionRange {
  readonly from: number;
  readonly to: number;
}

export const addDiffCommand: AddCommand = (program, act) => {
  program
    .command("diff")
    .description(
      "Shows, word by word, what changed between two versions of an article: removed [-words-] and added\n{+words+}, in colour on a terminal. Paragraphs that did not change are left out.",
    )
    .argument("<id|url>", "an article's id, or any URL that led to it")
    .argument("[A..B]", "two versions; A alone means A..newest (default: the last change)")
    .optionsGroup("Output:")
    .option("--json", "one JSON object: id, url, from, to, fields[{field, changes[{kind, text}]}]")
    .addHelpText(
      "after",
      `
Examples:
  $ warraq diff a1b2c3d4
  $ warraq diff https://example.ly/news/1 1..3 --json`,
    )
    .action(
      act(
        async (
          context,
          idOrUrl: string,
          words: string | undefined,
          options: { json?: boolean },
        ) => {
          const { noSuchArticle, withArchive } = await import("./open-archive.ts");
          const { printObject } = await import("./output.ts");
          const { diffArticles } = await import("../export/index.ts");
          await withArchive(context, "read", async (store) => {
            const newest = await store.article(idOrUrl);
            if (newest === null) throw noSuchArticle(idOrUrl, context.archivePath);
            const { from, to } = rangeOf(words, newest.versions);
            const [before, after] = [
              await store.article(idOrUrl, from),
              await store.article(idOrUrl, to),
            ];
            if (before === null || after === null)
              throw noSuchArticle(idOrUrl, context.archivePath);
            const fields = diffArticles(before.article, after.article);
            if (options.json) {
              return printObject(context, { id: newest.id, url: newest.url, from, to, fields });
            }
            return printDiff(context, before, after, fields);
          });
        },
      ),
    );
};

/**
 * `A..B`, `A..`, `..B`, `A` or nothing (the last change).
 *
 * @throws {WarraqError} E_USAGE when it is not a range; E_NOT_FOUND when the article has no such version
 */
export function rangeOf(words: string | undefined, versions: number): VersionRange {
  const [, a = "", dots, b = ""] = /^(\d*)(\.\.)?(\d*)$/u.exec(words ?? "..") ?? [];
  if (dots === undefined && (a === "" || b !== "")) {
    throw new WarraqError("E_USAGE", `"${words}" is not a range of versions; write 1..2`);
  }
  const to = b === "" ? versions : Number(b);
  const from = a === "" ? Math.max(1, to - 1) : Number(a);
  const missing = [from, to].find((version) => version < 1 || version > versions);
  if (missing !== undefined) {
    throw new WarraqError(
      "E_NOT_FOUND",
      `there is no version ${missing}; versions go from 1 to ${versions}`,
    );
  }
  return { from, to };
}

async function printDiff(
  context: Context,
  before: ArticleRecord,
  after: ArticleRecord,
  fields: readonly FieldDiff[],
): Promise<void> {
  const { forTerminal } = await import("../text/index.ts");
  const { isoInstant } = await import("../export/index.ts");
  const name = ({ version, downloadedAt }: ArticleRecord) =>
    `version ${version}, ${isoInstant(downloadedAt)}`;
  const lines = [forTerminal(after.url), `- ${name(before)}`, `+ ${name(after)}`];
  if (before.version === after.version) lines.push("", "the same version");
  else if (fields.length === 0) lines.push("", "no visible change");
  for (const { field, changes } of fields) {
    lines.push("", `${field}:`, ...paragraphsOf(changes, context.color, forTerminal));
  }
  await context.stdout(`${lines.join("\n")}\n`);
}

/**
 * The paragraphs that hold a change. Each piece that changed is isolated, so that in a right-to-left
 * line the brackets stay around their words.
 */
function paragraphsOf(
  changes: readonly Change[],
  color: boolean,
  safe: (text: string) => string,
): readonly string[] {
  let line = "";
  let isChanged = false;
  let left = 0;
  const lines: string[] = [];
  const endLine = (): void => {
    if (isChanged) {
      if (left > 0) lines.push(`  (${left} unchanged)`);
      lines.push(`  ${line.trim()}`);
      left = 0;
    } else if (line.trim() !== "") {
      left++;
    }
    line = "";
    isChanged = false;
  };
  for (const { kind, text } of changes) {
    for (const [index, part] of text.split(/\n+/u).entries()) {
      if (index > 0) endLine();
      if (part === "") continue;
      line += kind === "same" ? safe(part) : MARK[color ? "color" : "plain"][kind](safe(part));
      if (kind !== "same") isChanged = true;
    }
  }
  endLine();
  if (left > 0) lines.push(`  (${left} unchanged)`);
  return lines;
}

const MARK = {
  plain: {
    removed: (text: string) => `[-\u2068${text}\u2069-]`,
    added: (text: string) => `{+\u2068${text}\u2069+}`,
  },
  color: {
    removed: (text: string) => `\x1b[9;31m\u2068${text}\u2069\x1b[0m`,
    added: (text: string) => `\x1b[32m\u2068${text}\u2069\x1b[0m`,
  },
} as const;
