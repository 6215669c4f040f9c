/** Citations as the programs that read them want them: escapes, keys, dates as far as they were told. */
import { expect, test } from "vitest";
import { cite, citedFacts } from "../../src/export/index.ts";
import type { Article } from "../../src/model.ts";
import { givenDate } from "../store/given.ts";
import { recordOf } from "./records.ts";

const of = (article: Partial<Article> = {}, more: object = {}) =>
  citedFacts({ ...recordOf({ article }), ...more });
const HOSTILE = "50% of {A & B} cost $3_000 #1 ~ ^ \\ \u202eعكس\nثان";

test("BibTeX: every sign is escaped, braces balance, names stay whole", () => {
  const entry = cite(of({ title: HOSTILE, authors: ["سالم الفيتوري", "A & B"] }), "bibtex");
  expect(entry).toMatch(/^@online\{[a-z0-9]+\d{4}-a\d+v\d+,\n/u);
  expect(entry).toContain(
    "title = {{50\\% of \\{A \\& B\\} cost \\$3\\_000 \\#1 \\textasciitilde{} \\textasciicircum{} \\textbackslash{} عكس ثان}}",
  );
  expect(entry).toContain("author = {{سالم الفيتوري} and {A \\& B}}");
  let depth = 0;
  for (const [sign] of entry.replace(/\\[{}]/gu, "").matchAll(/[{}]/gu)) {
    depth += sign === "{" ? 1 : -1;
    expect(depth).toBeGreaterThanOrEqual(0);
  }
  expect(depth).toBe(0);
});

test.each([
  ["day", "2019-04-23", [2019, 4, 23], "2019/04/23/"],
  ["minute", "2019-04-23", [2019, 4, 23], "2019/04/23/"],
  ["month", "2019-04", [2019, 4], "2019/04//"],
  ["year", "2019", [2019], "2019///"],
] as const)("a date told to the %s is cited so", (precision, date, parts, risDate) => {
  const published = { ...givenDate("2019-04-23T10:00:00+02:00"), precision };
  const facts = of({ published });
  expect(cite(facts, "bibtex")).toContain(`date = {${date}}`);
  expect(cite(facts, "ris")).toContain(`DA  - ${risDate}\r\n`);
  expect(JSON.parse(cite(facts, "csl-json"))[0].issued).toEqual({ "date-parts": [parts] });
});

test("RIS: one tag a line, CR LF, from TY to ER; nothing of a text can begin a line", () => {
  const text = cite(of({ title: "x\r\nER  - \r\nTY  - BOOK" }), "ris");
  const lines = text.split("\r\n");
  expect(lines.pop()).toBe("");
  expect(lines[0]).toBe("TY  - NEWS");
  expect(lines.at(-1)).toBe("ER  - ");
  expect(lines.every((line) => /^[A-Z][A-Z0-9] {2}- [^\r\n]*$/u.test(line))).toBe(true);
  expect(lines.filter((line) => line.startsWith("ER"))).toHaveLength(1);
});

test("CSL-JSON: an item with literal names, and what it was read by", () => {
  const [item] = JSON.parse(cite(of({ authors: ["سالم الفيتوري"] }), "csl-json"));
  expect(item).toMatchObject({
    type: "article-newspaper",
    author: [{ literal: "سالم الفيتوري" }],
  });
  expect(item.note).toMatch(
    /^Version \d+ of \d+, captured \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ; content sha256:\S+, raw sha256:\S+; read by \S.*, \S+$/u,
  );
});

test("plain lines name text and page by their digests, as the other styles do", () => {
  const facts = { ...of(), contentHash: "sha256:of-text", rawHash: "sha256:of-page" };
  expect(cite(facts, "text-en")).toContain(`, text ${facts.contentHash}, page ${facts.rawHash}; `);
  expect(cite(facts, "text-ar")).toContain(
    `، النص ${facts.contentHash}، الصفحة ${facts.rawHash}؛ `,
  );
});

test("plain lines without author and date say so", () => {
  const facts = of({ title: "خبر", authors: [], published: null, siteName: "أوج" });
  expect(cite(facts, "text-ar")).toMatch(/^«خبر»، أوج، بلا تاريخ\. http\S+ \(النسخة /u);
  expect(cite(facts, "text-en")).toMatch(/^“خبر”\. أوج, no date\. http\S+ \(version /u);
});

test("keys of two versions and of two articles differ", () => {
  const keys = [of({}, { version: 1 }), of({}, { version: 2 }), of({}, { id: "a99" })].map(
    (facts) => JSON.parse(cite(facts, "csl-json"))[0].id,
  );
  expect(new Set(keys).size).toBe(3);
});
