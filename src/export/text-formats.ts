/** Datasets as text: JSON Lines, one JSON array, CSV, Markdown. Each streams record by record. */
import type { Column, Row } from "./columns.ts";
import { csvLine, plainText } from "./csv.ts";

export async function* encodeJsonLines(rows: AsyncIterable<Row>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

export async function* encodeJson(rows: AsyncIterable<Row>): AsyncGenerator<string> {
  let before = "[\n";
  for await (const row of rows) {
    yield `${before}${JSON.stringify(row)}`;
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}

/** @param hasBom - begin with a byte order mark: Excel takes CSV for the local 8-bit encoding otherwise */
export async function* encodeCsv(
  rows: AsyncIterable<Row>,
  columns: readonly Column[],
  hasBom: boolean,
): AsyncGenerator<string> {
  const names = columns.map(({ name }) => name);
  yield `${hasBom ? "\uFEFF" : ""}${csvLine(names)}`;
  for await (const row of rows) yield csvLine(names.map((name) => row[name]));
}

/** Columns that are the text itself, whatever the profile calls them: they follow the table of facts. */
const TITLES: ReadonlySet<string> = new Set(["title", "article_title", "headline"]);
const BODIES: ReadonlySet<string> = new Set([
  ...["body", "maintext", "text", "text_content", "articleBody"],
]);
/** What YAML reads as a name without quotes; `@context` it does not. */
const PLAIN_KEY = /^[a-z_][\w-]*$/iu;
/** The same text again in another column would be there twice. */
const COPIES: ReadonlySet<string> = new Set(["raw_text", "text_cleaned"]);

/**
 * One section a record: its title, a front matter of facts (a YAML block, JSON scalars being YAML),
 * its text. Markup in titles and texts is escaped: it is what the page said, not ours to obey.
 */
export async function* encodeMarkdown(
  rows: AsyncIterable<Row>,
  columns: readonly Column[],
): AsyncGenerator<string> {
  let before = "";
  for await (const row of rows) {
    const facts = columns.flatMap(({ name }) => {
      const value = row[name];
      const isText = TITLES.has(name) || BODIES.has(name) || COPIES.has(name);
      const isEmpty = value === null || value === undefined || plainText(value) === "";
      const key = PLAIN_KEY.test(name) ? name : JSON.stringify(name);
      return isText || isEmpty ? [] : [`${key}: ${JSON.stringify(value)}`];
    });
    const title = textIn(row, columns, TITLES).replace(/\s+/gu, " ");
    const body = textIn(row, columns, BODIES);
    yield `${before}# ${escaped(title)}\n\n\`\`\`yaml\n${facts.join("\n")}\n\`\`\`\n\n${escaped(body)}\n`;
    before = "\n";
  }
}

function textIn(row: Row, columns: readonly Column[], names: ReadonlySet<string>): string {
  const found = columns.find(({ name }) => names.has(name) && typeof row[name] === "string");
  return found === undefined ? "" : String(row[found.name]);
}

/** What Markdown (CommonMark) could take for markup, inside a line and at its start. */
const INLINE_MARKUP = /[\\`*_[\]<>|~]/gu;
const LINE_MARKUP =
  /^(\s{0,3})(#{1,6}(?=\s|$)|[-+](?=\s|$)|={2,}\s*$|-{2,}\s*$|\d{1,9}(?=[.)]\s))/gmu;

function escaped(text: string): string {
  return text
    .replace(INLINE_MARKUP, "\\$&")
    .replace(LINE_MARKUP, (_, blank: string, mark: string) =>
      /^\d/u.test(mark) ? `${blank}${mark}\\` : `${blank}\\${mark}`,
    );
}
