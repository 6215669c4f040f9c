/** What a stop waits for and what it lets go of at once. The signals of a process are test/drill's. */
import type { ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { type Answer, serve } from "../loopback.ts";
import { openCrawl } from "./harness.ts";

const ARTICLE = "/2026/05/16/harbour-dredging-resumes-in-misrata/";
const BODY = "Dredging of the main channel resumed on Sunday, the port authority said. ".repeat(12);

const silence: Answer = () => {};
const noRobots: Answer = (response) => response.writeHead(404).end();

function tell(response: ServerResponse, more = ""): void {
  const title = "Harbour dredging resumes in Misrata";
  response
    .writeHead(200, { "content-type": "text/html" })
    .end(`<!doctype html><title>${title}</title><article><h1>${title}</h1><p>${BODY}</p>${more}`);
}

/** Crawls one article of a server, stops as soon as `path` was asked for `times` times. */
async function stopAt(answers: Record<string, Answer>, path: string, delayMs: number, times = 1) {
  const { origin, log } = await serve(answers);
  const { crawl, stop, store } = openCrawl();
  const running = crawl([origin + ARTICLE], { delayMs });
  while (log.filter((entry) => entry.path === path).length < times) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const stoppedAt = performance.now();
  stop.controller.abort();
  const report = await running;
  const tookMs = performance.now() - stoppedAt;
  const rows: unknown[] = [];
  const state =
    "select url, due_at is not null as is_queued, visited_at from page where role = 'article'";
  for await (const row of (await store).sql(state)) rows.push(row);
  return { report, tookMs, rows, origin, log };
}

test("an answer under way is waited for and saved", async () => {
  const { report } = await stopAt(
    { "/robots.txt": noRobots, [ARTICLE]: (response) => setTimeout(() => tell(response), 300) },
    ARTICLE,
    0,
  );
  expect(report).toMatchObject({ reason: "signal", counters: { new: 1, failed: 0 } });
});

test.each([
  ["whose robots.txt does not answer", "/robots.txt", { "/robots.txt": silence }, 0],
  ["that waits for its host's turn", "/robots.txt", { "/robots.txt": noRobots }, 60_000],
  [
    "whose redirect was not followed yet",
    ARTICLE,
    {
      "/robots.txt": noRobots,
      [ARTICLE]: (response: ServerResponse) =>
        setTimeout(() => response.writeHead(301, { location: `${ARTICLE}x` }).end(), 200),
      [`${ARTICLE}x`]: silence,
    },
    0,
  ],
  [
    "whose second part was not asked for yet",
    ARTICLE,
    {
      "/robots.txt": noRobots,
      [ARTICLE]: (response: ServerResponse) =>
        setTimeout(() => tell(response, `<a rel="next" href="${ARTICLE}2/">2</a>`), 200),
      [`${ARTICLE}2/`]: silence,
    },
    0,
  ],
] as const)("a page %s goes back to the queue at once", async (_, path, answers, delayMs) => {
  const { report, tookMs, rows, origin, log } = await stopAt(answers, path, delayMs);
  expect(tookMs).toBeLessThan(2_000);
  expect(report).toMatchObject({ reason: "signal", counters: { new: 0, failed: 0, skipped: 0 } });
  expect(rows).toEqual([{ url: origin + ARTICLE, is_queued: 1, visited_at: null }]);
  expect(log.filter((entry) => /x$|2\/$/u.test(entry.path))).toEqual([]);
});
