/** A rule for a host that was crawled without one: everything of that host belongs to it from then on. */
import { readFileSync, writeFileSync } from "node:fs";
import { expect, onTestFinished, test } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { newsroomWorld } from "./newsroom-world.ts";

async function world() {
  const { newsroom, folder, archive, origin, run } = await newsroomWorld();
  const crawl = (...words: string[]) => run("crawl", ...words, "--delay", "0", "--allow-private");
  const rule = `${folder}/sahel.json`;
  const shown = await run("sites", "show", "almarsad");
  writeFileSync(
    rule,
    JSON.stringify({
      ...JSON.parse(shown.out),
      ...{ id: "sahel", home: `${origin}/`, hosts: [new URL(origin).host], listings: [] },
      ...{ feeds: [], sitemaps: [], wpJson: null, theme: null, article: {}, articlePath: [] },
    }),
  );
  const ask = async (sql: string) => JSON.parse((await run("sql", sql, "--json")).out);
  return { newsroom, folder, archive, origin, host: new URL(origin).host, rule, run, crawl, ask };
}

const ALL = "select source, count(*) as n from articles group by source";

test("sites add files what there is under the new site, and the archive stays sound", async () => {
  const { newsroom, origin, host, rule, run, crawl, ask } = await world();
  await crawl(`${origin}/`);
  newsroom.publishNextEdition();
  await run("recheck", "--delay", "0", "--allow-private");
  const added = await run("sites", "add", rule);
  expect(added.err).toContain(`${host} belongs to sahel now: 8 articles filed under it\n`);
  expect(await ask(ALL)).toEqual([{ source: "sahel", n: 8 }]);
  expect(await ask("select distinct source from changes")).toEqual([{ source: "sahel" }]);
  const found = await run("search", "مكتبة", "--site", "sahel", "--json", "--fields", "source");
  expect(JSON.parse(found.out)).toEqual([{ source: "sahel" }]);
  expect((await run("list", "--site", host)).code).toBe(0);
  expect(await run("verify")).toMatchObject({ code: 0 });
  expect(await run("verify", "--chain")).toMatchObject({ code: 0 });
  const again = await crawl("sahel", "--json");
  expect(JSON.parse(again.out)).toMatchObject({ source: ["sahel"], new: 0, failed: 0 });
  expect(await ask(ALL)).toEqual([{ source: "sahel", n: 8 }]);
});

test("a crawl by a rule does the same where both had pages already", async () => {
  const { origin, host, rule, run, crawl, ask } = await world();
  await crawl(`${origin}/2026/06/13/maktabat-almadina/`);
  await run("sites", "add", rule);
  const sahel = JSON.parse(readFileSync(rule, "utf8"));
  const elsewhere = { home: "https://sahel.example/", hosts: ["sahel.example"] };
  writeFileSync(rule, JSON.stringify({ ...sahel, ...elsewhere }));
  await run("sites", "add", rule);
  // The rule speaks for another host now: this one is a site of its own, beside what was filed before.
  await crawl(`${origin}/`);
  expect(await ask(ALL)).toEqual([
    { source: host, n: 7 },
    { source: "sahel", n: 1 },
  ]);
  writeFileSync(rule, JSON.stringify({ ...sahel, name: "الساحل" }));
  await run("sites", "add", rule);
  await crawl("sahel");
  expect(await ask(ALL)).toEqual([{ source: "sahel", n: 8 }]);
  expect(await run("verify")).toMatchObject({ code: 0 });
});

test("sites remove files what there is under the host again, where crawls go on with it", async () => {
  const { newsroom, host, rule, run, crawl, ask } = await world();
  await run("sites", "add", rule);
  await crawl("sahel");
  const removed = await run("sites", "remove", "sahel");
  expect(removed.err).toContain(`sahel belongs to ${host} now: 8 articles filed under it\n`);
  expect(await ask(ALL)).toEqual([{ source: host, n: 8 }]);
  newsroom.publishNextEdition();
  const again = await run("recheck", "--delay", "0", "--allow-private", "--json");
  expect(JSON.parse(again.out)).toMatchObject({ source: [host], changed: 1 });
  expect(await run("verify")).toMatchObject({ code: 0 });
  expect((await run("sites", "remove", "sahel")).err).toContain("(E_UNKNOWN_SITE)");
});

test("while another crawl runs, a rule is added, and its next crawl does the same", async () => {
  const { archive, origin, host, rule, run, crawl, ask } = await world();
  await crawl(`${origin}/2026/06/13/maktabat-almadina/`);
  const holder = await openStore({ path: archive, mode: "write" });
  onTestFinished(() => holder.close());
  expect(holder.lockForCrawl()).toBe(true);
  const { code, err } = await run("sites", "add", rule);
  expect(code, err).toBe(0);
  expect(err).toContain(`the articles of ${host} are filed under sahel by its next crawl\n`);
  expect(await ask(ALL)).toEqual([{ source: host, n: 1 }]);
  await holder.close();
  await crawl("sahel");
  expect(await ask("select distinct source from articles")).toEqual([{ source: "sahel" }]);
});

test("a host stays apart from a rule that does not speak for it", async () => {
  const { origin, host, rule, run, crawl, ask } = await world();
  await crawl(`${origin}/2026/06/13/maktabat-almadina/`);
  const other = JSON.parse(readFileSync(rule, "utf8"));
  writeFileSync(
    rule,
    JSON.stringify({ ...other, home: "https://sahel.example/", hosts: ["sahel.example"] }),
  );
  const added = await run("sites", "add", rule);
  expect(added.err).not.toContain("belongs to");
  expect(await ask(ALL)).toEqual([{ source: host, n: 1 }]);
});
