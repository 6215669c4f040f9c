/**
 * The promises to servers, proved by the servers' own logs: order, one at a time, the gap between
 * starts, many hosts side by side, robots.txt, Retry-After, retries, and being sent away.
 * Waiting is real where the promise is a gap (tens of ms), and a wound-forward clock elsewhere.
 */
import { expect, test } from "vitest";
import type { RequestEvent } from "../../src/fetch/index.ts";
import { type Answer, serve } from "../loopback.ts";
import { ask, gist, open } from "./ask-for.ts";

const page: Answer = (response) =>
  response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><p>نص");

const refuse =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, headers).end("no");

const paths = (count: number): string[] => Array.from({ length: count }, (_, at) => `/${at}`);
const robots =
  (text: string): Answer =>
  (response) =>
    response.end(text);

/** A clock that sleeping winds forward: waits of minutes cost nothing and can be read off. */
function clock(): {
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly slept: number[];
} {
  let at = Date.UTC(2026, 10, 24);
  const slept: number[] = [];
  return {
    now: () => at,
    sleep: async (ms) => {
      slept.push(ms);
      at += ms;
    },
    slept,
  };
}

test("requests to a host start in order, one at a time, never closer than the delay", async () => {
  const delayMs = 60;
  let running = 0;
  let most = 0;
  const slow: Answer = (response) => {
    most = Math.max(most, ++running);
    setTimeout(() => {
      running--;
      response.writeHead(200, { "content-type": "text/html" }).end("<p>");
    }, 5);
  };
  const { origin, log } = await serve(Object.fromEntries(paths(10).map((path) => [path, slow])));
  const fetcher = open({ delayMs });
  const outcomes = await Promise.all(paths(10).map((path) => fetcher.fetch(ask(origin + path))));
  expect(outcomes.map(gist)).toEqual(paths(10).map(() => "captured 200"));
  expect(log.map(({ path }) => path)).toEqual(["/robots.txt", ...paths(10)]);
  expect(most).toBe(1);
  const gaps = log.slice(1).map(({ at }, index) => at - (log[index]?.at ?? 0));
  console.log(`smallest gap at delay ${delayMs} ms: ${Math.min(...gaps).toFixed(1)} ms`);
  // half: a busy machine may see one request late and the next on time
  expect(Math.min(...gaps)).toBeGreaterThan(delayMs / 2);
});

test("many hosts are visited side by side", async () => {
  const waiting: (() => void)[] = [];
  const together: Answer = (response) => {
    waiting.push(() => response.writeHead(200, { "content-type": "text/html" }).end("<p>"));
    if (waiting.length === 8) for (const go of waiting) go(); // nobody leaves before all are here
  };
  const servers = await Promise.all(Array.from({ length: 8 }, () => serve({ "/a": together })));
  const fetcher = open({ delayMs: 200 });
  const outcomes = await Promise.all(
    servers.map(({ origin }) => fetcher.fetch(ask(`${origin}/a`))),
  );
  expect(outcomes.map(gist)).toEqual(servers.map(() => "captured 200"));
});

test("one dead host does not hold up the others", async () => {
  const dead = await serve({ "/a": () => {} });
  const alive = await serve({ "/a": page });
  const fetcher = open({ limits: { totalTimeoutMs: 300, attempts: 1 } });
  const ended: string[] = [];
  await Promise.all(
    [dead, alive].map(async ({ origin }, at) => {
      await fetcher.fetch(ask(`${origin}/a`));
      ended.push(at === 0 ? "dead" : "alive");
    }),
  );
  expect(ended).toEqual(["alive", "dead"]);
});

test.each([
  ["the fetcher's delay", { robots: "", delayMs: 5000 }, 5000],
  ["the site's, when it has one", { robots: "", delayMs: 5000, siteDelayMs: 9000 }, 9000],
  ["the site's, also when shorter", { robots: "", delayMs: 5000, siteDelayMs: 1000 }, 1000],
  ["Crawl-delay, when longer", { robots: "User-agent: *\nCrawl-delay: 12", delayMs: 5000 }, 12_000],
  [
    "not Crawl-delay, when shorter",
    { robots: "User-agent: *\nCrawl-delay: 1", delayMs: 5000 },
    5000,
  ],
  [
    "Crawl-delay, also above the site's",
    { robots: "User-agent: *\nCrawl-delay: 12", delayMs: 5000, siteDelayMs: 9000 },
    12_000,
  ],
])("the time between two starts is %s", async (_, { robots: text, ...delays }, expected) => {
  const { origin } = await serve({ "/robots.txt": robots(text), "/a": page, "/b": page });
  const { slept, ...time } = clock();
  const fetcher = open({ ...time, delayMs: delays.delayMs });
  const more = "siteDelayMs" in delays ? { delayMs: delays.siteDelayMs } : {};
  await fetcher.fetch(ask(`${origin}/a`, more));
  await fetcher.fetch(ask(`${origin}/b`, more));
  expect(slept.at(-1)).toBe(expected);
});

test("robots.txt is asked for once a day and origin, however many ask", async () => {
  const { origin, log } = await serve({ "/a": page, "/b": page, "/c": page });
  const { slept, ...time } = clock();
  const fetcher = open(time);
  await Promise.all(["/a", "/b", "/a"].map((path) => fetcher.fetch(ask(origin + path))));
  await time.sleep(23.9 * 3_600_000);
  await fetcher.fetch(ask(`${origin}/b`));
  const asked = (): number => log.filter(({ path }) => path === "/robots.txt").length;
  expect(asked()).toBe(1);
  await time.sleep(0.2 * 3_600_000);
  await fetcher.fetch(ask(`${origin}/c`));
  expect(asked()).toBe(2);
});

test.each<readonly [says: string, answer: Answer, expected: string]>([
  ["200 with rules binds", robots("User-agent: *\nDisallow: /a"), "refused robots"],
  ["200 with a page instead allows", robots("<!doctype html><html>"), "captured 200"],
  ["404 allows", refuse(404), "captured 200"],
  ["403 allows", refuse(403), "captured 200"],
  ["401 allows", refuse(401), "captured 200"],
  ["410 allows", refuse(410), "captured 200"],
  ["429 forbids", refuse(429), "refused robots-unreachable"],
  ["500 forbids", refuse(500), "refused robots-unreachable"],
  ["503 forbids", refuse(503), "refused robots-unreachable"],
  ["silence forbids", () => {}, "refused robots-unreachable"],
  ["a dropped connection forbids", (response) => response.destroy(), "refused robots-unreachable"],
  ["a redirect to rules binds", refuse(302, { location: "/rules" }), "refused robots"],
  ["a circle of redirects allows", refuse(302, { location: "/robots.txt" }), "captured 200"],
])("robots.txt: %s", async (_, answer, expected) => {
  const rules = robots("User-agent: *\nDisallow: /a");
  const { origin } = await serve({ "/robots.txt": answer, "/rules": rules, "/a": page });
  const { slept, ...time } = clock();
  const fetcher = open({ ...time, limits: { totalTimeoutMs: 200, attempts: 1 } });
  expect(gist(await fetcher.fetch(ask(`${origin}/a`)))).toBe(expected);
});

test("robots.txt bodies and sitemaps are handed on", async () => {
  const text = `Sitemap: /sitemap.xml\nSitemap: https://example.ly/news.xml\n`;
  const { origin } = await serve({ "/robots.txt": robots(text) });
  const bodies: string[] = [];
  const fetcher = open({
    onRobots: ({ url, body }) => bodies.push(`${url} ${Buffer.from(body)}`),
  });
  expect(await fetcher.sitemapsOf(origin)).toEqual([
    `${origin}/sitemap.xml`,
    "https://example.ly/news.xml",
  ]);
  expect(bodies).toEqual([`${origin}/robots.txt ${text}`]);
});

test.each<readonly [says: string, value: string, waitedMs: number]>([
  ["in seconds", "7", 7000],
  ["as a date", "Tue, 24 Nov 2026 00:00:09 GMT", 9000],
  ["as a date gone by", "Mon, 23 Nov 2026 00:00:00 GMT", 0],
])("Retry-After %s is waited for, exactly", async (_, value, waitedMs) => {
  const busy: Answer = (response, visit, request) =>
    visit === 1
      ? refuse(503, { "retry-after": value })(response, visit, request)
      : page(response, visit, request);
  const { origin } = await serve({ "/a": busy });
  const { slept, ...time } = clock();
  expect(gist(await open(time).fetch(ask(`${origin}/a`)))).toBe("captured 200");
  expect(slept).toEqual(waitedMs === 0 ? [] : [waitedMs]);
});

test("a Retry-After beyond the limit ends the visit and shuts the host until then", async () => {
  const busy: Answer = (response, visit, request) =>
    visit === 1
      ? refuse(429, { "retry-after": "3600" })(response, visit, request)
      : page(response, visit, request);
  const { origin, log } = await serve({ "/a": busy, "/b": page });
  const { slept, ...time } = clock();
  const fetcher = open(time);
  expect(gist(await fetcher.fetch(ask(`${origin}/a`)))).toBe("failed E_HTTP_RATE_LIMITED");
  const left = await fetcher.fetch(ask(`${origin}/b`));
  expect(left).toMatchObject({ code: "E_HTTP_RATE_LIMITED", attempts: 0 });
  expect(left).toMatchObject({ detail: expect.stringContaining("2026-11-24T01:00:00") });
  expect(slept).toEqual([]);
  await time.sleep(3_600_000);
  expect(gist(await fetcher.fetch(ask(`${origin}/b`)))).toBe("captured 200");
  expect(log.map(({ path }) => path)).toEqual(["/robots.txt", "/a", "/b"]);
});

test.each([
  ["a 500", refuse(500)],
  ["a 502", refuse(502)],
  ["a 429 without Retry-After", refuse(429)],
  ["a dropped connection", ((response) => response.destroy()) as Answer],
])("%s is tried three times, with growing pauses", async (_, answer) => {
  const { origin, log } = await serve({ "/a": answer });
  const { slept, ...time } = clock();
  const outcome = await open({ ...time, random: () => 0.5 }).fetch(ask(`${origin}/a`));
  expect(outcome).toMatchObject({ kind: "failed", attempts: 3 });
  expect(log.filter(({ path }) => path === "/a").length).toBe(3);
  expect(slept).toEqual([250, 500]);
});

test("what fails once and then works is captured", async () => {
  const { origin } = await serve({
    "/a": (response, visit, request) =>
      visit < 3 ? response.destroy() : page(response, visit, request),
  });
  const { slept, ...time } = clock();
  expect(gist(await open(time).fetch(ask(`${origin}/a`)))).toBe("captured 200");
});

test("403 five times in a row and the host is left alone for half an hour", async () => {
  const forbidden = Object.fromEntries(paths(5).map((path) => [path, refuse(403)]));
  const { origin, log } = await serve({ ...forbidden, "/after": page });
  const { slept, ...time } = clock();
  const fetcher = open(time);
  for (const path of paths(5))
    expect(gist(await fetcher.fetch(ask(origin + path)))).toBe("failed E_HTTP_FORBIDDEN");
  expect(gist(await fetcher.fetch(ask(`${origin}/after`)))).toBe("failed E_HTTP_FORBIDDEN");
  expect(log.length).toBe(6);
  await time.sleep(30 * 60_000);
  expect(gist(await fetcher.fetch(ask(`${origin}/after`)))).toBe("captured 200");
});

test("a page that works in between shows that a 403 is the page's, not ours", async () => {
  const { origin } = await serve({
    ...Object.fromEntries(paths(9).map((path) => [path, refuse(403)])),
    "/4": page,
    "/after": page,
  });
  const fetcher = open(clock());
  for (const path of paths(9)) await fetcher.fetch(ask(origin + path));
  expect(gist(await fetcher.fetch(ask(`${origin}/after`)))).toBe("captured 200");
});

test("trouble doubles the pace, and quick errors never quicken it", async () => {
  const { origin } = await serve({
    "/bad": refuse(500),
    "/a": page,
    "/b": page,
    "/gone": refuse(404),
  });
  const { slept, ...time } = clock();
  const fetcher = open({ ...time, delayMs: 1000, limits: { attempts: 1 } });
  for (const path of ["/a", "/bad", "/gone", "/b"]) await fetcher.fetch(ask(origin + path));
  expect(slept).toEqual([1000, 1000, 2000, 2000]);
});

test("a slow server is given twice its latency between starts", async () => {
  const slow: Answer = (response, visit, request) =>
    void setTimeout(page, 60, response, visit, request);
  const { origin, log } = await serve(Object.fromEntries(paths(4).map((path) => [path, slow])));
  const fetcher = open({ delayMs: 1 });
  for (const path of paths(4)) await fetcher.fetch(ask(origin + path));
  const gap = (log[4]?.at ?? 0) - (log[3]?.at ?? 0);
  expect(gap).toBeGreaterThan(80); // 2 × 60 ms, averaged in over three answers
});

test("every request is reported once, with its attempt, status and bytes", async () => {
  const { origin } = await serve({
    "/a": (response, visit, request) =>
      visit === 1 ? refuse(500)(response, visit, request) : page(response, visit, request),
  });
  const events: RequestEvent[] = [];
  const { slept, ...time } = clock();
  await open({ ...time, onRequest: (event) => events.push(event) }).fetch(ask(`${origin}/a`));
  expect(
    events.map(({ url, status, attempt }) => [new URL(url).pathname, status, attempt]),
  ).toEqual([
    ["/robots.txt", 404, 1],
    ["/a", 500, 1],
    ["/a", 200, 2],
  ]);
  expect(events[2]?.wireBytes).toBe(Buffer.byteLength("<!doctype html><p>نص"));
});
