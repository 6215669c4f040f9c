/** Importing what is no WARC: ZIPs of them, saved pages, other programs' articles, lists of addresses. */
import { hash } from "node:crypto";
import { createWriteStream, mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { ZipFile } from "yazl";
import { warraq } from "../cli/harness.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { http, packed, page, paragraphs, record } from "../warc/given.ts";

function world() {
  const folder = temporaryFolder();
  const archive = ["--archive", join(folder, "warraq.db")];
  const say = (...words: readonly string[]) => warraq([...words, ...archive]);
  return {
    folder,
    say,
    file(name: string, bytes: Uint8Array | string, at = "2013-01-01T00:00:00Z"): string {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, bytes);
      utimesSync(path, new Date(at), new Date(at));
      return path;
    },
    async rows(statement: string): Promise<Record<string, unknown>[]> {
      return JSON.parse((await say("sql", statement, "--json")).out) as Record<string, unknown>[];
    },
  };
}

async function zip(path: string, files: Readonly<Record<string, Buffer>>, compress = false) {
  const made = new ZipFile();
  for (const [name, bytes] of Object.entries(files)) made.addBuffer(bytes, name, { compress });
  made.end();
  await pipeline(made.outputStream, createWriteStream(path));
}

const WARC = packed(
  record({ url: "http://dead.example/1-one", block: http(page("خبر أول")) }),
  record({ url: "http://dead.example/2-two", block: http(page("خبر ثان")) }),
);

test.each([
  ["stored", false],
  ["packed", true],
])("a WACZ whose archives are %s", async (_, compress) => {
  const { folder, say, rows } = world();
  const path = join(folder, "old.wacz");
  await zip(path, { "archive/a.warc.gz": WARC, "datapackage.json": Buffer.from("{}") }, compress);
  const { code, err } = await say("import", path);
  expect(code, err).toBe(0);
  expect(await rows("SELECT url, file, via FROM imports")).toEqual([
    { url: "http://dead.example/1-one", file: `${path}!archive/a.warc.gz`, via: "wacz" },
    { url: "http://dead.example/2-two", file: `${path}!archive/a.warc.gz`, via: "wacz" },
  ]);
});

const SECOND_WARC = packed(
  record({ url: "http://dead.example/3-three", block: http(page("خبر ثالث")) }),
);
const MEMBERS: Readonly<Record<string, Buffer>> = {
  "datapackage.json": Buffer.from("{}"),
  "archive/a.warc.gz": WARC,
  "indexes/index.cdx.gz": gzipSync("com,example)/ 20140305102030 {}\n"),
  "pages/pages.jsonl": Buffer.from('{"format": "json-pages-1.0"}\n'),
  "archive/b.warc.gz": SECOND_WARC,
  "datapackage-digest.json": Buffer.from("{}"),
};

test.each([
  ["as the standard lists them", Object.keys(MEMBERS)],
  ["backwards", Object.keys(MEMBERS).reverse()],
  ["archives first", Object.keys(MEMBERS).sort()],
  ["archives last", Object.keys(MEMBERS).sort().reverse()],
  ["archives alone", ["archive/b.warc.gz", "archive/a.warc.gz"]],
])("a WACZ is read whatever the order of its members: %s", async (_, order) => {
  const { folder, say, rows } = world();
  const path = join(folder, "odd.wacz");
  await zip(path, Object.fromEntries(order.map((name) => [name, MEMBERS[name] as Buffer])));
  const { code, err } = await say("import", path);
  expect(code, err).toBe(0);
  expect(await rows("SELECT url FROM imports ORDER BY url")).toEqual(
    ["1-one", "2-two", "3-three"].map((name) => ({ url: `http://dead.example/${name}` })),
  );
});

test.each([
  ["whose files climb out of it", "../../etc/cron.d/x.warc.gz", "invalid relative path"],
  ["without a WARC", "archive/readme.txt", "there is no WARC among its 1 files"],
])("a ZIP %s is refused", async (_, name, why) => {
  const { folder, say } = world();
  const path = join(folder, "bad.wacz");
  // yazl makes no such name: a harmless one of the same length is overwritten in the file.
  const harmless = "a".repeat(name.length);
  await zip(path, { [harmless]: WARC });
  const bytes = readFileSync(path).toString("latin1").replaceAll(harmless, name);
  writeFileSync(path, Buffer.from(bytes, "latin1"));
  const { code, err } = await say("import", path);
  expect([code, err]).toEqual([2, expect.stringContaining(why)]);
  expect(err).toContain(path);
});

test("a WACZ whose archive is damaged inside: what is whole comes in, the place is named", async () => {
  const { folder, say, rows } = world();
  const path = join(folder, "broken.wacz");
  const incompressible = Array.from({ length: 40 }, (_, index) =>
    record({ url: `http://dead.example/${index}-story`, block: http(page(`خبر رقم ${index}`)) }),
  );
  await zip(path, { "archive/a.warc": Buffer.concat(incompressible) }, true);
  const bytes = readFileSync(path);
  bytes.fill(0xff, bytes.length - 700, bytes.length - 400);
  writeFileSync(path, bytes);
  const { code, err } = await say("import", path);
  expect(code, err).toBe(0);
  expect(err).toMatch(/a\.warc: at byte \d+: .*broken\.wacz cannot be read/u);
  const [count] = await rows("SELECT count(*) AS n FROM articles");
  expect(Number(count?.n)).toBeGreaterThan(5);
});

test("a folder of saved pages: addresses and times from wherever they are told", async () => {
  const { file, folder, say, rows } = world();
  const saved = (head: string): string => page(head).replace("</head>", `${head}</head>`);
  file("site/a.html", saved('<link rel="canonical" href="https://dead.example/a-canonical">'));
  file(
    "site/b 20140305102030.htm",
    saved('<meta property="og:url" content="https://dead.example/b-og?x=1&amp;y=2">'),
  );
  file("site/c.html", `<!-- saved from url=(0030)https://dead.example/c-ie -->\n${saved("")}`);
  file(
    "site/d.html",
    `<!doctype html><!--\n Page saved with SingleFile \n url: https://dead.example/d-single \n saved date: Wed Mar 05 2014 10:20:30 GMT+0200 (EET)\n-->${saved("")}`,
  );
  file(
    "site/e.html",
    `${saved("")}<!-- Mirrored from dead.example/e-track by HTTrack Website Copier/3.x [XR&CO'2014], Wed, 05 Mar 2014 08:20:30 GMT -->`,
  );
  file("site/www.dead.example/2014/f-mirror.html", saved(""));
  file("site/g.html", saved(""));
  file("site/h-listed.html", saved(""));
  file("site/style.css", "body{}");
  file(
    "site/urls.csv",
    'file,url,captured\n"h-listed.html","https://dead.example/h",2012-05-06T07:08:09Z\n',
  );
  const { code, err } = await say("import", join(folder, "site"));
  expect(code, err).toBe(0);
  expect(err).toContain("passed over: 1 .css file, 1 page without an address");
  expect(await rows("SELECT url, fetched, via FROM captures ORDER BY url")).toEqual(
    [
      {
        url: "http://www.dead.example/2014/f-mirror.html",
        fetched: "2013-01-01T00:00:00Z",
        via: "file",
      },
      { url: "https://dead.example/a-canonical", fetched: "2013-01-01T00:00:00Z", via: "file" },
      { url: "https://dead.example/b-og?x=1&y=2", fetched: "2014-03-05T10:20:30Z", via: "file" },
      { url: "https://dead.example/c-ie", fetched: "2013-01-01T00:00:00Z", via: "file" },
      { url: "http://dead.example/e-track", fetched: "2014-03-05T08:20:30Z", via: "file" },
      { url: "https://dead.example/d-single", fetched: "2014-03-05T08:20:30Z", via: "file" },
      { url: "https://dead.example/h", fetched: "2012-05-06T07:08:09Z", via: "file" },
    ].sort((a, b) => (a.url < b.url ? -1 : 1)),
  );
  const again = await say("import", join(folder, "site"), "--json");
  expect(JSON.parse(again.out)).toMatchObject({ new: 0, changed: 0, same: 7 });
});

const BODY = paragraphs("المشروع")
  .replace(/<\/p><p>/gu, "\n")
  .replace(/<\/?p>/gu, "");
const RECORDS: readonly (readonly [profile: string, record: object, captured: string])[] = [
  [
    "news-please",
    {
      authors: ["سالم"],
      date_download: "2016-05-06 07:08:09",
      date_publish: "2016-05-05 10:00:00",
      description: "مقدمة",
      image_url: null,
      language: "ar",
      maintext: BODY,
      source_domain: "dead.example",
      title: "عنوان الخبر",
      url: "http://dead.example/story",
    },
    "2016-05-06T07:08:09Z",
  ],
  [
    "trafilatura",
    {
      title: "عنوان الخبر",
      author: "سالم",
      hostname: "dead.example",
      date: "2016-05-05",
      raw_text: BODY,
      text: BODY,
      filedate: "2016-05-07",
      source: "http://dead.example/story",
      "source-hostname": "dead",
      excerpt: "مقدمة",
      categories: "محلي;اقتصاد",
      tags: "طرق",
    },
    "2016-05-07T00:00:00Z",
  ],
  [
    "newspaper4k",
    {
      url: "http://dead.example/story",
      title: "عنوان الخبر",
      authors: ["سالم"],
      text: BODY,
      publish_date: "2016-05-05T10:00:00",
      meta_description: "مقدمة",
      top_image: "",
      meta_lang: "ar",
      tags: [],
      canonical_link: "",
    },
    "2013-01-01T00:00:00Z",
  ],
  [
    "mediacloud",
    {
      original_url: "http://dead.example/story",
      url: "http://dead.example/story",
      canonical_domain: "dead.example",
      publication_date: "2016-05-05",
      language: "ar",
      article_title: "عنوان الخبر",
      text_content: BODY,
      parsed_date: "2016-05-08T01:02:03.000Z",
    },
    "2016-05-08T01:02:03Z",
  ],
];

test.each(RECORDS)("an article as %s wrote it", async (profile, given, captured) => {
  const { file, say, rows } = world();
  const line = JSON.stringify(given);
  const path = file("articles.jsonl.gz", gzipSync(`${line}\n`));
  const { code, err } = await say("import", path);
  expect(code, err).toBe(0);
  const record = JSON.parse((await say("show", "a1", "--json")).out) as Record<string, unknown>;
  expect(record).toMatchObject({
    ...{
      url: "http://dead.example/story",
      title: "عنوان الخبر",
      language: "ar",
      dir: "rtl",
      via: "file",
    },
    date_published: expect.stringMatching(/^2016-05-05/u),
    date_published_from: expect.stringMatching(new RegExp(`^${profile}:`, "u")),
    extractor: { method: "imported", confidence: 0.5 },
  });
  expect(String(record.body).split("\n\n")).toHaveLength(4);
  expect(await rows("SELECT fetched FROM captures")).toEqual([{ fetched: captured }]);
  // What is kept as the raw page is the line itself.
  expect((await say("show", "a1", "--raw")).out.trim()).toBe(line);
  const forced = await say("import", path, "--as", profile, "--json");
  expect(JSON.parse(forced.out)).toMatchObject({ new: 0, same: 1 });
});

test("lines that are none are damage, records of nobody are passed over", async () => {
  const { file, say } = world();
  const lines = [JSON.stringify(RECORDS[0]?.[1]), '{"cut": "of', "[1]", '{"a": 1}', ""].join("\n");
  const { code, err } = await say("import", file("mixed.jsonl", lines));
  expect(code).toBe(3);
  expect(err).toContain(
    `at byte ${Buffer.byteLength(JSON.stringify(RECORDS[0]?.[1])) + 1}: this is no JSON object`,
  );
  expect(err).toContain("1 record of no known program");
  expect(err.trim().split("\n").at(-1)).toContain(
    "new=1 changed=0 same=0 gone=0 skipped=0 failed=2",
  );
});

test.each([
  ["lines", (lines: string) => lines],
  ["an array", (lines: string) => `[${lines.trim().split("\n").join(",\n")}]\n`],
  [
    "an indented array",
    (lines: string) =>
      JSON.stringify(
        lines
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line)),
        null,
        2,
      ),
  ],
])("what an archive has exported, another reads back, as %s", async (_, shaped) => {
  const one = world();
  await one.say("import", one.file("two.warc.gz", WARC));
  const { out } = await one.say("export", "-f", "jsonl", "-o", "-");
  const other = world();
  const { code, err } = await other.say("import", other.file("articles.json", shaped(out)));
  expect(code, err).toBe(0);
  const fields = "SELECT url, title, body, category, published FROM versions ORDER BY url";
  const first = await one.rows(fields);
  expect(first).toHaveLength(2);
  expect(await other.rows(fields)).toEqual(first);
  const fetched = "SELECT url, fetched FROM captures ORDER BY url";
  expect(await other.rows(fetched)).toEqual(await one.rows(fetched));
  expect((await other.say("verify")).code).toBe(0);
});

test("of an array that is cut short, what is whole is read and the rest is named", async () => {
  const { file, say, rows } = world();
  const [, , , [, given]] = RECORDS as [unknown, unknown, unknown, [string, object]];
  const second = {
    ...given,
    url: "http://dead.example/other",
    article_title: 'with "quotes" and { [ \\',
  };
  const text = JSON.stringify([given, second, given], null, 1);
  const { err } = await say("import", file("cut.json", text.slice(0, -40)));
  expect(err).toMatch(/cut\.json: at byte \d+: this is no JSON object/u);
  expect(await rows("SELECT count(*) AS n FROM captures")).toEqual([{ n: 2 }]);
});

test.each([
  ["cut short", (bytes: Buffer) => bytes.subarray(0, -2_000), 3],
  ["damaged in its middle", (bytes: Buffer) => Buffer.from(bytes).fill(0xff, 9_000, 9_010), 3],
  ["of several members", (bytes: Buffer) => Buffer.concat([bytes, bytes]), 0],
  ["padded by a zero", (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(1)]), 0],
  ["padded by many", (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(20_000)]), 0],
  [
    "padded, with rubbish behind",
    (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(9_000), Buffer.from("rubbish")]),
    3,
  ],
])("packed lines that are %s: those before are read", async (_, change, code) => {
  const { say, file, rows } = world();
  const lines = Array.from({ length: 300 }, (_line, index) =>
    JSON.stringify({
      ...{ url: `http://dead.example/${index}`, title: `خبر ${index}`, authors: [] },
      ...{ maintext: `${"نص ".repeat(40)}${hash("sha256", String(index))}` },
      ...{ date_publish: "2014-03-05 08:00:00", date_download: "2014-03-05 10:20:30" },
    }),
  );
  const path = file("old.jsonl.gz", change(gzipSync(`${lines.join("\n")}\n`)));
  const imported = await say("import", path, "--fail-on", "0%");
  expect(imported.code, imported.err).toBe(code);
  if (code !== 0) expect(imported.err).toMatch(/old\.jsonl\.gz: at byte \d+: /u);
  expect(imported.err).toContain("reason=finished");
  const [{ n }] = (await rows("SELECT count(*) AS n FROM articles")) as [{ n: number }];
  expect(n).toBeGreaterThan(code === 0 ? 299 : 50);
});

test("lists of addresses and feeds wait for the next crawl", async () => {
  const { file, say, rows } = world();
  const urls = file(
    "list.txt",
    "# dead outlets\nhttps://dead.example/2014/03/05/a-story\nhttps://dead.example/\n\nftp://x\nhttps://other.example/feed/\n",
  );
  const opml = file(
    "feeds.opml",
    '<?xml version="1.0"?><opml version="2.0"><body><outline text="News"><outline text="Dead" type="rss" xmlUrl="https://dead.example/rss.xml"/></outline></body></opml>',
  );
  const { code, err } = await say("import", urls, opml);
  expect(code, err).toBe(0);
  expect(err).toContain(
    "list.txt: 3 addresses, 3 of them new in the queue; passed over: 1 without web address",
  );
  expect(err).toContain("feeds.opml: 1 address, 1 of them new");
  const [queued] = await rows("SELECT sum(queued) AS n FROM sources");
  expect(queued).toEqual({ n: 4 });
  const listed = JSON.parse((await say("import", urls, "--dry-run", "--json")).out) as unknown[];
  expect(listed).toHaveLength(3);
  expect(listed[0]).toMatchObject({
    url: "https://dead.example/2014/03/05/a-story",
    captured: null,
    known: true,
  });
  expect((await say("import", urls)).err).toContain("3 addresses, 0 of them new");
});
