/** Backfilling as it is typed: flags, rows, the object of --json, exit codes. */
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { BACKFILL_WAYS } from "../../src/crawl/index.ts";
import { describedProgram, warraq } from "../cli/harness.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { DAY_MS, listen, page, posts, restPosts, sendPage } from "./world.ts";

async function world() {
  const all = posts(12, { from: "2019-02-01T12:00:00Z", everyMs: DAY_MS });
  let origin = "";
  const server = await listen(async (url, response, request) => {
    await restPosts(all, () => origin)(url, response, request);
    const post = all.find(({ path }) => path === url.pathname);
    if (post !== undefined) sendPage(response, page(post));
  });
  origin = server.origin;
  const archive = `${temporaryFolder()}/warraq.db`;
  const backfill = (words: readonly string[], env: Record<string, string> = {}) =>
    warraq(
      [
        ...["backfill", `${origin}/`, "--from", "2019-02", "--to", "2019-03", "--allow-private"],
        ...["--delay", "0", "--archive", archive, ...words],
      ],
      { now: Date.now, env },
    );
  return { server, archive, backfill, posts: all };
}

test("prints a row a way, says what is missing still, and ends with the final line", async () => {
  const { backfill } = await world();
  const { out, err, code } = await backfill(["--via", "wp,sitemap"]);
  expect(code).toBe(0);
  const [header = "", wp = "", sitemap = ""] = out.split("\n");
  expect(header.split(/ +/u).slice(0, 6)).toEqual([
    "way",
    "lookups",
    "found",
    "known",
    "missing",
    "stored",
  ]);
  expect(wp.split(/ +/u).slice(0, 6)).toEqual(["wp", "2", "12", "0", "12", "12"]);
  expect(sitemap).toMatch(/^sitemap/u);
  expect(err).toMatch(/12 dated articles in 2 months; 1 without any: 2019-03/u);
  expect(err).toMatch(/still missing: 2019-02-13 to 2019-03-31, 47 days without an article/u);
  expect(err).toMatch(/\ndone source=\S+ new=12 .* reason=finished\n$/u);
});

test("--json is one object with the ways, the months and the gaps; a limit ends with 5", async () => {
  const { backfill } = await world();
  const { out, code } = await backfill(["--via", "wp", "--max-pages", "5", "--json"]);
  expect(code).toBe(5);
  expect(JSON.parse(out)).toMatchObject({
    ...{ new: 5, reason: "max-pages", empty_months: ["2019-03"] },
    ways: [{ way: "wp", stored: 5, complete: false, problems: [] }],
    months: [
      { month: "2019-02", articles: 5, empty_days: 23 },
      { month: "2019-03", articles: 0 },
    ],
    gaps: [{ from: "2019-02-06", to: "2019-03-31", days: 54 }],
  });
});

test("--dry-run lists the missing pages by way, and makes no archive", async () => {
  const { backfill, archive, server, posts: all } = await world();
  const { out, err, code } = await backfill(["--via", "wp", "--dry-run", "--json"]);
  expect(code).toBe(0);
  const pages = JSON.parse(out) as readonly Record<string, unknown>[];
  expect(pages).toHaveLength(12);
  expect(pages[0]).toEqual({
    ...{ way: "wp", url: `${server.origin}${all[0]?.path}`, title: all[0]?.title },
    published: "2019-02-01T12:00:00.000Z",
  });
  expect(err).toContain("wp: 12 found, 0 known, 12 missing (2 requests)");
  expect(existsSync(archive)).toBe(false);
});

test("the variables name other public archives, and are checked", async () => {
  const { backfill } = await world();
  const cdx = await listen((_url, response) => void response.end("[]"));
  const good = await backfill(["--via", "wayback"], { WARRAQ_WAYBACK: cdx.origin });
  expect(good.code).toBe(0);
  expect(cdx.log[0]).toMatch(/^\/cdx\/search\/cdx\?url=127\.0\.0\.1&matchType=domain/u);
  const bad = await backfill(["--via", "wayback"], { WARRAQ_WAYBACK: "ftp://x" });
  expect([bad.code, bad.err]).toEqual([2, expect.stringContaining("WARRAQ_WAYBACK")]);
});

test.each([
  ["no start", ["backfill", "http://127.0.0.1:9/"], "--from"],
  [
    "an unknown way",
    ["backfill", "http://127.0.0.1:9/", "--from", "2019", "--via", "wp,magic"],
    "Give some of",
  ],
  [
    "a start after the end",
    ["backfill", "http://127.0.0.1:9/", "--from", "2019", "--to", "2018"],
    "before --to",
  ],
  ["a site nobody knows", ["backfill", "no-such-site", "--from", "2019"], "no-such-site"],
])("%s is a mistake of usage", async (_name, words, said) => {
  const { code, err } = await warraq([...words, "--archive", `${temporaryFolder()}/a.db`]);
  expect([code, err]).toEqual([2, expect.stringContaining(said)]);
});

test("a site that cannot be reached is a failure, not an empty success", async () => {
  const { code } = await warraq(
    [
      ...["backfill", "http://127.0.0.1:9/", "--from", "2019", "--via", "wp", "--allow-private"],
      ...["--delay", "0", "--archive", `${temporaryFolder()}/a.db`],
    ],
    { now: Date.now },
  );
  expect(code).toBe(3);
});

test("the help names the ways the crawler has", async () => {
  const command = (await describedProgram()).commands.find((one) => one.name() === "backfill");
  const via = command?.options.find(({ long }) => long === "--via")?.description;
  expect(via).toContain(BACKFILL_WAYS.join(", "));
});
