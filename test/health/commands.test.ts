/** `check` and `coverage` as they are typed, on an archive filled the way a crawl fills one. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pack } from "../../src/codec/index.ts";
import { openStore } from "../../src/store/index.ts";
import type { Store, Visit } from "../../src/store/store.ts";
import { warraq } from "../cli/harness.ts";
import {
  beginRun,
  givenArticle,
  givenCapture,
  givenDate,
  givenPage,
  givenRead,
  visit,
} from "../store/given.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const DAY_MS = 86_400_000;
const DAYS = 40;
/** The archive's last run, and the time at which it is looked at. */
const LAST = Date.parse("2026-11-24T09:00:00Z");
const NOW = LAST + 3_600_000;
const FEED = "https://sahel.example/feed/";

let archive = "";

/** Forty days of three articles a day; then silence, a wall, and a page that is gone. */
async function fillArchive(path: string): Promise<void> {
  const store = await openStore({ path, mode: "write" });
  try {
    store.lockForCrawl();
    for (let ago = DAYS; ago >= 0; ago--) {
      // A day on which nobody looked.
      if (ago === 20) continue;
      await oneDay(store, LAST - ago * DAY_MS, ago);
    }
  } finally {
    await store.close();
  }
}

async function oneDay(store: Store, at: number, ago: number): Promise<void> {
  const runId = await beginRun(store, at);
  const source = givenPage(FEED, { siteId: "sahel", role: "feed", foundBy: "seed" });
  const urls = [0, 1, 2].map((nth) => `https://sahel.example/2026/khabar-${ago}-${nth}/`);
  const found = urls.map((url) => givenPage(url, { siteId: "sahel", foundBy: nth(url) }));
  const isSilent = ago < 3;
  const capture = givenCapture(FEED, { fetchedAt: at, body: Buffer.from(`<rss>${ago}</rss>`) });
  await visit(store, source, {
    ...{ kind: "listed", at, runId, nextAt: null, capture, packed: pack(capture.body) },
    found: isSilent ? [] : found,
  });
  if (isSilent) {
    const wall: Visit = {
      ...{ kind: "skipped", reason: "block-page", detail: "title of a block page" },
      ...{ at: at + 1, runId, nextAt: null },
    };
    for (const page of found) await visit(store, page, wall);
    return;
  }
  for (const [index, page] of found.entries()) {
    const article = givenArticle({
      title: `خبر ${ago} ${index}`,
      body: `نص الخبر رقم ${ago} ${index} من بلدية الساحل عن أعمال الطريق والميناء في هذا اليوم.`,
      published: givenDate(new Date(at - (index + 1) * 3_600_000).toISOString()),
    });
    await visit(store, page, givenRead(page.url, { runId, at: at + index, article }));
  }
}

function nth(url: string): "feed" | "sitemap" {
  return url.endsWith("-0/") ? "sitemap" : "feed";
}

beforeAll(async () => {
  archive = join(mkdtempSync(join(tmpdir(), "warraq-health-")), "warraq.db");
  await fillArchive(archive);
});
afterAll(() => rmSync(dirname(archive), { recursive: true, force: true }));

const say = (...words: string[]) =>
  warraq([...words, "--archive", archive], { now: () => NOW, columns: 80 });

describe("check", () => {
  test("one line per alarm, exit 4", async () => {
    const { code, out } = await say("check");
    expect(code).toBe(4);
    const lines = out.trimEnd().split("\n");
    expect(lines[0]).toMatch(/^site +alarm +now +usual +since/u);
    expect(lines.slice(1).map((line) => line.split(/ +/u)[1])).toEqual(["blocked", "articles"]);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test("JSON names the source, what is wrong, now and usual, and since when", async () => {
    const { out } = await say("check", "sahel", "--json");
    const alarms = JSON.parse(out);
    expect(alarms).toContainEqual({
      ...{ site: "sahel", alarm: "blocked", what: "block-page", usual: "0%" },
      now: expect.stringMatching(/^\d+% of \d+ visits$/u),
      since: new Date(LAST - 2 * DAY_MS + 1).toISOString(),
    });
    expect(alarms).toContainEqual(
      expect.objectContaining({
        alarm: "articles",
        since: expect.stringMatching(/^2026-11-2[12]/u),
      }),
    );
  });

  test("a look from before the trouble finds all well, exit 0", async () => {
    const path = join(temporaryFolder(), "well.db");
    const store = await openStore({ path, mode: "write" });
    for (let ago = DAYS; ago >= 3; ago--) await oneDay(store, LAST - ago * DAY_MS, ago);
    await store.close();
    const { code, out, err } = await warraq(["check", "--archive", path], {
      now: () => LAST - 3 * DAY_MS + 60_000,
    });
    expect([code, out]).toEqual([0, ""]);
    expect(err).toMatch(/sahel: well/u);
  });

  test("a young archive says so and raises nothing", async () => {
    const path = join(temporaryFolder(), "young.db");
    const store = await openStore({ path, mode: "write" });
    for (let ago = 2; ago >= 0; ago--) await oneDay(store, LAST - ago * DAY_MS, ago);
    await store.close();
    const { code, out, err } = await warraq(["check", "--archive", path], { now: () => NOW });
    expect([code, out]).toEqual([0, ""]);
    expect(err).toMatch(/sahel: too little history \(2 of 21 days\)/u);
  });

  test("a site nobody crawled is a mistake of the words", async () => {
    const { code, err } = await say("check", "nowhere");
    expect(code).toBe(2);
    expect(err).toMatch(/"nowhere" is not a known site/u);
  });
});

describe("coverage", () => {
  test("a row a day with ways and reasons, within 80 columns", async () => {
    const { code, out } = await say("coverage", "sahel");
    expect(code).toBe(0);
    const lines = out.trimEnd().split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(out).toMatch(/^source {4}sahel, 2026-10-25 to 2026-11-24$/mu);
    expect(out).toMatch(/by feed 2, sitemap 1/u);
    expect(out).toMatch(/skipped: block-page 3/u);
  });

  test("JSON adds up: what was found was visited, and every visit has an end", async () => {
    const { out } = await say("coverage", "sahel", "--from", "2026-10-01", "--json");
    const { totals, days, zone } = JSON.parse(out);
    expect(zone).toBe("Africa/Tripoli");
    expect(totals).toMatchObject({
      ...{ found: 120, visited: 120, fetched: 120, extracted: 111, new: 111 },
      ...{ skipped: 9, skipped_why: { "block-page": 9 }, failed: 0, published: 111 },
      sources_read: 40,
    });
    expect(totals.found_by).toEqual({ feed: 74 + 6, sitemap: 37 + 3 });
    const sum = (field: string) =>
      days.reduce((all: number, row: Record<string, number>) => all + (row[field] ?? 0), 0);
    for (const field of ["found", "visited", "new", "skipped", "published"]) {
      expect(sum(field), field).toBe(totals[field]);
    }
  });

  test("--gaps shows the silent days and the day nobody looked, and no other", async () => {
    const { out } = await say("coverage", "sahel", "--from", "2026-10-01", "--gaps", "--json");
    const marks = Object.fromEntries(
      JSON.parse(out).days.map(({ day, marks }: { day: string; marks: string[] }) => [day, marks]),
    );
    expect(marks["2026-11-04"]).toContain("unvisited");
    expect(Object.keys(marks).filter((day) => day < "2026-11-20" && day !== "2026-11-04")).toEqual(
      [],
    );
  });

  test("days that are none are a mistake of the words", async () => {
    const { code, err } = await say("coverage", "sahel", "--from", "2027");
    expect([code, err]).toEqual([2, expect.stringMatching(/--from is not before --to/u)]);
  });

  test("CSV has a row a day with every figure", async () => {
    const { out } = await say("coverage", "sahel", "--csv");
    const [header = "", ...rows] = out.trimEnd().split("\r\n");
    expect(header).toMatch(/^day,found,found_by,visited,fetched,extracted,new,/u);
    expect(rows).toHaveLength(31);
  });

  test("--report-skipped writes every page that is not there, with its reason", async () => {
    const folder = temporaryFolder();
    for (const name of ["missing.jsonl", "missing.csv"]) {
      const target = join(folder, name);
      const { code, err } = await say("coverage", "sahel", "--report-skipped", target);
      expect([code, err]).toEqual([0, expect.stringMatching(/pages that are not there: 9/u)]);
    }
    const lines = readFileSync(join(folder, "missing.jsonl"), "utf8").trimEnd().split("\n");
    expect(lines).toHaveLength(9);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      ...{ url: "https://sahel.example/2026/khabar-2-0/", site: "sahel", role: "article" },
      ...{ result: "skipped", reason: "block-page", detail: "title of a block page" },
      run: expect.any(Number),
    });
    expect(readFileSync(join(folder, "missing.csv"), "utf8").split("\r\n")).toHaveLength(11);
    const again = await say("coverage", "sahel", "--report-skipped", join(folder, "missing.csv"));
    expect(again.err).toMatch(/exists already; --force replaces it/u);
    expect(again.code).toBe(2);
  });
});
