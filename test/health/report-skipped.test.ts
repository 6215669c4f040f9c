/** `crawl --report-skipped`: what one run did not bring home, as a file. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { warraq } from "../cli/harness.ts";
import { serve } from "../loopback.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const html = (body: string): string => `<!doctype html><html lang="ar"><body>${body}`;

test("a run says of every page it did not get why, and writes no other run's", async () => {
  const paths = ["/2026/01/02/wall/", "/2026/01/02/lost/", "/2026/01/02/broken/"];
  const links = paths.map(
    (path) => `<h2><a href="${path}">خبر من أخبار الساحل في هذا اليوم</a></h2>`,
  );
  const send =
    (text: string, status = 200) =>
    (response: import("node:http").ServerResponse) =>
      response.writeHead(status, { "content-type": "text/html" }).end(text);
  const site = await serve({
    "/": send(html(links.join(""))),
    "/robots.txt": send("User-agent: *\nAllow: /\n"),
    "/2026/01/02/wall/": send(html("<title>تم حظرك</title><h1>تم حظر عنوان IP الخاص بك</h1>")),
    "/2026/01/02/broken/": send("", 400),
  });
  const folder = temporaryFolder();
  const archive = join(folder, "warraq.db");
  const target = join(folder, "skipped.jsonl");
  const crawl = (...words: string[]) =>
    warraq(
      [
        "crawl",
        `${site.origin}/`,
        "--allow-private",
        "--delay",
        "0",
        "--archive",
        archive,
        ...words,
      ],
      { now: Date.now },
    );
  await crawl("--report-skipped", target, "--fail-on", "100%");
  const rows = readFileSync(target, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line))
    .filter(({ role }) => role === "article");
  const found = rows.map(({ url, result, reason }) => [new URL(url).pathname, result, reason]);
  expect(found.toSorted()).toEqual([
    ["/2026/01/02/broken/", "failed", "E_HTTP_CLIENT"],
    ["/2026/01/02/lost/", "gone", null],
    ["/2026/01/02/wall/", "skipped", "block-page"],
  ]);
  await crawl("--report-skipped", target);
  expect(readFileSync(target, "utf8")).not.toMatch(/wall/u);
});

test("a report that cannot be written does not undo the run", async () => {
  const site = await serve({ "/": (response) => response.end(html("hello")) });
  const folder = temporaryFolder();
  const { code, err } = await warraq(
    [
      ...["crawl", `${site.origin}/`, "--allow-private", "--delay", "0", "-q"],
      ...["--archive", join(folder, "warraq.db"), "--report-skipped", join(folder, "no/such.csv")],
    ],
    { now: Date.now },
  );
  expect(err).toMatch(/there is no folder/u);
  expect(err).toMatch(/\ndone source=/u);
  expect(code).toBe(2);
});
