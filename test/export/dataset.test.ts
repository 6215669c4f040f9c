/** Datasets of a real archive: shards, increments, and the card beside them. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { type ExportOptions, exportArticles, loadCitation } from "../../src/export/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import {
  beginRun,
  givenArticle,
  givenDate,
  givenPage,
  givenRead,
  NOW,
  visit,
} from "../store/given.ts";
import { temporaryFolder } from "../temporary-folder.ts";

let folder: string;
let store: Store;
let runId: number;
beforeEach(async () => {
  folder = temporaryFolder();
  store = await openStore({ path: `${folder}/archive.db`, mode: "write" });
  onTestFinished(() => store.close());
  runId = await beginRun(store);
});

let at = NOW;
/** Archives a page; a second time with another title is a second version. */
const put = (url: string, title: string, day = "2024-04-30") => {
  const article = givenArticle({ title, published: givenDate(`${day}T00:30:00+02:00`) });
  at += 60_000;
  return visit(store, givenPage(url), givenRead(url, { runId, at, article }));
};
const run = (options: Omit<ExportOptions, "target"> & { target?: string }) =>
  exportArticles(store, { target: `${folder}/all.jsonl`, isForced: true, now: NOW, ...options });
const linesOf = (name: string): string[] =>
  readFileSync(`${folder}/${name}`, "utf8").split("\n").filter(Boolean);

test("shards by month follow the month where the news is printed, and hold every record once", async () => {
  await put("https://a.ly/1", "الأول", "2024-04-30");
  await put("https://a.ly/2", "الثاني", "2024-05-01"); // still April in UTC
  await put("https://b.ly/3", "الثالث", "2023-12-31");
  const zone = "Africa/Tripoli";
  const { files } = await run({ target: `${folder}/n.jsonl.gz`, shard: "month", zone });
  expect(files.map(({ target, records }) => [target.slice(folder.length + 1), records])).toEqual([
    ["n-2023-12.jsonl.gz", 1],
    ["n-2024-04.jsonl.gz", 1],
    ["n-2024-05.jsonl.gz", 1],
  ]);
});

test("shards by source are named after it; a shard that exists is refused before anything is written", async () => {
  await put("https://a.ly/1", "الأول");
  await put("https://b.ly/1", "الثاني");
  const target = `${folder}/n.csv`;
  writeFileSync(`${folder}/n-b.csv`, "mine");
  await expect(run({ target, shard: "source", isForced: false })).rejects.toMatchObject({
    code: "E_TARGET_EXISTS",
    message: expect.stringContaining("n-b.csv"),
  });
  expect(readdirSync(folder).filter((name) => name.startsWith("n-"))).toEqual(["n-b.csv"]);
  const { files } = await run({ target, shard: "source" });
  expect(files.map(({ target: path }) => path.slice(folder.length + 1))).toEqual([
    "n-a.csv",
    "n-b.csv",
  ]);
});

test("two sources whose names a disk would take for one have a file each", async () => {
  for (const siteId of ["news_ly:8080", "news:ly_8080", "news_ly_8080"]) {
    const url = `https://a.ly/${siteId}`;
    await visit(store, givenPage(url, { siteId }), givenRead(url, { runId, at }));
  }
  const { files } = await run({ target: `${folder}/n.csv`, shard: "source", isForced: false });
  expect(files.map(({ target, records }) => [target.slice(folder.length + 1), records])).toEqual([
    ["n-news_ly_8080-2.csv", 1],
    ["n-news_ly_8080-3.csv", 1],
    ["n-news_ly_8080.csv", 1],
  ]);
});

test("the union of the increments is the full export, byte for byte after sort", async () => {
  const increments: string[] = [];
  for (let day = 1; day <= 4; day++) {
    for (let page = 0; page < 3; page++)
      await put(`https://a.ly/${day}/${page}`, `خبر ${day}${page}`);
    await run({ target: `${folder}/i${day}.jsonl`, sinceExport: "nightly", versions: "all" });
    increments.push(...linesOf(`i${day}.jsonl`));
  }
  await run({ versions: "all" });
  expect(increments).toHaveLength(12);
  expect(increments.sort()).toEqual(linesOf("all.jsonl").sort());
});

test("a record that changed comes again; the last word on each is the full export", async () => {
  await put("https://a.ly/1", "قبل التعديل الصامت");
  await put("https://a.ly/2", "خبر لا يتغير أبدا");
  await run({ target: `${folder}/i1.jsonl`, sinceExport: "x" });
  await put("https://a.ly/1", "بعد التعديل الصامت");
  await run({ target: `${folder}/i2.jsonl`, sinceExport: "x" });
  await run({ target: `${folder}/i3.jsonl`, sinceExport: "x" });
  expect([
    linesOf("i1.jsonl").length,
    linesOf("i2.jsonl").length,
    linesOf("i3.jsonl").length,
  ]).toEqual([2, 1, 0]);
  await run({});
  const latest = new Map<string, string>();
  for (const line of [...linesOf("i1.jsonl"), ...linesOf("i2.jsonl")]) {
    latest.set(JSON.parse(line).id, line);
  }
  expect([...latest.values()].sort()).toEqual(linesOf("all.jsonl").sort());
});

test("an export that came to nothing binds its name to nothing: not at first, not to more fields", async () => {
  await put("https://a.ly/1", "الأول");
  const into = (name: string, ...fields: ExportOptions["fields"] & object) =>
    run({ target: `${folder}/${name}`, sinceExport: "x", fields });
  await expect(into("no/i.jsonl", "url")).rejects.toMatchObject({ code: "E_INPUT" });
  await into("i1.jsonl", "id", "title");
  await expect(into("no/i.jsonl", "id", "title", "url")).rejects.toMatchObject({ code: "E_INPUT" });
  await into("i2.jsonl", "id", "title");
  await into("i3.jsonl", "id", "title", "url");
  await expect(into("i4.jsonl", "id", "title")).rejects.toMatchObject({ code: "E_USAGE" });
  const counts = ["i1.jsonl", "i2.jsonl", "i3.jsonl"].map((name) => linesOf(name).length);
  expect(counts).toEqual([1, 0, 1]);
});

test("an increment that was not written whole counts as not handed out", async () => {
  await put("https://a.ly/1", "الأول");
  const stop = new AbortController();
  const onRecord = () => stop.abort("SIGINT");
  await put("https://a.ly/2", "الثاني");
  const broken = run({
    target: `${folder}/b.jsonl`,
    sinceExport: "x",
    signal: stop.signal,
    onRecord,
  });
  await expect(broken).rejects.toBe("SIGINT");
  expect((await run({ target: `${folder}/c.jsonl`, sinceExport: "x" })).records).toBe(2);
});

test("a name keeps its terms", async () => {
  await run({ target: `${folder}/a.jsonl`, sinceExport: "x" });
  await expect(
    run({ target: `${folder}/b.jsonl`, sinceExport: "x", fields: ["id"] }),
  ).rejects.toMatchObject({
    code: "E_USAGE",
    message: expect.stringContaining('"x" was begun with'),
  });
});

test("a name goes on with more fields behind its own: every record comes again", async () => {
  await put("https://a.ly/1", "الأول");
  await put("https://a.ly/2", "الثاني");
  const target = `${folder}/a.jsonl`;
  const news = async (fields: readonly string[]) =>
    (await run({ target, sinceExport: "x", fields })).records;
  expect(await news(["id", "title"])).toBe(2);
  expect(await news(["id", "title"])).toBe(0);
  expect(await news(["id", "title", "subtitle"])).toBe(2);
  expect(await news(["id", "title", "subtitle"])).toBe(0);
  await expect(news(["id", "title"])).rejects.toMatchObject({ code: "E_USAGE" });
  await expect(news(["id", "title", "subtitles"])).rejects.toMatchObject({ code: "E_USAGE" });
});

const CARD = {
  title: null,
  license: "CC-BY-4.0",
  takedown: "archive@example.org",
  program: "warraq/0.1.0",
};

test("the card says what the files are: sums that sha256sum checks, a package, a Croissant, a citation", async () => {
  await put("https://a.ly/1", "الأول");
  await put("https://b.ly/1", "الثاني", "2023-01-01");
  const target = `${folder}/out.csv`;
  const { card } = await run({ target, shard: "source", card: CARD });
  expect(card.map((path) => path.slice(folder.length + 1))).toEqual([
    ...["DATA-CARD.md", "croissant.json", "datapackage.json", "SHA256SUMS"],
  ]);
  const checked = execFileSync("sha256sum", ["-c", "SHA256SUMS"], { cwd: folder }).toString();
  expect(checked).toBe("out-a.csv: OK\nout-b.csv: OK\n");
  const sums = readFileSync(`${folder}/SHA256SUMS`);
  const digest = `sha256:${createHash("sha256").update(sums).digest("hex")}`;
  const description = JSON.parse(readFileSync(`${folder}/datapackage.json`, "utf8"));
  expect(description).toMatchObject({
    name: "out",
    title: "News articles of a, b",
    licenses: [{ name: "CC-BY-4.0" }],
    resources: [
      { path: "out-a.csv", rows: 1, profile: "tabular-data-resource", encoding: "utf-8" },
      { path: "out-b.csv", rows: 1 },
    ],
    warraq: {
      digest,
      records: 2,
      published: { from: "2022-12-31", to: "2024-04-29" },
      takedown: "archive@example.org",
      rules: [{ name: "generic", records: 2 }],
    },
  });
  for (const { path, bytes, hash } of description.resources) {
    const content = readFileSync(`${folder}/${path}`);
    expect([bytes, hash]).toEqual([
      content.length,
      `sha256:${createHash("sha256").update(content).digest("hex")}`,
    ]);
  }
  const croissant = JSON.parse(readFileSync(`${folder}/croissant.json`, "utf8"));
  expect(croissant).toMatchObject({
    "@type": "sc:Dataset",
    conformsTo: "http://mlcommons.org/croissant/1.0",
    distribution: [{ "@id": "out-a.csv" }, { "@id": "out-b.csv" }],
  });
  expect(croissant.recordSet[0].field).toHaveLength(description.resources[0].schema.fields.length);
  const { citationOf } = await loadCitation();
  const citation = citationOf(description);
  expect(citation).toContain(digest);
  expect(readFileSync(`${folder}/DATA-CARD.md`, "utf8")).toContain(citation);
  expect(() => citationOf({ name: "someone else's" })).toThrow(/does not describe a dataset/u);
});

test("the same archive has the same digest, whenever it is exported", async () => {
  await put("https://a.ly/1", "الأول");
  const digests: string[] = [];
  for (const now of [NOW, NOW + 9_999_999]) {
    await run({ target: `${folder}/x.parquet`, card: CARD, now });
    digests.push(readFileSync(`${folder}/SHA256SUMS`, "utf8"));
  }
  expect(digests[0]).toBe(digests[1]);
});

test("a CSV's package promises nothing that its cells do not keep", async () => {
  await put("https://a.ly/1", "");
  const target = `${folder}/out.csv`;
  await run({ target, card: CARD });
  const { resources } = JSON.parse(readFileSync(`${folder}/datapackage.json`, "utf8"));
  const [{ schema }] = resources;
  expect(schema.missingValues).toEqual([""]);
  const csv = `import csv,json,sys;print(json.dumps(next(csv.DictReader(open(sys.argv[1],newline="",encoding="utf-8")))))`;
  const row = JSON.parse(execFileSync("python3", ["-c", csv, target]).toString());
  const broken = schema.fields.filter(
    ({ name, constraints }: { name: string; constraints: { required: boolean } }) =>
      constraints.required && row[name] === "",
  );
  expect(broken).toEqual([]);
  const required = schema.fields.flatMap(
    ({ name, constraints }: { name: string; constraints: { required: boolean } }) =>
      constraints.required ? [name] : [],
  );
  expect(required).toEqual(expect.arrayContaining(["id", "url", "version", "content_hash"]));
  const dates = schema.fields.filter(({ type }: { type: string }) => type === "datetime");
  expect(dates.map(({ format }: { format: string }) => format)).toEqual(Array(5).fill("any"));
});

test("resources of one package have names of their own, of the signs that names may have", async () => {
  for (const siteId of ["www.one", "www.two", "خبر", "نبأ"]) {
    const url = `https://a.ly/${siteId}`;
    await visit(store, givenPage(url, { siteId }), givenRead(url, { runId, at }));
  }
  for (const [target, names] of [
    ["n.csv", ["n-www.one", "n-www.two", "n--", "n---2"]],
    ["أخبار.csv.gz", ["--www.one", "--www.two", "dataset", "dataset-2"]],
  ] as const) {
    await run({ target: `${folder}/${target}`, shard: "source", card: CARD });
    const { name, resources } = JSON.parse(readFileSync(`${folder}/datapackage.json`, "utf8"));
    expect(resources.map((resource: { name: string }) => resource.name)).toEqual(names);
    for (const one of [name, ...names]) expect(one).toMatch(/^[-a-z0-9._]+$/u);
  }
});

test.each([
  ["CC-BY-4.0", { name: "CC-BY-4.0" }],
  ["CC BY 4.0", { name: "CC-BY-4.0", title: "CC BY 4.0" }],
  ["https://example.org/terms", { path: "https://example.org/terms" }],
  ["للبحث فقط", { name: "custom", title: "للبحث فقط" }],
])("the licence %s is written as the specification has licences", async (license, written) => {
  await run({ card: { ...CARD, license } });
  const { licenses } = JSON.parse(readFileSync(`${folder}/datapackage.json`, "utf8"));
  expect(licenses).toEqual([written]);
});

test("limits of time are told as dates", async () => {
  await put("https://a.ly/1", "الأول");
  await run({ card: CARD, filter: { from: Date.UTC(2019, 0, 1), language: "ar" } });
  const card = readFileSync(`${folder}/DATA-CARD.md`, "utf8");
  expect(card).toContain('limited to | from "2019-01-01T00:00:00.000Z"; language "ar"');
  const { warraq } = JSON.parse(readFileSync(`${folder}/datapackage.json`, "utf8"));
  expect(warraq.filter).toEqual({ from: "2019-01-01T00:00:00.000Z", language: "ar" });
});

test("Croissant's ids are addresses, and a structure has its parts", async () => {
  await put("https://a.ly/1", "الأول");
  await run({ target: `${folder}/a b.jsonl`, card: CARD });
  const croissant = JSON.parse(readFileSync(`${folder}/croissant.json`, "utf8"));
  const [file] = croissant.distribution;
  expect([file["@id"], file.name, file.contentUrl]).toEqual([
    "a%20b.jsonl",
    "a b.jsonl",
    "a%20b.jsonl",
  ]);
  const fields = croissant.recordSet[0].field as { name: string }[];
  expect(fields.find(({ name }) => name === "images")).toMatchObject({
    repeated: true,
    subField: [{ source: { extract: { jsonPath: "$.images[*].url" } } }, {}, {}, {}],
  });
  expect(fields.find(({ name }) => name === "extractor")).toMatchObject({
    subField: expect.arrayContaining([
      expect.objectContaining({
        "@id": "records/a%20b.jsonl/extractor/confidence",
        dataType: "sc:Float",
        source: {
          fileObject: { "@id": "a%20b.jsonl" },
          extract: { jsonPath: "$.extractor.confidence" },
        },
      }),
    ]),
  });
  await run({ target: `${folder}/a b.jsonl`, card: CARD, profile: "trafilatura" });
  expect(readFileSync(`${folder}/croissant.json`, "utf8")).toContain("$['source-hostname']");
});

test("Croissant names JSON Lines and Parquet as its readers know them", async () => {
  await put("https://a.ly/1", "الأول");
  for (const [suffix, format] of [
    ["jsonl", "application/jsonlines"],
    ["parquet", "application/x-parquet"],
    ["csv", "text/csv"],
  ]) {
    await run({ target: `${folder}/x.${suffix}`, card: CARD });
    const croissant = JSON.parse(readFileSync(`${folder}/croissant.json`, "utf8"));
    expect(croissant.distribution[0].encodingFormat).toBe(format);
  }
});
