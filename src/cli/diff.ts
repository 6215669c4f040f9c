/** `warraq diff`: what an outlet changed between two versions of an article. */
import { Option } from "commander";
import { WarraqError } from "../errors.ts";
import type { FieldDiff } from "../export/index.ts";
import type { ArticleRecord } from "../model.ts";
import type { AddCommand, Context } from "./command.ts";
import type { DiffLayout } from "./diff-layout.ts";

interface VersionRange {
  readonly from: number;
  readonly to: number;
}

interface DiffOptions {
  readonly json?: boolean;
  readonly html?: boolean;
  readonly inline?: boolean;
  readonly unified?: boolean;
  readonly sideBySide?: boolean;
}

const SHAPES = ["inline", "unified", "sideBySide", "html", "json"];

function layoutOption(name: string, description: string): Option {
  const option = new Option(`--${name}`, description);
  return option.conflicts(SHAPES.filter((shape) => shape !== option.attributeName()));
}

function layoutOf({ unified, sideBySide }: DiffOptions): DiffLayout {
  return unified ? "unified" : sideBySide ? "side-by-side" : "inline";
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
    .addOption(layoutOption("inline", "changed words marked in their paragraphs (the default)"))
    .addOption(layoutOption("unified", "each changed paragraph before (-) and after (+)"))
    .addOption(layoutOption("side-by-side", "before on the left, after on the right"))
    .addOption(layoutOption("html", "a page for a browser that needs nothing else"))
    .option("--json", "one JSON object: id, url, from, to, fields[{field, changes[{kind, text}]}]")
    .addHelpText(
      "after",
      `
Examples:
  $ warraq diff a1b2c3d4
  $ warraq diff a1b2c3d4 --side-by-side
  $ warraq diff a1b2c3d4 1..3 --html > diff.html
  $ warraq diff https://example.ly/news/1 1..3 --json`,
    )
    .action(
      act(async (context, idOrUrl: string, words: string | undefined, options: DiffOptions) => {
        const { noSuchArticle, withArchive } = await import("./open-archive.ts");
        const { printObject } = await import("./output.ts");
        const { diffArticles, diffHtml } = await import("../export/index.ts");
        await withArchive(context, "read", async (store) => {
          const newest = await store.article(idOrUrl);
          if (newest === null) throw noSuchArticle(idOrUrl, context.archivePath);
          const { from, to } = rangeOf(words, newest.versions);
          if (newest.versions === 1 && !options.json) {
            context.log.info(`${newest.id} has one version: there is nothing to compare yet`);
          }
          const [before, after] = [
            await store.article(idOrUrl, from),
            await store.article(idOrUrl, to),
          ];
          if (before === null || after === null) throw noSuchArticle(idOrUrl, context.archivePath);
          const fields = diffArticles(before.article, after.article);
          if (options.json) {
            return printObject(context, { id: newest.id, url: newest.url, from, to, fields });
          }
          if (options.html) return context.stdout(diffHtml(before, after, fields));
          return printDiff(context, before, after, fields, layoutOf(options));
        });
      }),
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
  layout: DiffLayout,
): Promise<void> {
  const { forTerminal } = await import("../text/index.ts");
  const { layOutDiff } = await import("./diff-layout.ts");
  const { isoInstant } = await import("../export/index.ts");
  const name = ({ version, downloadedAt }: ArticleRecord) =>
    `version ${version}, ${isoInstant(downloadedAt)}`;
  const lines = [forTerminal(after.url), `- ${name(before)}`, `+ ${name(after)}`];
  const style = { color: context.color, width: context.columns };
  if (before.version === after.version) lines.push("", "the same version");
  else if (fields.length === 0) lines.push("", "no visible change");
  for (const { field, changes } of fields) {
    lines.push("", `${field}:`, ...layOutDiff(changes, layout, style));
  }
  await context.stdout(`${lines.join("\n")}\n`);
}
