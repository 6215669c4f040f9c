/** `extract` for people: the article as text, and `--explain`, how it was found. */
import { plainText } from "../export/index.ts";
import { forTerminal, isolate } from "../text/index.ts";
import type { Context } from "./command.ts";
import { counted } from "./counted.ts";
import type { ExtractedPage } from "./extract-pages.ts";
import { fieldLine } from "./output.ts";

/** Enough of a value to recognise it by. */
const SHOWN_CHARS = 120;

export async function printForReading(
  { stdout, color }: Context,
  page: ExtractedPage,
): Promise<void> {
  const facts: readonly (readonly [name: string, value: unknown])[] = [
    ["category", page.categories],
    ["authors", page.authors],
    ["published", page.date_published],
    ["modified", page.date_modified],
    ["tags", page.tags],
    ["site", page.site_name],
    ["url", page.canonical_url ?? page.url],
  ];
  const lines = facts
    .filter(([, value]) => plainText(value) !== "")
    .map(([name, value]) => fieldLine(name, value, color));
  const body = (page.body ?? "").split("\n").map(forTerminal).join("\n");
  await stdout(`${forTerminal(page.title ?? "")}\n\n${lines.join("\n")}\n\n${body}\n`);
}

/** The numbered steps, every field's winner and losers, and each removal with its reason. */
export async function printExplained({ stdout }: Context, page: ExtractedPage): Promise<void> {
  const { trace, kind, reasons, extractor, encoding } = page;
  const lines = [
    `kind        ${kind} (${reasons.map(forTerminal).join("; ")})`,
    `encoding    ${encoding}`,
    `rule        ${extractor?.rule ?? "-"}, method ${extractor?.method ?? "-"}, confidence ${extractor?.confidence ?? "-"}`,
    "",
    "Steps",
    ...(trace?.steps ?? []).map(
      ({ step, detail }, index) =>
        `${String(index + 1).padStart(3)}. ${forTerminal(step)}: ${shown(detail)}`,
    ),
    "",
    "Fields",
    ...Object.entries(trace?.fields ?? {}).flatMap(([field, candidates]) => [
      `  ${field}`,
      ...onceEach(
        candidates.map(({ source, value, rejected }) =>
          rejected === null
            ? `    + ${forTerminal(source)}: ${shown(value)}`
            : `    - ${forTerminal(source)}: ${shown(value)} (${forTerminal(rejected)})`,
        ),
      ),
    ]),
    "",
    "Removed",
    ...onceEach(
      (trace?.removals ?? []).map(
        ({ what, reason, chars }) =>
          `  ${shown(what)}: ${forTerminal(reason)}, ${counted(chars, "character")}`,
      ),
    ),
  ];
  await stdout(`${lines.join("\n")}\n`);
}

/** Equal lines once, where the first stood, with how many they are: a byline may be on a page 23 times. */
function onceEach(lines: readonly string[]): readonly string[] {
  const times = new Map<string, number>();
  for (const line of lines) times.set(line, (times.get(line) ?? 0) + 1);
  return [...times].map(([line, count]) => (count === 1 ? line : `${line} ×${count}`));
}

function shown(value: string): string {
  const text = forTerminal(value);
  return isolate(text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text);
}
