/**
 * The kill drill of backfill: a real process is killed with SIGKILL at random moments, while it reads
 * lists, fetches pages and plays captures back, and is started again until it ends by itself.
 */
import { expect, test } from "vitest";
import { count, doneLine, expectIntact, start } from "../bad-input/program.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { DAY_MS, listen, page, posts, restPosts, sendPage, twice } from "./world.ts";

const KILLS = Number(process.env.WARRAQ_KILLS ?? 12);
const ARTICLES = 60;
/** Between two requests, so that the work lasts for all kills. */
const DELAY_MS = 40;
const LONGEST_LIFE_MS = 250;

test(`${KILLS} kills of a backfill lose nothing, and cost at most one page each`, async () => {
  const all = posts(ARTICLES, { from: "2019-02-01T12:00:00Z", everyMs: DAY_MS });
  let origin = "";
  const server = await listen(async (url, response, request) => {
    await restPosts(all, () => origin)(url, response, request);
    const post = all.find(({ path }) => path === url.pathname);
    if (post !== undefined) sendPage(response, page(post));
  });
  origin = server.origin;
  const archive = `${temporaryFolder()}/warraq.db`;
  const backfill = () =>
    start([
      ...["backfill", `${origin}/`, "--from", "2019", "--to", "2019", "--via", "wp"],
      ...["--allow-private", "--delay", `${DELAY_MS}ms`, "--archive", archive],
    ]);
  let seed = 20_261_124;
  for (let kills = 0; kills < KILLS; kills++) {
    const life = backfill();
    // Some are killed while they start, most while they work.
    if (kills % 4 !== 0) await life.untilSaid("filling gaps");
    seed = (seed * 48_271) % 2_147_483_647;
    await new Promise((resolve) => setTimeout(resolve, (seed / 2_147_483_647) * LONGEST_LIFE_MS));
    life.kill("SIGKILL");
    if ((await life.ended).signal === null) break; // it ended by itself before
  }
  const last = await backfill().ended;
  expect(last.code).toBe(0);
  expect(doneLine(last.err)).toMatchObject({ reason: "finished", failed: "0" });
  expectIntact(archive);
  expect(count(archive, "select count(*) from articles")).toBe(ARTICLES);
  expect(count(archive, "select count(*) from versions")).toBe(ARTICLES);
  const again = twice(server.log).length;
  console.log(`${KILLS} kills: ${server.log.length} requests, ${again} asked again`);
  expect(again).toBeLessThanOrEqual(KILLS);
}, 120_000);
