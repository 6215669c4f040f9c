/** Stopping a crawl, and two programs at one archive: what the README's "nothing stored is lost" means. */
import { expect, test } from "vitest";
import {
  count,
  doneLine,
  expectIntact,
  expectOneLine,
  type Running,
  start,
  warraq,
} from "../bad-input/program.ts";
import { articlePath, serveSite } from "../bad-input/site.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const ARTICLES = 12;

async function world(delay: string) {
  const site = await serveSite("signals", ARTICLES);
  const archive = `${temporaryFolder()}/warraq.db`;
  const words = (pace: string): string[] => [
    ...["crawl", `${site.origin}/`, "--allow-private", "--delay", pace, "--archive", archive],
  ];
  const asked = (): number[] =>
    Array.from(
      { length: ARTICLES },
      (_, number) => site.log.filter(({ path }) => path === articlePath(number)).length,
    );
  return { site, archive, asked, crawl: (): Running => start(words(delay)), words };
}

test.each([
  ["Ctrl-C", "SIGINT", 130],
  ["SIGTERM", "SIGTERM", 143],
] as const)(
  "%s once: what is in hand is saved, and nothing is fetched twice",
  async (_, signal, code) => {
    const { archive, asked, crawl, words } = await world("150ms");
    const first = crawl();
    await first.untilSaid("\nnew ");
    first.kill(signal);
    const stopped = await first.ended;
    expect(stopped).toMatchObject({ code, signal: null, out: "" });
    expect(doneLine(stopped.err)).toMatchObject({ reason: "signal", failed: "0" });
    expectIntact(archive);
    expect(count(archive, "select count(*) from runs where reason = 'signal'")).toBe(1);
    const stored = count(archive, "select count(*) from articles");
    expect(stored).toBe(Number(doneLine(stopped.err).new));
    expect(stored).toBeLessThan(ARTICLES);
    const second = await warraq(words("0"));
    expect(second.err).toContain("going on where the last run stopped");
    expect(doneLine(second.err)).toMatchObject({
      new: String(ARTICLES - stored),
      reason: "finished",
    });
    expect(asked()).toEqual(asked().map(() => 1));
  },
);

test("Ctrl-C twice ends at once with 130, and the next run takes the rest", async () => {
  const { archive, asked, crawl, words } = await world("150ms");
  const first = crawl();
  await first.untilSaid("\nnew ");
  first.kill("SIGINT");
  await first.untilSaid("stopping");
  first.kill("SIGINT");
  expect(await first.ended).toMatchObject({ code: 130, signal: null, out: "" });
  expectIntact(archive);
  expect(await warraq(words("0"))).toMatchObject({ code: 0 });
  expect(count(archive, "select count(*) from articles")).toBe(ARTICLES);
  expect(asked().filter((times) => times > 1).length).toBeLessThanOrEqual(1);
});

test("a second crawl ends with 75 at once, waits when told to, and reading goes on", async () => {
  const { archive, crawl, words } = await world("1s");
  const first = crawl();
  await first.untilSaid("\nnew ");
  const at = ["--archive", archive];
  const [refused, ...reading] = await Promise.all([
    warraq(words("0")),
    warraq(["list", ...at, "--json"]),
    warraq(["search", "مدرسة", ...at, "--json"]),
    warraq(["sql", "select count(*) as n from articles", ...at, "--json"]),
    warraq(["export", "-q", "-o", "-", ...at]),
    warraq(["stats", ...at]),
  ]);
  expectOneLine(refused, 75, archive, "--wait-lock");
  for (const { code, out, err } of reading) {
    expect({ code, err: err.includes("warraq:") }).toEqual({ code: 0, err: false });
    expect(out).not.toBe("");
  }
  const waiting = start([...words("0"), "--wait-lock", "1m"]);
  await waiting.untilSaid("waiting for it");
  first.kill("SIGINT");
  expect(await first.ended).toMatchObject({ code: 130 });
  const waited = await waiting.ended;
  expect(waited.code).toBe(0);
  expect(doneLine(waited.err)).toMatchObject({ reason: "finished" });
  expect(count(archive, "select count(*) from articles")).toBe(ARTICLES);
  expectIntact(archive);
});

test("Ctrl-C while waiting for another crawl ends with 130", async () => {
  const { crawl, words } = await world("500ms");
  const first = crawl();
  await first.untilSaid("crawling");
  const waiting = start([...words("0"), "--wait-lock", "1h"]);
  await waiting.untilSaid("waiting for it");
  waiting.kill("SIGINT");
  expect(await waiting.ended).toMatchObject({ code: 130, out: "" });
  first.kill("SIGKILL");
  await first.ended;
});
