/**
 * The kill drill: a real crawl of a real (loopback) site is killed with SIGKILL at random moments and
 * started again, until it ends by itself. WARRAQ_KILLS sets how often (default 50, about
 * 30 s).
 */
import { expect, test } from "vitest";
import { count, doneLine, expectIntact, start } from "../bad-input/program.ts";
import { articlePath, serveSite } from "../bad-input/site.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const KILLS = Number(process.env.WARRAQ_KILLS ?? 50);
const ARTICLES = 60;
/** Between two requests, so that the crawl lasts for all kills. */
const DELAY_MS = 40;
/** A life goes on for at most this long after its first sign. */
const LONGEST_LIFE_MS = 250;
const SECONDS_PER_KILL = 3;

test(
  `${KILLS} kills of a crawl lose nothing, and cost at most one page each`,
  async () => {
    const site = await serveSite("drill", ARTICLES);
    const archive = `${temporaryFolder()}/warraq.db`;
    const crawl = () =>
      start([
        ...["crawl", `${site.origin}/`, "--allow-private", "--delay", `${DELAY_MS}ms`],
        ...["--archive", archive],
      ]);
    const random = createRandom(20_261_124);
    let stored = 0;
    let kills = 0;
    while (kills < KILLS) {
      const life = crawl();
      // Some are killed while they start, most while they work.
      if (kills % 5 !== 0) await life.untilSaid("crawling");
      await new Promise((resolve) => setTimeout(resolve, random() * LONGEST_LIFE_MS));
      life.kill("SIGKILL");
      const { signal } = await life.ended;
      kills++;
      if (signal === null) break; // it ended by itself before
      const said = life.said.err.split("\n").filter((line) => line.startsWith("new ")).length;
      const now = stillThere(archive);
      // What it had said is stored is there, and nothing of before is gone.
      expect(now).toBeGreaterThanOrEqual(stored + said);
      stored = now;
    }
    const last = await crawl().ended;
    expect(last.code).toBe(0);
    expect(doneLine(last.err)).toMatchObject({ reason: "finished", failed: "0" });
    expectIntact(archive);
    const checked = await start(["verify", "--chain", "--archive", archive]).ended;
    expect(checked.code, checked.err).toBe(0);
    expect(count(archive, "select count(*) from articles")).toBe(ARTICLES);
    expect(count(archive, "select count(*) from versions")).toBe(ARTICLES);
    expect(count(archive, "select count(*) from loan")).toBe(0);
    expect(count(archive, "select count(*) from runs where ended is null")).toBeLessThanOrEqual(
      kills,
    );

    const visits = Array.from(
      { length: ARTICLES },
      (_, number) => site.log.filter(({ path }) => path === articlePath(number)).length,
    );
    expect(Math.min(...visits)).toBe(1);
    const refetched = visits.reduce((sum, times) => sum + times - 1, 0);
    console.log(`kill drill: ${kills} kills, ${refetched} pages fetched again`);
    expect(refetched).toBeLessThanOrEqual(kills);
  },
  KILLS * SECONDS_PER_KILL * 1_000 + 30_000,
);

test("a first run killed at any of its first moments leaves nothing that stops the next", async () => {
  const site = await serveSite("first", 1);
  for (const lifeMs of [90, 130, 160, 190, 220, 260, 320]) {
    const archive = `${temporaryFolder()}/warraq.db`;
    const words = ["crawl", `${site.origin}/`, "--allow-private", "--delay", "0"];
    const first = start([...words, "--archive", archive]);
    await new Promise((resolve) => setTimeout(resolve, lifeMs));
    first.kill("SIGKILL");
    await first.ended;
    const read = await start(["list", "--archive", archive]).ended;
    expect([0, 2], read.err).toContain(read.code); // 2: there is none yet
    const next = await start([...words, "--archive", archive]).ended;
    expect(next.code, next.err).toBe(0);
    expectIntact(archive);
    expect(count(archive, "select count(*) from articles")).toBe(1);
  }
}, 60_000);

function stillThere(archive: string): number {
  try {
    return count(archive, "select count(*) from articles");
  } catch {
    return 0; // killed before there was an archive
  }
}

function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
