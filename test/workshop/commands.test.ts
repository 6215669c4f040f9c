/** `sites new` and `sites test` as typed, on the newsroom over real HTTP. */
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Newsroom, openNewsroom } from "../../src/newsroom/index.ts";
import { type Said, warraq } from "../cli/harness.ts";
import { serve } from "../loopback.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** On a machine that does eight other things. */
const SLOWEST_MS = 60_000;

let newsroom: Newsroom;
let made: string;
let said: Said;
beforeAll(async () => {
  newsroom = await openNewsroom();
  made = mkdtempSync(join(tmpdir(), "warraq-test-"));
  said = await news("marsa", "-o", `${made}/marsa.json`, "--save-fixtures", `${made}/pages`);
}, SLOWEST_MS);
afterAll(async () => {
  await newsroom.close();
  rmSync(made, { recursive: true, force: true });
});

const HASTE = ["--allow-private", "--delay", "0"];
const NO_ARCHIVE = ["--archive", "/nonexistent/x.db"];

const originOf = (id: string): string =>
  newsroom.sites.find((site) => site.id === id)?.origin ?? "";

function news(id: string, ...words: readonly string[]) {
  return warraq(["sites", "new", `${originOf(id)}/`, ...HASTE, ...NO_ARCHIVE, ...words], {
    now: Date.now,
  });
}

/** A copy of the rule file and fixtures the command makes of `marsa`, to be spoilt at will. */
function workshop() {
  const folder = temporaryFolder();
  cpSync(made, folder, { recursive: true });
  return { rule: `${folder}/marsa.json`, fixtures: `${folder}/pages` };
}

function change(file: string, edit: (json: Record<string, unknown>) => void): void {
  const json = JSON.parse(readFileSync(file, "utf8"));
  edit(json);
  writeFileSync(file, JSON.stringify(json));
}

test("a site with markup of its own gets a rule that reads every article as well as without one", async () => {
  const { rule, fixtures } = workshop();
  expect(said.code).toBe(0);
  expect(said.out).toMatch(/title .*the same on all 4 pages/u);
  expect(said.out).toMatch(/body .*the same on all 4 pages/u);
  const proposed = JSON.parse(readFileSync(rule, "utf8"));
  expect(proposed).toMatchObject({
    id: "marsa",
    name: "Marsa Post",
    articlePath: ["/news/{slug}"],
    listings: ["/section/business", "/section/culture"],
    languages: ["en"],
    article: { body: [".story-text"], drop: [".newsletter"] },
    unverified: ["name", "timeZone"],
  });
  for (const field of ["title", "category", "author", "published"])
    expect(proposed.article[field]).toHaveLength(1);
  expect(proposed.evidence).toContain(`${originOf("marsa")}/news/harbour-dredging-resumes`);
  const checked = await warraq(["sites", "check", rule]);
  expect(checked.code).toBe(0);
  expect(readdirSync(fixtures)).toHaveLength(4);
  for (const slug of readdirSync(fixtures))
    expect(readdirSync(`${fixtures}/${slug}`).sort()).toEqual([
      "expected.json",
      "headers.json",
      "page.html",
    ]);
  const tested = await warraq([
    "sites",
    "test",
    rule,
    "--fixtures",
    fixtures,
    "--json",
    ...NO_ARCHIVE,
  ]);
  expect(tested.code).toBe(0);
  for (const field of JSON.parse(tested.out))
    expect(field).toMatchObject({ equal: 4, lost: 0, drift: null });
});

test.each(["sahel", "wahat", "majmaa"])(
  "%s, whose theme is known, needs little of its own",
  async (id) => {
    const { out, code } = await news(id, "--json", "--id", id);
    const { rule, fields } = JSON.parse(out);
    expect(code).toBe(0);
    expect(rule.theme).not.toBeNull();
    expect(rule.article.body).toBeUndefined();
    for (const field of fields) expect(field).toMatchObject({ lost: 0, differs: 0 });
  },
);

test("nothing is fetched that robots.txt forbids, and nothing twice", async () => {
  const before = newsroom.log.length;
  await news("marsa");
  const paths = newsroom.log.slice(before).map(({ path }) => path);
  expect(paths.filter((path) => path.startsWith("/drafts/"))).toEqual([]);
  expect(new Set(paths).size).toBe(paths.length);
});

test("--pages is how many articles are looked at", async () => {
  const { out } = await news("sahel", "--pages", "2", "--json");
  expect(JSON.parse(out).pages).toHaveLength(2);
});

test("an article's own address is where one may begin", async () => {
  const url = `${originOf("marsa")}/news/solar-pumps-for-farms`;
  const { out, code } = await warraq(["sites", "new", url, "--json", ...HASTE, ...NO_ARCHIVE], {
    now: Date.now,
  });
  const { rule, pages } = JSON.parse(out);
  expect(code).toBe(0);
  expect(pages[0].url).toBe(url);
  expect(rule).toMatchObject({ home: `${originOf("marsa")}/`, articlePath: ["/news/{slug}"] });
});

test("without a file the rule alone is on stdout and the comparison on stderr", async () => {
  const { out, err } = await news("marsa");
  expect(JSON.parse(out).articlePath).toEqual(["/news/{slug}"]);
  expect(err).toContain("the same on all 4 pages");
});

test("a rule file that exists is not replaced without --force, and nobody is asked for a page", async () => {
  const file = `${temporaryFolder()}/marsa.json`;
  writeFileSync(file, "mine");
  const before = newsroom.log.length;
  const { code, err } = await news("marsa", "-o", file);
  expect([code, readFileSync(file, "utf8"), newsroom.log.length]).toEqual([2, "mine", before]);
  expect(err).toContain("--force");
  expect((await news("marsa", "-o", file, "--force")).code).toBe(0);
});

test("fixtures that are there stay as they were corrected", async () => {
  const { fixtures } = workshop();
  const [slug = ""] = readdirSync(fixtures);
  change(`${fixtures}/${slug}/expected.json`, (json) => {
    json.title = "Corrected by hand";
  });
  const { err } = await news("marsa", "--save-fixtures", fixtures);
  expect(err).toContain("4 that were there left alone");
  expect(readFileSync(`${fixtures}/${slug}/expected.json`, "utf8")).toContain("Corrected by hand");
});

test.each([
  ["no URL", ["example"], 2, /not an http\(s\) URL/u],
  ["an id that is none", ["http://127.0.0.1:9/", "--id", "My Site"], 2, /is no id/u],
  ["a private address without leave", ["http://127.0.0.1:9/"], 3, /not a public address/u],
])("sites new: %s is one line", async (_, words, expected, message) => {
  const { code, err, out } = await warraq(["sites", "new", ...words, ...NO_ARCHIVE], {
    now: Date.now,
  });
  expect([code, out]).toEqual([expected, ""]);
  expect(err).toMatch(message);
});

test("a site without a single article is said to have none, exit 3", async () => {
  const { origin } = await serve({
    "/": (response) => response.setHeader("content-type", "text/html").end("<h1>Nothing yet</h1>"),
  });
  const { code, err } = await warraq(["sites", "new", `${origin}/`, ...HASTE, ...NO_ARCHIVE], {
    now: Date.now,
  });
  expect(code).toBe(3);
  expect(err).toContain("no article was found");
});

test("a rule whose selectors find nothing has drifted, though the generic reading fills in", async () => {
  const { rule, fixtures } = workshop();
  change(rule, (json) => {
    (json.article as Record<string, unknown>).author = [".author-of-last-year"];
  });
  const { code, out } = await warraq([
    "sites",
    "test",
    rule,
    "--fixtures",
    fixtures,
    "--json",
    ...NO_ARCHIVE,
  ]);
  expect(code).toBe(4);
  const author = JSON.parse(out).find(({ field }: { field: string }) => field === "author");
  expect(author).toMatchObject({ by_selector: 0, wanted: 4, filled: 4 });
  expect(author.drift).toContain("find nothing");
});

test("a field a page no longer fills is drift, with the page as example", async () => {
  const { rule, fixtures } = workshop();
  const [slug = ""] = readdirSync(fixtures);
  const file = `${fixtures}/${slug}/page.html`;
  const page = readFileSync(file, "utf8");
  writeFileSync(
    file,
    page.replace(/<p class="byline">.*?<\/p>/su, "").replace(/,?"author":\[.*?\]/su, ""),
  );
  const { code, out } = await warraq([
    "sites",
    "test",
    rule,
    "--fixtures",
    fixtures,
    "--json",
    ...NO_ARCHIVE,
  ]);
  expect(code).toBe(4);
  const author = JSON.parse(out).find(({ field }: { field: string }) => field === "author");
  expect(author).toMatchObject({ lost: 1, example: { after: [] } });
});

test("a field that reads differently is shown and is exit 3", async () => {
  const { rule, fixtures } = workshop();
  const [slug = ""] = readdirSync(fixtures);
  change(`${fixtures}/${slug}/expected.json`, (json) => {
    json.title = "Another headline altogether";
  });
  const { code, out } = await warraq([
    "sites",
    "test",
    rule,
    "--fixtures",
    fixtures,
    ...NO_ARCHIVE,
  ]);
  expect(code).toBe(3);
  expect(out).toContain("was Another headline altogether");
});

test("the archive's last captures are read again with the rule of today", async () => {
  const { rule } = workshop();
  const archive = ["--archive", `${temporaryFolder()}/warraq.db`];
  const crawled = await warraq(["crawl", `${originOf("marsa")}/`, ...HASTE, ...archive], {
    now: Date.now,
  });
  expect(crawled.code).not.toBe(1);
  const words = ["sites", "test", rule, "--json", ...archive];
  const tested = await warraq(words);
  expect(JSON.parse(tested.out)[0]).toMatchObject({ field: "title", pages: 4, equal: 4 });
  expect(tested.code).toBe(0);
  const one = await warraq([...words, "--last", "1"]);
  expect(JSON.parse(one.out)[0]).toMatchObject({ pages: 1 });
});

test.each([
  ["a site nobody knows", ["nobody"], /not a known site/u],
  ["a rule without pages", ["almarsad"], /no page of almarsad/u],
  ["a folder that is not there", ["almarsad", "--fixtures", "/nonexistent"], /\/nonexistent/u],
  ["a rule file that is not there", ["/nonexistent/rule.json"], /no such file/u],
])("sites test: %s is exit 2", async (_, words, message) => {
  const { code, err, out } = await warraq(["sites", "test", ...words, ...NO_ARCHIVE]);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toMatch(message);
});

test.each([
  ["no JSON", "{ url: "],
  ["no object", "[]"],
  ["no address", '{"capturedAt":"2026-06-14T00:00:00Z"}'],
  ["no time", '{"url":"https://example.ly/x"}'],
])("an expectation with %s is named, exit 2", async (_, text) => {
  const { rule, fixtures } = workshop();
  const [slug = ""] = readdirSync(fixtures);
  const file = `${fixtures}/${slug}/expected.json`;
  writeFileSync(file, text);
  const { code, err } = await warraq([
    "sites",
    "test",
    rule,
    "--fixtures",
    fixtures,
    ...NO_ARCHIVE,
  ]);
  expect(code).toBe(2);
  expect(err).toContain(file);
  expect(existsSync(file)).toBe(true);
});
