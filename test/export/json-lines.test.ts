/**
 * The archive writes JSON by itself: held against JSON.stringify of the records it hands out, byte for
 * byte, over whatever a page can say.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { EXPORT_FIELDS, exportArticles, toExportRecord } from "../../src/export/index.ts";
import type { Article } from "../../src/model.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { beginRun, givenDate, givenPage, givenRead, NOW, visit } from "../store/given.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const CONTROLS = Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)).join("|");
const EVERY_KIND = `${CONTROLS}"\\/'\u007f\u0085\u00a0\u2028\u2029\ufeff\u{1f4da}\uffff`;

const HOSTILE: readonly (readonly [what: string, fields: Partial<Article>])[] = [
  ["plain news", {}],
  ["control characters, quotes, line separators", everywhere(EVERY_KIND)],
  [
    "SQL and JSON in words",
    everywhere(`'); DROP TABLE x; -- {"a":[1,null]} \\u0041 \\\\" $.title`),
  ],
  ["vowel signs in order", everywhere("مُحَمَّدٌ جداً")],
  ["shadda before fatha", everywhere("محم\u0651\u064eد")],
  ["alef and hamza apart", everywhere("ا\u0653 ا\u0654 و\u0654 e\u0301")],
  ["a sign right after a line feed", everywhere("n\n\u0301\t\u0654")],
  ["half a surrogate pair", everywhere("a\ud83d b\udcda c")],
  ["a zero character", everywhere("a\0b")],
  ["words of other scripts", everywhere("한국 日本 ਪੰਜਾਬੀ שָׁלוֹם Ωμέγα Å ﷺ ﻼ")],
  [
    "nothing at all",
    {
      ...{ title: "", subtitle: null, category: null, categories: [], body: "", excerpt: null },
      ...{ authors: [], tags: [], published: null, siteName: null, wordCount: 0, confidence: 0 },
    },
  ],
  ...[
    ["2024-04-30", "2024-04-29T22:00:00Z"],
    ["2024-04-30T10:05+02:00", "2024-04-30T08:05:00Z"],
    ["2024-04-30T10:05Z", "2024-04-30T10:05:00Z"],
    ["2024-04", "2024-03-31T22:00:00Z"],
    ["2024", "2024-01-01T05:30:00Z"],
    ["1912-04-15", "1912-04-14T23:07:16Z"],
    ["2024-04-30", "2024-05-30T00:00:00Z"],
    ["2024-04-30T10:00:00", "2024-04-30T08:00:00Z"],
    ["30 April", "2024-04-30T08:00:00Z"],
  ].map(([iso = "", at = ""]) => {
    const date = { ...givenDate(at), at: Date.parse(at), iso };
    const title = `${iso} ${at}`;
    return [`a date written ${iso}`, { title, published: date, modified: date }] as const;
  }),
  ["odd numbers", { title: "أعداد", confidence: 0.1 + 0.2, wordCount: 2 ** 31 }],
  [
    "tiny numbers",
    { title: "أصغر", confidence: 1e-7, isPartial: true, dir: "ltr", language: "und" },
  ],
];

/** The same text in every field that text can be in, in lists of one and of several. */
function everywhere(text: string): Partial<Article> {
  const image = (url: string, alt: string | null) => ({ url, alt, caption: text, credit: null });
  const category = { kind: "topic", detail: null, medtops: [] } as const;
  return {
    ...{ title: text, subtitle: text, category: text, body: text, excerpt: text, siteName: text },
    categories: [
      { label: text, ...category },
      { label: "ثقافة", ...category },
    ],
    ...{ tags: [text, "", text], authors: [text], imageUrl: text, canonicalUrl: text },
    // In an order that is not that of the record.
    images: [
      { credit: text, alt: null, url: text, caption: text },
      image("https://sahel.ly/2.jpg", text),
    ],
    published: { ...givenDate("2024-04-30T10:00:00+02:00"), raw: text },
    modified: givenDate("2024-05-01T10:00:00.123+02:00"),
    originalSource: { url: null, name: text } as const,
  };
}

async function withHostile(work: (store: Store) => Promise<void>): Promise<void> {
  const path = join(temporaryFolder(), "hostile.db");
  const store = await openStore({ path, mode: "write" });
  try {
    const runId = await beginRun(store);
    const read = (number: number, article: Partial<Article>, at: number) => {
      const url = `https://sahel.ly:${number % 3 === 0 ? 443 : 8080}/${number}?q='"\\&x=خبر`;
      const body = Buffer.from(`<html>${url} ${at}`);
      const found = givenRead(url, { runId, article, at, capture: { body } });
      return visit(store, givenPage(url, { siteId: "sahel's" }), found);
    };
    for (const [number, [, article]] of HOSTILE.entries())
      await read(number, article, NOW + number);
    for (const [number, [, article]] of HOSTILE.entries()) {
      const title = `${article.title ?? ""} تحديث ${number}`;
      await read(number, { ...article, title }, NOW + 5_000 + number);
    }
    odd(path);
    await work(store);
  } finally {
    await store.close();
  }
}

/** What no visit leaves so soon: a copy, a cluster, places, a time whose year has five digits. */
function odd(path: string): void {
  const db = new Sqlite(path);
  db.exec(`
    UPDATE article SET duplicate_of = 1, cluster_id = 7 WHERE id = 2;
    UPDATE article SET places = '["طرابلس","سرت"]' WHERE id IN (1, 3);
    UPDATE article SET last_seen_at = 253402300800000 WHERE id = 4;
    UPDATE article SET first_seen_at = -62167219200001 WHERE id = 5;
    UPDATE article SET first_seen_at = -1, last_seen_at = 951782399999 WHERE id = 6`);
  db.close();
}

test.each([
  ["the newest versions", "latest", EXPORT_FIELDS],
  ["every version", "all", EXPORT_FIELDS],
  ["some fields, in another order", "all", ["extractor", "body", "images", "id"]],
  ["one field", "latest", ["title"]],
] as const)("%s: as JSON.stringify writes them", async (_, versions, fields) => {
  await withHostile(async (store) => {
    const expected: string[] = [];
    for await (const record of store.scan({}, versions)) {
      const whole = toExportRecord(record);
      const picked = Object.fromEntries(fields.map((name) => [name, whole[name]]));
      expected.push(JSON.stringify(picked));
    }
    expect(expected).toHaveLength(HOSTILE.length * (versions === "all" ? 2 : 1));
    const folder = temporaryFolder();
    for (const [name, text] of [
      ["a.jsonl", `${expected.join("\n")}\n`],
      ["a.json", `[\n${expected.join(",\n")}\n]\n`],
    ] as const) {
      const target = join(folder, name);
      const report = await exportArticles(store, { target, versions, fields });
      expect(report.records).toBe(expected.length);
      expect(readFileSync(target).equals(Buffer.from(text)), name).toBe(true);
    }
  });
});

test("an increment notes the same digests whichever format asks", async () => {
  await withHostile(async (store) => {
    const folder = temporaryFolder();
    const options = { sinceExport: "nightly", versions: "all" } as const;
    const first = await exportArticles(store, { ...options, target: join(folder, "1.jsonl") });
    const second = await exportArticles(store, { ...options, target: join(folder, "2.csv") });
    expect([first.records, second.records]).toEqual([HOSTILE.length * 2, 0]);
  });
});

test("only some lines of a batch are news: those alone come, whole", async () => {
  await withHostile(async (store) => {
    const folder = temporaryFolder();
    const options = { sinceExport: "nightly" } as const;
    await exportArticles(store, { ...options, target: join(folder, "1.jsonl") });
    const runId = await beginRun(store, NOW + 9_000);
    const url = `https://sahel.ly:8080/1?q='"\\&x=خبر`;
    const again = givenRead(url, { runId, article: { title: "صُحِّح" }, at: NOW + 10_000 });
    await visit(store, givenPage(url, { siteId: "sahel's" }), again);
    const target = join(folder, "2.jsonl");
    await exportArticles(store, { ...options, target });
    const lines = readFileSync(target, "utf8").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).title)).toEqual(["صُحِّح".normalize("NFC")]);
  });
});
