/** Crawls that look as if they did nothing: each says why, and none is a dead end. */
import { writeFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { openNewsroom } from "../../src/newsroom/index.ts";
import { openStore } from "../../src/store/index.ts";
import { newsroomWorld } from "./newsroom-world.ts";

async function world() {
  const { folder, archive, origin, run } = await newsroomWorld();
  const crawl = (...words: string[]) => run("crawl", ...words, "--delay", "0");
  return { archive, folder, origin, host: new URL(origin).host, run, crawl };
}

test("what was refused as a private address was not visited: the next crawl may allow it", async () => {
  const { origin, crawl } = await world();
  const refused = await crawl(`${origin}/`);
  expect(refused.err).toContain("private-address");
  expect(refused.err).toContain(" skipped=1 ");
  const again = await crawl(`${origin}/`);
  expect(again.err).toContain("private-address");
  const allowed = await crawl(`${origin}/`, "--allow-private", "--json");
  expect(JSON.parse(allowed.out)).toMatchObject({ new: 8 });
});

test("an article that was refused is due as well, also when its site is crawled", async () => {
  const { origin, crawl } = await world();
  await crawl(`${origin}/2026/06/13/maktabat-almadina/`);
  const allowed = await crawl(`${origin}/`, "--allow-private", "--json");
  expect(JSON.parse(allowed.out)).toMatchObject({ new: 8 });
});

test("a crawl that has nothing due says when something is", async () => {
  const { origin, crawl, run } = await world();
  await crawl(`${origin}/`, "--allow-private");
  const again = await crawl(`${origin}/`, "--allow-private");
  expect(again.err).toMatch(/\nnothing is due; next at \d{4}-\d\d-\d\dT\d\d:\d\dZ, in \S+\ndone /u);
  expect(again.code).toBe(0);
  const none = await run("recheck", "--since", "1ms", "--allow-private");
  expect(none.err).toContain("there is no article to visit again");
});

test("an imported list says what fetches it, stats counts it, and crawl knows its hosts", async () => {
  const { archive, folder, host, run, crawl } = await world();
  const list = `${folder}/urls.txt`;
  writeFileSync(list, `no address\nhttp://${host}/2026/06/13/maktabat-almadina/\n`);
  const imported = await run("import", list);
  expect(imported.err).toContain(
    `${list}: 1 address, 1 of them new in the queue; passed over: 1 without web address\n`,
  );
  expect(imported.err).toContain(`to fetch them: warraq crawl ${host} --archive ${archive}\n`);
  const before = await run("stats", "--json");
  expect(JSON.parse(before.out)).toMatchObject({
    pages: { queued: 1, done: 0 },
    by_site: [{ site: host, articles: 0, queued: 1 }],
  });
  const dry = await crawl(host, "--allow-private", "--dry-run", "--json", "--max-pages", "1");
  expect(JSON.parse(dry.out)).toMatchObject([{ site: host, found_by: "import" }]);
  const whole = await crawl(host, "--allow-private", "--dry-run", "--json");
  const crawled = await crawl(host, "--allow-private", "--json");
  expect(JSON.parse(crawled.out)).toMatchObject({ source: [host], new: 8 });
  expect(new Set(JSON.parse(whole.out).map(({ url }: { url: string }) => url)).size).toBe(8);
});

test("pages are counted by their last visit; what will be looked at again is not queued", async () => {
  const { archive, run, crawl } = await world();
  const newsroom = await openNewsroom();
  onTestFinished(() => newsroom.close());
  const homes = newsroom.sites.map(({ origin }) => `${origin}/`);
  const { out } = await crawl(...homes, "--allow-private", "--json");
  const { gone, skipped, failed } = JSON.parse(out);
  const { pages } = JSON.parse((await run("stats", "--json")).out);
  expect(pages).toMatchObject({ gone, skipped, failed, queued: 0 });
  const store = await openStore({ path: archive, mode: "read" });
  onTestFinished(() => store.close());
  const missed: unknown[] = [];
  for await (const page of store.missed({})) missed.push(page);
  expect(missed).toHaveLength(gone + skipped + failed);
});

test("a dry run that could read no source ends as the crawl would", async () => {
  const { run } = await world();
  const { code, err } = await run("crawl", "http://nobody.invalid/", "--dry-run");
  expect(err).toContain("warning: http://nobody.invalid/: the host name is unknown");
  expect(err).toContain("0 articles would be fetched");
  expect(code).toBe(3);
});
