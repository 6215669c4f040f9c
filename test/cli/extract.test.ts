import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { EXPORT_FIELDS } from "../../src/export/index.ts";
import { serve } from "../loopback.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { warraq } from "./harness.ts";

const PARAGRAPHS = [
  "قال مدير المكتبة إن القاعة الجديدة ستفتح أبوابها للجمهور يوم الأحد المقبل، بعد أعمال صيانة استمرت عامين كاملين.",
  "وأضاف أن المكتبة تضم نحو عشرين ألف كتاب، بينها ثلاثة آلاف كتاب للأطفال، وأن الإعارة ستكون بالمجان لسكان المدينة.",
];
const PAGE = `<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>افتتاح مكتبة عامة</title>
<meta property="article:published_time" content="2026-05-16T18:00:00+02:00"></head><body>
<h1>افتتاح مكتبة عامة</h1><article>${PARAGRAPHS.map((text) => `<p>${text}</p>`).join("")}</article></body></html>`;
const NO_ARCHIVE = ["--archive", "/nonexistent/x.db"];

function extract(words: readonly string[], input = "") {
  return warraq(["extract", ...words, ...NO_ARCHIVE], { input, now: Date.now });
}

function files(): { readonly page: string; readonly packed: string; readonly empty: string } {
  const folder = temporaryFolder();
  const [page, packed, empty] = ["page.html", "packed.html.gz", "empty.html"].map(
    (name) => `${folder}/${name}`,
  );
  writeFileSync(page as string, PAGE);
  writeFileSync(packed as string, gzipSync(PAGE));
  writeFileSync(empty as string, "");
  return { page, packed, empty } as ReturnType<typeof files>;
}

test("one file is printed for reading", async () => {
  const { code, out, err } = await extract([files().page]);
  expect(out).toMatch(/^افتتاح مكتبة عامة\n\n/u);
  expect(out).toContain(`\n\n${PARAGRAPHS.join("\n\n")}\n`);
  expect([code, err]).toEqual([0, ""]);
});

test("--json has the export's fields in their order, then what the page is", async () => {
  const { out } = await extract([
    files().page,
    "--json",
    "--url",
    "https://example.ly/2026/05/16/maktaba",
  ]);
  const record = JSON.parse(out);
  expect(Object.keys(record).slice(0, EXPORT_FIELDS.length)).toEqual(EXPORT_FIELDS);
  expect(record).toMatchObject({
    title: "افتتاح مكتبة عامة",
    body: PARAGRAPHS.join("\n\n"),
    url: "https://example.ly/2026/05/16/maktaba",
    date_published: "2026-05-16T18:00:00+02:00",
    kind: "article",
    version: null,
    error: null,
  });
});

test("a file's folders are no evidence: neither section nor date", async () => {
  const record = JSON.parse((await extract([files().page, "--json"])).out);
  expect(record).toMatchObject({ category: null, url: "file:///page.html" });
});

test.each([
  ["stdin", (page: string) => extract(["-", "--json"], page)],
  ["a gzipped file", () => extract([files().packed, "--json"])],
])("%s gives the same article", async (_, read) => {
  const { out } = await read(PAGE);
  expect(JSON.parse(out)).toMatchObject({
    title: "افتتاح مكتبة عامة",
    body: PARAGRAPHS.join("\n\n"),
  });
});

test("--explain shows steps, winners and removals", async () => {
  const { out } = await extract([files().page, "--explain"]);
  expect(out).toMatch(/\nSteps\n +1\. /u);
  expect(out).toMatch(/\n {2}title\n {4}\+ /u);
  expect(out).toContain("\nRemoved");
});

test("a URL is fetched politely, and private ones only when allowed", async () => {
  const { origin, log } = await serve({
    "/robots.txt": (response) => response.writeHead(404).end(),
    "/news": (response) => response.writeHead(200, { "content-type": "text/html" }).end(PAGE),
  });
  const refused = await extract([`${origin}/news`]);
  expect(refused.err).toMatch(/^warraq: .*private-address\)\n$/u);
  expect(refused.code).toBe(3);
  expect(log).toEqual([]);
  const { out, code } = await extract([
    `${origin}/news`,
    "--json",
    "--allow-private",
    "--contact",
    "a@example.org",
  ]);
  expect(JSON.parse(out)).toMatchObject({ title: "افتتاح مكتبة عامة" });
  expect(code).toBe(0);
  expect(log.map(({ path }) => path)).toEqual(["/robots.txt", "/news"]);
  expect(log[1]?.userAgent).toMatch(/warraq\/\d.*\+mailto:a@example\.org/u);
});

test("many files become one line each, in the order given, failures too", async () => {
  const { page, packed, empty } = files();
  const many = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? page : packed));
  const { out, err, code } = await extract([...many, "/nonexistent.html", empty]);
  const records = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(records.map(({ file }) => file)).toEqual([...many, "/nonexistent.html", empty]);
  expect(records.map(({ kind }) => kind)).toEqual([...many.map(() => "article"), null, "empty"]);
  expect(records[10]).toMatchObject({
    error: "/nonexistent.html: cannot be read: no such file",
    title: null,
  });
  expect(err).toContain("12 pages, 10 articles, 1 could not be read");
  expect(code).toBe(0);
});

test("--files-from names file, URL and id of each page", async () => {
  const { page } = files();
  const list = [
    { file: page, url: "https://almarsad.co/2026/05/16/x", id: "p1" },
    { file: page, id: 2 },
  ];
  const input = list.map((entry) => JSON.stringify(entry)).join("\n");
  const { out } = await extract(["--files-from", "-"], input);
  const records = out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(records).toMatchObject([
    { id: "p1", url: "https://almarsad.co/2026/05/16/x", source: "almarsad" },
    { id: "2", source: null },
  ]);
});

test("--explain prints equal candidates once, with how many there are", async () => {
  const line = '<p class="byline">By <a rel="author" href="/mona">Mona Ali</a></p>';
  const page = PAGE.replace(/<\/body>|$/u, `${line.repeat(9)}$&`);
  const { out } = await extract(["-", "--explain"], page);
  const fields = out.slice(out.indexOf("\nFields\n")).split("\n");
  expect(fields.filter((text) => text.startsWith("    -") && / ×\d+$/u.test(text))).not.toEqual([]);
  expect(new Set(fields.filter((text) => text.startsWith("    "))).size).toBe(
    fields.filter((text) => text.startsWith("    ")).length,
  );
});

test("--files-from takes plain paths and URLs, one a line, beside the others", async () => {
  const { page } = files();
  const input = `\uFEFF${page}\r\n\n${JSON.stringify({ file: page, id: 2 })}\n${page}`;
  const { code, out } = await extract(["--files-from", "-"], input);
  const records = out.trimEnd().split("\n");
  expect(records.map((line) => JSON.parse(line))).toMatchObject([
    { id: null, file: page, error: null },
    { id: "2", file: page, error: null },
    { id: null, file: page, error: null },
  ]);
  expect(code).toBe(0);
});

test.each([
  [
    "a missing file",
    ["/nonexistent.html"],
    "",
    "/nonexistent.html: cannot be read: no such file",
    2,
  ],
  [
    "a missing list",
    ["--files-from", "/nonexistent.jsonl"],
    "",
    "/nonexistent.jsonl: cannot be read",
    2,
  ],
  ["a list that is not JSON", ["--files-from", "-"], "\n{not json", "stdin:2: is not JSON", 2],
  [
    "a list without files",
    ["--files-from", "-"],
    '{"id":1}',
    'stdin:1: should have "file" or "url"',
    2,
  ],
  ["a text", ["-"], "a < b and so on\n", "stdin: is no web page: there is no HTML in it", 3],
  ["source code", ["-"], "const x: Map<string, number> = f<A>();", "there is no HTML in it", 3],
  [
    "a WARC",
    ["-"],
    "WARC/1.0\r\nWARC-Type: response\r\n\r\n<html><p>x",
    "stdin: is a WARC, not a page: warraq import reads it",
    3,
  ],
  ["an empty page", ["-"], "", "not an article: empty", 3],
  ["an unknown site", ["-", "--site", "nobody"], PAGE, '"nobody" is not a known site', 2],
  ["a URL that is none", ["https://"], "", "https://", 2],
])("%s is one line", async (_, words, input, message, expected) => {
  const { code, out, err } = await extract(words, input);
  expect(err).toContain(message);
  expect(err.trimEnd().split("\n")).toHaveLength(1);
  expect(out).toBe("");
  expect(code).toBe(expected);
});
