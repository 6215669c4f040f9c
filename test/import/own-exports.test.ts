/**
 * What this program exports comes back through `import`: into the archive it came from it adds nothing,
 * into an empty one it brings the same texts; and records and pages of the same article get along.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { PROFILE_NAMES } from "../../src/cli/export.ts";
import { loadArticleSchema, PROFILES } from "../../src/export/index.ts";
import { warraq } from "../cli/harness.ts";
import { fixturePages } from "../fixtures/pages.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { http, packed, page, paragraphs, record } from "../warc/given.ts";

const STORY = "http://dead.example/news/7-story";
/** The first second of all that is captured; captures of ours have milliseconds. */
const DAY = "2014-03-05T10:20:30";

interface World {
  readonly db: string;
  say(...words: readonly string[]): ReturnType<typeof warraq>;
  rows(statement: string): Promise<Record<string, unknown>[]>;
  file(name: string, bytes: Uint8Array | string): string;
}

function world(archive?: Uint8Array): World {
  const folder = temporaryFolder();
  const db = join(folder, "warraq.db");
  if (archive !== undefined) writeFileSync(db, archive);
  const say = (...words: readonly string[]) => warraq([...words, "--archive", db]);
  return {
    ...{ db, say },
    async rows(statement) {
      return JSON.parse((await say("sql", statement, "--json")).out) as Record<string, unknown>[];
    },
    file(name, bytes) {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      return path;
    },
  };
}

const captureOf = (url: string, at: string, body: Uint8Array | string): Buffer =>
  record({ url, at, block: http(body) });

/** Every kind of page there is, and one that was edited twice: within a day, and back again. */
function richWarc(): Buffer {
  const pages = fixturePages().map(({ bytes, expected }, index) => {
    const at = `${DAY}.${String(100 + index)}Z`;
    const headers = (expected.headers ?? [["content-type", "text/html"]]).map(
      ([name, value]) => `${name}: ${value}`,
    );
    return record({ url: expected.url, at, block: http(bytes, headers) });
  });
  const edits = ["أول", "ثان", "أول"].map((word, index) =>
    captureOf(STORY, `2014-03-0${5 + Math.floor(index / 2)}T1${index}:00:00.500Z`, page(word)),
  );
  return packed(...pages, ...edits);
}

let rich: Uint8Array;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "warraq-test-"));
  const [warc, db] = [join(folder, "rich.warc.gz"), join(folder, "warraq.db")];
  writeFileSync(warc, richWarc());
  const { code, err } = await warraq(["import", warc, "--archive", db]);
  expect(code, err).toBe(0);
  rich = readFileSync(db);
  rmSync(folder, { recursive: true });
});

const STATE = `SELECT (SELECT count(*) FROM versions) AS versions, (SELECT count(*) FROM captures) AS
  captures, (SELECT count(*) FROM articles) AS articles, (SELECT sum(versions) FROM articles) AS numbers`;
const TEXTS = "SELECT url, version, title, body FROM versions ORDER BY url, version";

test("the archive has what could be lost on the way: outlets, captions, dates of all kinds", async () => {
  const lossy = await world(rich).rows(`
    SELECT count(*) AS n, sum(details ->> '$.originalSource' IS NOT NULL) AS outlets,
      sum(instr(details, '"caption":"') > 0) AS captions, sum(subtitle IS NOT NULL) AS subtitles,
      sum(details ->> '$.published.precision' = 'day') AS days FROM version`);
  for (const [, count] of Object.entries(lossy[0] ?? {})) expect(count).toBeGreaterThan(1);
});

const CASES = PROFILES.flatMap((profile) =>
  (["latest", "all"] as const).map((versions) => [profile, versions] as const),
);

test.each(CASES)(
  "%s, %s versions: back into its own archive it adds nothing",
  async (profile, versions) => {
    const own = world(rich);
    const target = join(own.db, "..", "articles.jsonl");
    const out = await own.say("export", "-o", target, "--as", profile, "--versions", versions);
    expect(out.code, out.err).toBe(0);
    const lines = readFileSync(target, "utf8").trim().split("\n").length;
    const before = await own.rows(STATE);
    for (const words of [[], ["--as", profile]]) {
      const { out, err } = await own.say("import", target, ...words, "--json");
      expect(JSON.parse(out), err).toMatchObject({ new: 0, changed: 0, same: lines, failed: 0 });
    }
    expect(await own.rows(STATE)).toEqual(before);
    expect((await own.say("verify")).code).toBe(0);
  },
);

test.each(CASES)(
  "%s, %s versions: into an empty archive it brings the same texts",
  async (profile, versions) => {
    const own = world(rich);
    const target = join(own.db, "..", "articles.jsonl");
    await own.say("export", "-o", target, "--as", profile, "--versions", versions);
    const other = world();
    const { code, err } = await other.say("import", target);
    expect(code, err).toBe(0);
    const all = await own.rows(TEXTS);
    const texts = new Set(all.map(({ url, title, body }) => `${url}\n${title}\n${body}`));
    const found = await other.rows(TEXTS);
    for (const { url, title, body } of found) expect(texts).toContain(`${url}\n${title}\n${body}`);
    expect(new Set(found.map(({ url }) => url)).size).toBe(new Set(all.map(({ url }) => url)).size);
    expect((await other.say("verify")).code).toBe(0);
    // What tells the time to the second tells every version.
    const isTimed = ["warraq", "news-please", "mediacloud"].includes(profile);
    if (isTimed && versions === "all") {
      const ofStory = (rows: typeof all) => rows.filter(({ url }) => url === STORY);
      expect(ofStory(found)).toHaveLength(3);
      expect(ofStory(found)).toEqual(ofStory(all));
    }
  },
);

test("every record fits the schema that is shipped, however loosely a page tells its dates", async () => {
  const { out } = await world(rich).say("export", "-f", "jsonl", "-o", "-", "--versions", "all");
  const { articleSchema } = await loadArticleSchema();
  const wrong = out
    .trim()
    .split("\n")
    .flatMap((text) => {
      const { success, error } = articleSchema.safeParse(JSON.parse(text));
      return success ? [] : [error.message];
    });
  expect(wrong).toEqual([]);
});

test("our own records bring everything that makes a version, and the date of the last change", async () => {
  const own = world(rich);
  const target = join(own.db, "..", "articles.jsonl");
  await own.say("export", "-o", target, "--versions", "all");
  const other = world();
  await other.say("import", target);
  const fields = [
    ...["url", "version", "title", "subtitle", "authors", "categories", "tags", "images", "body"],
    ...["date_published", "date_published_precision", "date_modified", "original_source"],
    "content_hash",
  ];
  const told = async ({ say }: World): Promise<readonly string[]> => {
    const flags = ["--versions", "all", "--fields", fields.join(",")];
    const { out } = await say("export", "-f", "jsonl", "-o", "-", ...flags);
    return out.trim().split("\n").sort();
  };
  expect(await told(other)).toEqual(await told(own));
});

test("a date that was written into a record by hand is exported as an instant", async () => {
  const { say, file } = world();
  const record = { url: STORY, title: "خبر", body: "نص الخبر كما هو", content_hash: "" };
  const dates = ["1931", "2014-03-05", "5 Mar 2014 10:00"].map((date_published, index) =>
    JSON.stringify({
      ...{ ...record, url: `${STORY}-${index}`, date_published },
      date_downloaded: `${DAY}Z`,
    }),
  );
  await say("import", file("a.jsonl", dates.join("\n")), "--as", "warraq");
  const { out } = await say("export", "-f", "jsonl", "-o", "-");
  const { articleSchema } = await loadArticleSchema();
  const published = out
    .trim()
    .split("\n")
    .map((line) => articleSchema.parse(JSON.parse(line)).date_published);
  expect(published).toEqual([
    "1931-01-01T00:00:00+01:00",
    "2014-03-05T00:00:00+02:00",
    "2014-03-05T10:00:00+02:00",
  ]);
});

test("an older export, whose times have whole seconds and whose pictures no credit", async () => {
  const own = world(rich);
  const { out } = await own.say("export", "-f", "jsonl", "-o", "-", "--versions", "all");
  const older = out
    .replace(/("date_downloaded":"[^".]*)\.\d{3}Z"/gu, '$1Z"')
    .replace(/,"credit":(?:null|"[^"]*")/gu, "")
    .replace(/,"subtitle":.*,"original_source":.*\}$/gmu, "}");
  expect(older).not.toBe(out);
  const before = await own.rows(STATE);
  const run = await own.say("import", own.file("older.jsonl", older), "--json");
  expect(JSON.parse(run.out)).toMatchObject({ new: 0, changed: 0 });
  expect(await own.rows(STATE)).toEqual(before);
});

test.each([
  ["was written before there were subtitles", (out: string) => without(out)],
  ["was once a record of another program", (out: string) => without(out, "imported")],
])("an article that %s, exported anew, takes no subtitle away", async (_, older) => {
  const own = world(rich);
  const { out } = await own.say("export", "-f", "jsonl", "-o", "-", "--versions", "all");
  expect(out).toMatch(/"subtitle":"[^"]/u);
  const other = world();
  await other.say("import", other.file("older.jsonl", older(out)));
  const again = await other.say("export", "-f", "jsonl", "-o", "-", "--versions", "all");
  expect(again.out).not.toMatch(/"subtitle":"[^"]/u);
  const before = await own.rows(STATE);
  const run = await own.say("import", own.file("again.jsonl", again.out), "--json");
  expect(JSON.parse(run.out)).toMatchObject({ new: 0, changed: 0 });
  expect(await own.rows(STATE)).toEqual(before);
});

/** Records as they were before the newest fields, perhaps read by another method. */
function without(out: string, method?: string): string {
  const older = out.replace(/,"subtitle":.*,"original_source":.*\}$/gmu, "}");
  return method === undefined
    ? older
    : older.replace(/"method":"[a-z-]+"/gu, `"method":"${method}"`);
}

const TEXT = paragraphs("المشروع");
const BODY = TEXT.replace(/<\/p><p>/gu, "\n").replace(/<\/?p>/gu, "");
const WITH_SECTION = page("عنوان الخبر", TEXT).replace(
  "</head>",
  '<meta property="article:section" content="محلي"></head>',
);
const RECORD = {
  ...{ url: STORY, title: "عنوان الخبر", maintext: BODY, authors: [], description: null },
  ...{ date_publish: "2014-03-05 08:00:00", language: "ar", source_domain: "dead.example" },
};
const line = (at: string, fields: object = {}): string =>
  `${JSON.stringify({ ...RECORD, date_download: at, ...fields })}\n`;

test.each([
  ["before it", "2014-03-01 10:00:00", "2014-03-01T10:00:00Z", 2],
  ["after it", "2014-03-09 10:00:00", "2014-03-05T10:20:30Z", 2],
  ["in its second", "2014-03-05 10:20:30", "2014-03-05T10:20:30Z", 1],
])(
  "a record from %s and a page are one version, whichever comes first",
  async (when, at, first, captures) => {
    for (const order of [
      ["record", "page"],
      ["page", "record"],
    ]) {
      // What a later page tells besides may be an edit: the record before it stays.
      const category = when === "before it" && order[0] === "record" ? null : "محلي";
      const { say, rows, file } = world();
      for (const what of order) {
        const path =
          what === "record"
            ? file("a.jsonl", line(at))
            : file("a.warc.gz", packed(captureOf(STORY, `${DAY}Z`, WITH_SECTION)));
        const { code, err } = await say("import", path);
        expect(code, err).toBe(0);
      }
      expect(
        await rows(
          "SELECT number, category, changed, strftime('%FT%TZ', captured_at / 1000, 'unixepoch') AS first FROM version",
        ),
        order.join(),
      ).toEqual([{ number: 1, category, changed: "[]", first }]);
      // A record that came first is kept, whatever it repeats.
      const kept = await rows("SELECT count(*) AS n FROM captures");
      expect(kept).toEqual([{ n: order[0] === "record" ? 2 : captures }]);
      expect(await rows("SELECT count(*) AS n FROM change")).toEqual([{ n: 0 }]);
      expect((await say("verify")).code).toBe(0);
      expect((await say("reextract", "--apply")).code).toBe(0);
      expect(await rows("SELECT category FROM version")).toEqual([{ category }]);
      const raw = (await say("show", "a1", "--raw")).out;
      if (when !== "before it") expect(raw.trim()).toBe(WITH_SECTION.trim());
    }
  },
);

test("the page of a record's second takes its place, and what followed is compared with it", async () => {
  const { say, rows, file } = world();
  const edited = WITH_SECTION.replace("محلي", "سياسة").replace(
    "</article>",
    `${paragraphs("التصحيح")}</article>`,
  );
  expect(edited).toContain("التصحيح");
  const later = packed(captureOf(STORY, "2014-03-09T10:00:00Z", edited));
  const own = packed(captureOf(STORY, `${DAY}.500Z`, WITH_SECTION));
  await say("import", file("a.jsonl", line("2014-03-05 10:20:30")));
  await say("import", file("later.warc.gz", later));
  expect(await rows("SELECT kinds FROM change")).toEqual([{ kinds: '["addition"]' }]);
  await say("import", file("own.warc.gz", own));
  expect(await rows("SELECT kinds FROM change")).toEqual([{ kinds: '["addition","category"]' }]);
  const changed = await rows("SELECT changed FROM version ORDER BY number");
  expect(changed).toEqual([{ changed: "[]" }, { changed: expect.stringContaining("category") }]);
  expect((await say("verify")).code).toBe(0);
});

test("what a record says differently is an edit of that, and of nothing else", async () => {
  const { say, rows, file } = world();
  await say("import", file("a.warc.gz", packed(captureOf(STORY, `${DAY}Z`, WITH_SECTION))));
  const edited = line("2014-03-09 10:00:00", { title: "عنوان آخر" });
  const { out } = await say("import", file("a.jsonl", edited), "--json");
  expect(JSON.parse(out)).toMatchObject({ new: 0, changed: 1 });
  expect(await rows("SELECT number, changed FROM version ORDER BY number")).toEqual([
    { number: 1, changed: "[]" },
    { number: 2, changed: '["title"]' },
  ]);
  expect((await say("verify")).code).toBe(0);
});

test("what the command offers is what an export can be", () => {
  expect([...PROFILE_NAMES].sort()).toEqual([...PROFILES].sort());
});
