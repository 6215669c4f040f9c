/**
 * Importing WARC files: what wget writes, the shapes other crawlers leave, what is broken, and files
 * that hold nothing for us.
 */
import { execFile, execFileSync } from "node:child_process";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { openNewsroom } from "../../src/newsroom/index.ts";
import { warraq } from "../cli/harness.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { brotli, chunked, http, packed, page, paragraphs, record } from "../warc/given.ts";

const run = promisify(execFile);

interface World {
  readonly folder: string;
  file(name: string, bytes: Uint8Array): string;
  warraq(...words: readonly string[]): ReturnType<typeof warraq>;
  rows(statement: string): Promise<Record<string, unknown>[]>;
}

function world(): World {
  const folder = temporaryFolder();
  const archive = ["--archive", join(folder, "warraq.db")];
  const said: World["warraq"] = (...words) => warraq([...words, ...archive]);
  return {
    folder,
    file(name, bytes) {
      writeFileSync(join(folder, name), bytes);
      return join(folder, name);
    },
    warraq: said,
    async rows(statement) {
      const { out } = await said("sql", statement, "--json");
      return JSON.parse(out) as Record<string, unknown>[];
    },
  };
}

const lastLine = (err: string): string => err.trim().split("\n").at(-1) ?? "";

test("what wget has saved of a newsroom is what a crawl of it brings", async () => {
  const { folder, warraq: say, rows } = world();
  const newsroom = await openNewsroom();
  onTestFinished(() => newsroom.close());
  const sahel = newsroom.sites.find(({ id }) => id === "sahel")?.origin ?? "";
  const words = ["-q", "-r", "-l", "3", "--warc-file=news", "--no-directories", `${sahel}/`];
  // wget ends with 8 when one of the pages was not there. Without wget this test must fail.
  await run("wget", words, { cwd: folder }).catch((error: { code?: unknown }) => {
    if (error.code !== 8) throw error;
  });
  const imported = await say("import", join(folder, "news.warc.gz"));
  expect(imported.code, imported.err).toBe(0);
  expect(lastLine(imported.err)).toMatch(
    /^done source=\S+ new=\d+ changed=0 .* requests=0 .*reason=finished$/u,
  );
  const crawled = world();
  const crawl = await crawled.warraq("crawl", `${sahel}/`, "--allow-private", "--delay", "0");
  expect(crawl.code, crawl.err).toBe(0);
  const fields =
    "SELECT url, title, category, published, body, content_hash FROM versions ORDER BY url";
  const live = await crawled.rows(fields);
  expect(live.length).toBeGreaterThan(5);
  expect(await rows(fields)).toEqual(live);
  expect(await rows("SELECT DISTINCT via FROM captures")).toEqual([{ via: "warc" }]);
  const [place] = await rows("SELECT file, offset FROM imports ORDER BY capture LIMIT 1");
  expect(place).toMatchObject({ file: join(folder, "news.warc.gz") });
  expect(place?.offset).toBeGreaterThan(0);
});

const DEAD = "http://dead.example";
const SHAPES = [
  record({ type: "warcinfo", url: null, block: "software: Heritrix\r\n" }),
  record({
    type: "request",
    url: `${DEAD}/2014/03/one`,
    block: "GET /2014/03/one HTTP/1.1\r\n\r\n",
  }),
  record({
    url: `<${DEAD}/2014/03/one>`,
    block: http(chunked(page("خبر أول")), [
      "Content-Type: text/html",
      "Transfer-Encoding: chunked",
    ]),
  }),
  record({
    url: `${DEAD}/2014/03/two`,
    block: http(gzipSync(page("خبر ثان")), ["Content-Type: text/html", "Content-Encoding: gzip"]),
  }),
  record({
    url: `${DEAD}/2014/03/three`,
    block: http(brotli(page("خبر ثالث")), [
      "Content-Type: text/html;charset=utf-8",
      "Content-Encoding: br",
      "Content-Length: 7",
    ]),
  }),
  record({ url: `${DEAD}/2014/03/four`, block: http(page("خبر رابع"), []) }),
  record({
    url: `${DEAD}/2014/03/five`,
    block: page("خبر خامس"),
    type: "resource",
    fields: ["Content-Type: text/html"],
  }),
  record({
    ...{ type: "revisit", url: `${DEAD}/2014/03/one`, at: "2014-04-05T10:20:30Z", block: http("") },
    fields: [
      "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
      `WARC-Refers-To-Target-URI: ${DEAD}/2014/03/one`,
      "WARC-Refers-To-Date: 2014-03-05T10:20:30Z",
    ],
  }),
  record({
    ...{ type: "revisit", url: `${DEAD}/2014/03/two`, at: "2014-05-05T10:20:30Z" },
    block: http("", [], "304 Not Modified"),
    fields: ["WARC-Profile: http://netpreserve.org/warc/1.1/revisit/server-not-modified"],
  }),
  record({ url: `${DEAD}/logo.png`, block: http("PNG", ["Content-Type: image/png"]) }),
  record({
    url: `${DEAD}/gone`,
    block: http(page("غائب"), ["Content-Type: text/html"], "404 Not Found"),
  }),
  record({ url: "dns:dead.example", block: "1.2.3.4", fields: ["Content-Type: text/dns"] }),
  record({ url: `${DEAD}/2014/03/six`, length: null, block: http(page("خبر سادس")) }),
];

test.each([
  ["plain", Buffer.concat(SHAPES)],
  ["a member a record", packed(...SHAPES)],
  ["packed at once", gzipSync(Buffer.concat(SHAPES))],
])("the shapes of other crawlers: %s", async (_, bytes) => {
  const { file, warraq: say, rows } = world();
  const path = file("old.warc", bytes);
  const imported = await say("import", path, "--json");
  expect(imported.code, imported.err).toBe(0);
  expect(JSON.parse(imported.out)).toMatchObject({
    new: 6,
    same: 1,
    "not-modified": 1,
    failed: 0,
    skipped: 0,
  });
  expect(
    await rows("SELECT url, title, first_seen, last_seen FROM articles ORDER BY id LIMIT 2"),
  ).toEqual([
    {
      url: `${DEAD}/2014/03/one`,
      title: "خبر أول",
      first_seen: "2014-03-05T10:20:30Z",
      last_seen: "2014-04-05T10:20:30Z",
    },
    {
      url: `${DEAD}/2014/03/two`,
      title: "خبر ثان",
      first_seen: "2014-03-05T10:20:30Z",
      last_seen: "2014-05-05T10:20:30Z",
    },
  ]);
  const before = await rows("SELECT count(*) AS n FROM captures");
  const again = await say("import", path, "--json");
  expect(JSON.parse(again.out)).toMatchObject({ new: 0, changed: 0, same: 7 });
  expect(await rows("SELECT count(*) AS n FROM captures")).toEqual(before);
});

test("--include, --site and days choose; a dry run lists and stores nothing", async () => {
  const { file, warraq: say } = world();
  const path = file("old.warc.gz", packed(...SHAPES));
  const listed = await say(
    "import",
    path,
    "--dry-run",
    "--jsonl",
    "--include",
    "one|two",
    "--to",
    "2014-03",
  );
  expect(
    listed.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([
    {
      url: `${DEAD}/2014/03/one`,
      site: "dead.example",
      captured: "2014-03-05T10:20:30.000Z",
      file: path,
      offset: expect.any(Number),
      known: false,
    },
    {
      url: `${DEAD}/2014/03/two`,
      site: "dead.example",
      captured: "2014-03-05T10:20:30.000Z",
      file: path,
      offset: expect.any(Number),
      known: false,
    },
  ]);
  expect((await say("list")).code).toBe(2); // no archive was made
  const none = await say("import", path, "--site", "almarsad", "--json");
  expect(JSON.parse(none.out)).toMatchObject({ new: 0, skipped: 0 });
  expect(none.err).toContain("other sites");
  const later = await say("import", path, "--from", "2015", "--json");
  expect(JSON.parse(later.out)).toMatchObject({ new: 0 });
  const two = await say("import", path, "--exclude", "three|four|five|six", "--json");
  expect(JSON.parse(two.out)).toMatchObject({ new: 2 });
});

test("a file of images only brings nothing, and says why", async () => {
  const { file, warraq: say } = world();
  const image = record({ url: `${DEAD}/a.jpg`, block: http("JFIF", ["Content-Type: image/jpeg"]) });
  const { code, err } = await say("import", file("images.warc.gz", packed(image, image)));
  expect(code).toBe(0);
  expect(err).toContain(
    "2 records, 0 pages, none of them a page to import; passed over: 2 image/jpeg",
  );
});

const GOOD = ["one", "two", "three", "four"].map((slug) =>
  record({ url: `${DEAD}/2014/${slug}`, block: http(page(`خبر ${slug}`)) }),
);

test("what is whole of a damaged file is imported, the rest is named, and the share decides the exit", async () => {
  const { file, warraq: say } = world();
  const members = GOOD.map((one) => gzipSync(one));
  const [first, second, third] = members.map(({ length }) => length);
  const offset = (first ?? 0) + (second ?? 0) + (third ?? 0);
  const bytes = Buffer.concat(members).subarray(0, -40);
  const path = file("cut.warc.gz", bytes);
  const imported = await say("import", path);
  expect(imported.code).toBe(3);
  expect(imported.err).toContain(
    `warning: ${path}: at byte ${offset}: the gzip member is cut short`,
  );
  expect(lastLine(imported.err)).toContain("new=3 changed=0 same=0 gone=0 skipped=0 failed=1");
  expect((await say("import", path, "--fail-on", "50%")).code).toBe(0);
});

test("pages of one template are packed together as they come, and each is given back as it was", async () => {
  const { file, warraq: say, rows } = world();
  const script = Array.from({ length: 6_000 }, (_, index) => `w${index}=${index * 7};`).join("");
  const bodies = Array.from({ length: 60 }, (_, index) =>
    page(`خبر رقم ${index}`).replace("<body", `<script>${script}</script><body`),
  );
  const urlOf = (index: number): string => `${DEAD}/2014/${index}-story`;
  const same = (url: string, index: number): Buffer =>
    record({
      ...{ type: "revisit", url, at: "2014-04-05T10:20:30Z", block: http("") },
      fields: [
        "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
        `WARC-Refers-To-Target-URI: ${urlOf(index)}`,
        "WARC-Refers-To-Date: 2014-03-05T10:20:30Z",
      ],
    });
  const pages = bodies.map((body, index) => record({ url: urlOf(index), block: http(body) }));
  const twice = record({ url: `${DEAD}/2014/copy`, block: http(bodies[7] ?? "") });
  const bytes = packed(...pages, twice, same(urlOf(3), 3), same(`${DEAD}/2014/other`, 4));
  const { code, err } = await say("import", file("alike.warc.gz", bytes));
  expect(code, err).toBe(0);
  // They fill one block; what is left over waits for more.
  const [inBlock] = await rows("SELECT count(*) AS n FROM body WHERE codec = 'block'");
  expect(Number(inBlock?.n)).toBeGreaterThan(30);
  expect(await rows("SELECT count(*) AS n FROM captures")).toEqual([{ n: 63 }]);
  expect((await say("verify")).code).toBe(0);
  for (const index of [0, 3, 4, 7, 59]) {
    expect((await say("show", urlOf(index), "--raw")).out).toBe(bodies[index]);
  }
  // What was packed by itself before stays so, and a block that would bring nothing is not kept.
  const later = bodies.map((body, index) =>
    record({ url: `${DEAD}/2015/${index}-again`, block: http(body) }),
  );
  expect((await say("import", file("again.warc.gz", packed(...later)))).code).toBe(0);
  expect(await rows("SELECT count(*) AS n FROM block")).toEqual(
    await rows("SELECT count(DISTINCT block_id) AS n FROM body WHERE block_id IS NOT NULL"),
  );
  expect((await say("verify")).code).toBe(0);
});

test("addresses that are none are passed over, and refer to nothing", async () => {
  const { file, warraq: say, rows } = world();
  const bad = ["http://[bad/x", "http://", "http://dead.example:99999/"].map((url) =>
    record({ url }),
  );
  const lost = record({
    ...{ type: "revisit", url: `${DEAD}/2014/lost`, block: http("") },
    fields: [
      "WARC-Refers-To-Target-URI: http://[bad/x",
      "WARC-Refers-To-Date: 2014-03-05T10:20:30Z",
    ],
  });
  const { code, err } = await say("import", file("bad.warc.gz", packed(...bad, lost, ...GOOD)));
  expect(code, err).toBe(0);
  expect(err).toContain("3 without web address, 1 revisit of a page that is not here");
  expect(await rows("SELECT count(*) AS n FROM articles")).toEqual([{ n: 4 }]);
});

test.each([
  ["the first bytes of a packed WARC", "old.warc.gz", packed(...GOOD), 0, 200],
  ["the first bytes of a plain WARC", "old.warc", Buffer.concat(GOOD), 0, 5],
  [
    "the head of its second member",
    "old.warc.gz",
    packed(...GOOD),
    packed(...GOOD.slice(0, 1)).length,
    4,
  ],
])("damage to %s leaves what is whole", async (_, name, bytes, at, length) => {
  const { file, warraq: say } = world();
  const damaged = Buffer.from(bytes).fill(0, at, at + length);
  const { code, err } = await say("import", file(name, damaged), "--fail-on", "50%");
  expect(code, err).toBe(0);
  expect(err).toContain(`${name}: at byte ${at}: no `);
  expect(lastLine(err)).toContain("new=3");
  expect((await say("verify")).code).toBe(0);
});

test("of a WARC that was packed as a whole and cut short, the records before the cut", async () => {
  const { file, warraq: say } = world();
  const whole = gzipSync(Buffer.concat(GOOD), { level: 0 });
  const { err } = await say("import", file("old.warc.gz", whole.subarray(0, -600)));
  expect(err).toContain("old.warc.gz: at byte 0: the gzip member is cut short");
  expect(lastLine(err)).toContain("new=3");
});

test("a segment of a record is no page", async () => {
  const { file, warraq: say } = world();
  const segment = record({ fields: ["WARC-Segment-Number: 1"] });
  const { err } = await say("import", file("old.warc.gz", packed(segment, ...GOOD)));
  expect(err).toMatch(/passed over: 1 segments? of a record/u);
  expect(lastLine(err)).toContain("new=4");
});

test("a pipe is refused, not waited for", async () => {
  const { folder, warraq: say } = world();
  const pipe = join(folder, "pipe.warc");
  execFileSync("mkfifo", [pipe]);
  const { code, err } = await say("import", pipe);
  expect(code).toBe(2);
  expect(err).toContain(`${pipe} cannot be imported: it is a pipe or a device`);
});

test("a bomb and a page that is too large are passed over", async () => {
  const { file, warraq: say } = world();
  const zeros = gzipSync(Buffer.alloc(64 << 20));
  const bomb = http(zeros, ["Content-Type: text/html", "Content-Encoding: gzip"]);
  const giant = http(Buffer.alloc(24 << 20, 32), ["Content-Type: text/html"]);
  const bytes = packed(record({ block: bomb }), record({ block: giant }), ...GOOD);
  const { code, err } = await say("import", file("bomb.warc.gz", bytes));
  expect(code).toBe(0);
  expect(err).toContain("passed over: 1 encoding bomb, 1 too large");
  expect(lastLine(err)).toContain("new=4");
});

test.each([
  ["a picture", Buffer.from([0xff, 0xd8, 0xff, 0xe0]), "cannot be imported"],
  ["nothing at all", Buffer.alloc(0), "cannot be imported"],
  ["a packed text", gzipSync("hello"), "cannot be imported"],
  ["a WARC in Zstandard", Buffer.from("28b52ffd04", "hex"), "packed by Zstandard; unpack it first"],
  ["one with a dictionary", Buffer.from("5d2a4d18", "hex"), "packed by Zstandard; unpack it first"],
  ["an ARC", Buffer.from("filedesc://x.arc 0.0.0.0 2006"), "an ARC, the form before WARC"],
])("%s is refused before anything is done", async (_, bytes, why) => {
  const { file, warraq: say } = world();
  const good = file("good.warc", Buffer.concat(GOOD));
  const bad = file("bad.bin", bytes);
  const { code, err } = await say("import", good, bad);
  expect(code).toBe(2);
  expect(err).toContain(bad);
  expect(err).toContain(why);
  expect((await say("list")).code).toBe(2);
});

test.each([
  [["missing.warc"], "missing.warc"],
  [["--as", "wordperfect", "."], "wordperfect"],
  [["--site", "nowhere", "."], "nowhere"],
])("import %j is a usage error", async (words, named) => {
  const { code, err } = await world().warraq("import", ...words);
  expect(code).toBe(2);
  expect(err).toContain(named);
});

test("an import that was stopped goes on where it was", async () => {
  const { file, folder, rows, warraq: say } = world();
  const many = Array.from({ length: 600 }, (_, index) =>
    record({ url: `${DEAD}/2014/${index}-story`, block: http(page(`خبر رقم ${index}`)) }),
  );
  const path = file("many.warc.gz", packed(...many));
  const stop = new AbortController();
  const stopped = await warraq(["import", path, "--archive", join(folder, "warraq.db"), "-v"], {
    signal: stop.signal,
    stderr: (text) => {
      if (text.includes("/2014/255-story")) stop.abort("SIGINT");
    },
  });
  expect(stopped.code).toBe(130);
  const [half] = await rows("SELECT count(*) AS n FROM articles");
  expect(Number(half?.n)).toBeGreaterThanOrEqual(256);
  expect(Number(half?.n)).toBeLessThan(600);
  const rest = await say("import", path, "--json");
  expect(JSON.parse(rest.out)).toMatchObject({ new: 600 - Number(half?.n), reason: "finished" });
  expect(await rows("SELECT count(*) AS n FROM articles")).toEqual([{ n: 600 }]);
  expect(statSync(path).size).toBeGreaterThan(10_000);
});

test.each([
  ["packed in blocks", 40],
  ["packed singly", 3],
])(
  "bytes that were pruned come back with a file that has them, %s, and nothing else",
  async (_, count) => {
    const { file, warraq: say, rows } = world();
    const pages = Array.from({ length: count }, (_, index) => {
      const body = page(`خبر رقم ${index}`, paragraphs(`البند ${index} `.repeat(200)));
      return record({ url: `http://dead.example/${index}-story`, block: http(body) });
    });
    const path = file("old.warc.gz", packed(...pages));
    await say("import", path);
    const state = `SELECT (SELECT count(*) FROM captures) AS captures, (SELECT count(*) FROM versions) AS
    versions, (SELECT count(*) FROM body WHERE pruned_at IS NOT NULL) AS pruned`;
    const [before] = await rows(state);
    expect(before).toMatchObject({ captures: count, pruned: 0 });
    const raw = await say("show", "a1", "--raw");
    await say("archive", "prune", "--raw", "--before", "2027", "--apply");
    expect(await rows(state)).toEqual([{ ...before, pruned: count }]);
    expect((await say("show", "a1", "--raw")).code).toBe(2);
    const again = await say("import", path, "--json");
    expect(JSON.parse(again.out)).toMatchObject({ new: 0, changed: 0, same: count });
    expect(await rows(state)).toEqual([before]);
    expect((await say("show", "a1", "--raw")).out).toBe(raw.out);
    const verified = await say("verify");
    expect([verified.code, verified.err]).toEqual([0, expect.not.stringContaining("pruned")]);
  },
);
