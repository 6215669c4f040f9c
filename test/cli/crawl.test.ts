/** Crawling as it is typed: flags, final line, exit codes. The engine's own tests are in test/crawl. */
import { existsSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { openNewsroom } from "../../src/newsroom/index.ts";
import { serve } from "../loopback.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { warraq } from "./harness.ts";

async function world() {
  const newsroom = await openNewsroom();
  onTestFinished(() => newsroom.close());
  const archive = `${temporaryFolder()}/warraq.db`;
  const [sahel] = newsroom.sites;
  const crawl = (words: readonly string[], clock: () => number = Date.now) =>
    warraq([...words, "--allow-private", "--delay", "0", "--archive", archive], { now: clock });
  return { newsroom, archive, home: `${sahel?.origin}/`, crawl };
}

const LINE =
  /(?:^|\n)done source=\S+ new=\d+ changed=\d+ same=\d+ gone=\d+ skipped=\d+ failed=\d+ not-modified=\d+ requests=\d+ bytes=\d+ elapsed=\S+ reason=(\S+)\n$/u;

test("a crawl says what it finds and how it ended; a second one fetches nothing twice", async () => {
  const { home, crawl, newsroom, archive } = await world();
  const first = await crawl(["crawl", home]);
  expect(first.err).toMatch(LINE);
  expect(first.err).toMatch(/\nnew +http/u);
  expect([first.code, first.out]).toEqual([0, ""]);
  const articles = newsroom.log.filter(({ path }) => /^\/20/u.test(path)).length;
  const again = await crawl(["crawl", home, "-q", "--json"]);
  expect(JSON.parse(again.out)).toMatchObject({ new: 0, changed: 0, reason: "finished" });
  expect(again.err.trimEnd().split("\n")).toHaveLength(1);
  expect(newsroom.log.filter(({ path }) => /^\/20/u.test(path))).toHaveLength(articles);
  const shown = await warraq([
    "sql",
    "select count(*) as runs from runs",
    "--json",
    "--archive",
    archive,
  ]);
  expect(JSON.parse(shown.out)).toEqual([{ runs: 2 }]);
});

test("the object of --json has the final line's names", async () => {
  const { home, crawl } = await world();
  const { out, err } = await crawl(["crawl", home, "--json"]);
  const names = [...(LINE.exec(err)?.[0] ?? "").matchAll(/ ([a-z-]+)=/gu)].map(([, name]) => name);
  expect(Object.keys(JSON.parse(out))).toEqual(names);
});

test("JSON logs are JSON to the last line", async () => {
  const { home, crawl } = await world();
  const { err } = await crawl(["crawl", home, "--log-format", "json"]);
  const entries = err
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(entries.at(-1)).toMatchObject({
    level: "info",
    msg: expect.stringMatching(/^done /u),
    reason: "finished",
  });
  expect(entries.some(({ msg, url }) => msg === "new" && url.startsWith("http"))).toBe(true);
});

test("--max-pages stops with 5, and the next run goes on", async () => {
  const { home, crawl } = await world();
  const limited = await crawl(["crawl", home, "--max-pages", "2", "--json"]);
  expect(limited.code).toBe(5);
  expect(JSON.parse(limited.out)).toMatchObject({ new: 2, reason: "max-pages" });
  const rest = await crawl(["crawl", home, "--json"]);
  expect(JSON.parse(rest.out).new).toBeGreaterThan(2);
  expect(rest.code).toBe(0);
});

test("--dry-run lists what would be fetched and makes no archive", async () => {
  const { home, crawl, archive } = await world();
  const { out, code } = await crawl(["crawl", home, "--dry-run", "--json", "--exclude", "taqs"]);
  const pages = JSON.parse(out);
  expect(pages.length).toBeGreaterThan(3);
  expect(Object.keys(pages[0])).toEqual(["url", "site", "found_by", "title", "published"]);
  expect(pages.some(({ url }: { url: string }) => url.includes("taqs"))).toBe(false);
  expect(existsSync(archive)).toBe(false);
  expect(code).toBe(0);
});

test("recheck finds an edit, and diff shows it", async () => {
  const { home, crawl, newsroom, archive } = await world();
  await crawl(["crawl", home]);
  newsroom.publishNextEdition();
  const { out, code } = await crawl(["recheck", "--json"]);
  expect(JSON.parse(out).changed).toBeGreaterThan(0);
  expect(code).toBe(0);
  const { out: found } = await warraq(["search", "مكتبة", "--jsonl", "--archive", archive]);
  const diff = await warraq(["diff", JSON.parse(found).id, "--archive", archive]);
  expect(diff.out).toContain("خمسة عشر");
});

test.each([
  [
    "a page that is forbidden",
    "/news/2026/05/16/a-story-about-the-harbour.html",
    "E_HTTP_FORBIDDEN",
  ],
  ["a home page that is", "/", "E_HTTP_FORBIDDEN"],
])("%s ends with 3, unless --fail-on allows it", async (_, path, reason) => {
  const forbidden = (response: ServerResponse): void => void response.writeHead(403).end();
  const { origin } = await serve({
    "/robots.txt": (response) => response.writeHead(404).end(),
    [path]: forbidden,
  });
  const crawl = (...more: string[]) =>
    warraq(
      ["crawl", `${origin}${path}`, "--allow-private", "--delay", "0", "--json", ...more].concat(
        "--archive",
        `${temporaryFolder()}/warraq.db`,
      ),
      { now: Date.now },
    );
  const strict = await crawl();
  expect(JSON.parse(strict.out).failed).toBeGreaterThan(0);
  expect(strict.err).toContain(reason);
  expect(strict.code).toBe(3);
});

test("private addresses are refused without --allow-private", async () => {
  const { home, archive } = await world();
  const { out } = await warraq(["crawl", home, "--json", "--archive", archive], { now: Date.now });
  expect(JSON.parse(out)).toMatchObject({ new: 0 });
});

test.each([
  ["a word that is no site", "nobody", "E_UNKNOWN_SITE"],
  ["an address of another kind", "ftp://example.ly/", "E_BAD_URL"],
])("%s makes no archive", async (_, word, code) => {
  const archive = `${temporaryFolder()}/warraq.db`;
  const said = await warraq(["crawl", word, "--archive", archive, "--log-format", "json"]);
  expect(JSON.parse(said.err)).toMatchObject({ code });
  expect(said.code).toBe(2);
  expect(existsSync(archive)).toBe(false);
});
