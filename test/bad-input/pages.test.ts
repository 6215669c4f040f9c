/**
 * A bad day: one crawl of many sites, each with two good articles and one page in trouble. Every page
 * in trouble ends with its own reason, and none takes anything else with it.
 */
import { brotliCompressSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { Answer, Loopback } from "../loopback.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { ask, doneLine, type Ended, expectIntact, warraq } from "./program.ts";
import { articlePage, articlePath, HTML, html, serveSite } from "./site.ts";

const TROUBLE = "/2026/05/30/khabar-fi-mushkila/";
const FINE = articlePage("heals", 30);
const AWAY = articlePath(7);

const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(code, headers).end();
const redirect = (location: string): Answer => status(302, { location });
const typed =
  (type: string, body: string | Uint8Array): Answer =>
  (response) =>
    void response.writeHead(200, { "content-type": type }).end(body);
const coded =
  (coding: string, body: Uint8Array): Answer =>
  (response) =>
    void response.writeHead(200, { ...HTML, "content-encoding": coding }).end(body);
/** Answers with `first` until visit `from`, then with a whole article. */
const thenFine =
  (first: Answer, from: number): Answer =>
  (response, visit, request) =>
    visit < from ? first(response, visit, request) : html(FINE)(response, visit, request);

let sentBytes = 0;
const endless: Answer = (response) => {
  response.writeHead(200, { ...HTML, "content-length": String(200 * 2 ** 20) });
  const chunk = Buffer.alloc(64 * 2 ** 10, "<p>خبر طويل</p>");
  const more = (): void => {
    while (!response.destroyed && sentBytes < 200 * 2 ** 20) {
      sentBytes += chunk.length;
      if (!response.write(chunk)) return;
    }
  };
  response.on("drain", more);
  more();
};
const unannounced: Answer = (response) => {
  response.writeHead(200, HTML);
  const chunk = Buffer.alloc(64 * 2 ** 10, "x");
  let left = 3_200;
  const more = (): void => {
    while (!response.destroyed && left-- > 0) if (!response.write(chunk)) return;
  };
  response.on("drain", more);
  more();
};
const dripping: Answer = (response) => {
  const bytes = Buffer.from(articlePage("drips", 30));
  const size = Math.ceil(bytes.length / 12);
  response.writeHead(200, HTML);
  let from = 0;
  const timer = setInterval(() => {
    response.write(bytes.subarray(from, from + size));
    from += size;
    if (from < bytes.length) return;
    clearInterval(timer);
    response.end();
  }, 80);
};
const shell = `<!doctype html><html><head><title>جريدة</title><script src="/app.8f3a.js" defer></script></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div></body></html>`;
const wall = `<!doctype html><html><head><title>Just a moment...</title><meta name="robots" content="noindex,nofollow"></head><body class="no-js"><div class="main-wrapper"><h1>www.example.ly</h1><h2>Checking your browser before accessing</h2><div id="challenge-running"></div><script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script><noscript>Enable JavaScript and cookies to continue</noscript></div></body></html>`;
const notFound = `<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>الصفحة غير موجودة</title></head><body><h1>404</h1><p>عفوا، الصفحة التي تبحث عنها غير موجودة.</p><a href="/">العودة إلى الرئيسية</a></body></html>`;
const words = "خبر طويل عن المدينة وأهلها وما جرى فيها أمس. ".repeat(60);
const noise = Buffer.from(Array.from({ length: 40_000 }, (_, at) => (at * 7919 + (at >> 3)) % 256));
const pdf = Buffer.concat([Buffer.from(`%PDF-1.7\n1 0 obj (${words})`), noise]);
const jpeg = Buffer.concat([Buffer.from([255, 216, 255, 224, 0, 16, 74, 70, 73, 70, 0]), noise]);
const zip = Buffer.concat([Buffer.from([80, 75, 3, 4, 20, 0]), noise]);
const json = JSON.stringify({ title: "خبر", body: words });
const utf8 = Buffer.from(articlePage("label", 30).replace('<meta charset="utf-8">', ""));

/** What a page in trouble answers → how its visit ends, and how often it was asked. */
const PAGES: readonly (readonly [string, Answer, string, number])[] = [
  ["404", status(404), "gone", 1],
  ["410", status(410), "gone", 1],
  ["403", status(403), "failed E_HTTP_FORBIDDEN", 1],
  ["400", status(400), "failed E_HTTP_CLIENT", 1],
  ["429 with Retry-After, then fine", thenFine(status(429, { "retry-after": "1" }), 2), "new", 2],
  ["429 always", status(429), "failed E_HTTP_RATE_LIMITED", 3],
  ["500, then fine", thenFine(status(500), 2), "new", 2],
  ["500 always", status(500), "failed E_HTTP_SERVER", 3],
  ["503 with a bot wall", (r) => void r.writeHead(503, HTML).end(wall), "failed E_HTTP_SERVER", 3],
  ["nothing at all", html(""), "skipped empty", 1],
  ["white space", html(" \n\t ".repeat(50)), "skipped empty", 1],
  ["a frame without words", html("<!doctype html><html><body></body></html>"), "skipped empty", 1],
  ["a PDF", typed("application/pdf", "%PDF-1.7 …"), "skipped not-html", 1],
  ["an image", typed("image/jpeg", Buffer.from([255, 216, 255, 224])), "skipped not-html", 1],
  ["JSON", typed("application/json", '{"title":"خبر"}'), "skipped not-html", 1],
  ["a PDF that says it is HTML", typed("text/html", pdf), "skipped not-html", 1],
  ["a picture that says it is HTML", typed("text/html", jpeg), "skipped not-html", 1],
  ["a ZIP that says nothing", typed("", zip), "skipped not-html", 1],
  ["JSON that says it is HTML", typed("text/html", json), "skipped not-html", 1],
  ["200 MB, announced", endless, "skipped too-large", 1],
  ["200 MB, not announced", unannounced, "skipped too-large", 1],
  ["a page that drips for a second", dripping, "new", 1],
  ["a redirect to itself", redirect(TROUBLE), "skipped redirect-loop", 1],
  ["a redirect that never ends", redirect("/hop/1"), "skipped too-many-redirects", 1],
  ["a redirect to another site", redirect(`http://127.0.0.1:9${AWAY}`), "skipped off-site", 1],
  ["a redirect to a file", redirect("file:///etc/passwd"), "failed E_PROTOCOL", 1],
  ["a redirect to nowhere", status(301), "failed E_PROTOCOL", 1],
  ["a bot wall", html(wall), "skipped block-page", 1],
  ["an empty JavaScript shell", html(shell), "skipped empty-shell", 1],
  ["a soft 404", html(notFound), "skipped soft-404", 1],
  ["a gzip bomb", coded("gzip", gzipSync(Buffer.alloc(60 * 2 ** 20))), "skipped encoding-bomb", 1],
  [
    "a brotli bomb",
    coded("br", brotliCompressSync(Buffer.alloc(30 * 2 ** 20))),
    "skipped encoding-bomb",
    1,
  ],
  ["gzip that is none", coded("br", Buffer.from("not brotli at all")), "failed E_BAD_ENCODING", 1],
  ["an unknown coding", coded("zstd-x", Buffer.from(FINE)), "failed E_BAD_ENCODING", 1],
  ["a charset that does not exist", typed("text/html; charset=klingon", utf8), "new", 1],
  ["a connection that breaks off", (response) => response.destroy(), "failed E_PROTOCOL", 3],
  [
    "a body shorter than announced",
    (response) => {
      response.writeHead(200, { ...HTML, "content-length": "90000" }).write(FINE);
      setTimeout(() => response.destroy(), 20);
    },
    "failed E_PROTOCOL",
    3,
  ],
];

interface Day {
  readonly ended: Ended;
  /** `result reason` of each visit, by URL. */
  readonly visits: ReadonlyMap<string, { readonly end: string; readonly detail: string }>;
  readonly articles: ReadonlySet<string>;
  readonly sites: readonly Loopback[];
  readonly run: Readonly<Record<string, unknown>>;
}

let day: Promise<Day> | undefined;

/** The crawl, once for all rows; the first row that needs it waits for it. */
function theDay(): Promise<Day> {
  day ??= (async () => {
    const hops = Object.fromEntries(
      [1, 2, 3, 4, 5, 6].map((hop) => [`/hop/${hop}`, redirect(`/hop/${hop + 1}`)]),
    );
    const sites = await Promise.all(
      PAGES.map(([name, answer]) => serveSite(name, 2, { [TROUBLE]: answer, ...hops })),
    );
    const archive = `${temporaryFolder()}/warraq.db`;
    const ended = await warraq([
      ...["crawl", ...sites.map(({ origin }) => `${origin}/`)],
      ...["--allow-private", "--delay", "0", "--concurrency", "40", "--archive", archive],
    ]);
    expectIntact(archive);
    const visits = ask(archive, "select url, result, reason, detail from visits");
    return {
      ended,
      sites,
      visits: new Map(
        visits.map(({ url, result, reason, detail }) => [
          String(url),
          { end: reason === null ? String(result) : `${result} ${reason}`, detail: String(detail) },
        ]),
      ),
      articles: new Set(ask(archive, "select url from articles").map(({ url }) => String(url))),
      run: ask(archive, "select * from runs")[0] ?? {},
    };
  })();
  return day;
}

test.each(PAGES.map(([name, , end, asked], index) => [name, end, asked, index] as const))(
  "%s: %s",
  async (_, end, asked, index) => {
    const { visits, articles, sites, ended } = await theDay();
    const site = sites[index] as Loopback;
    const url = `${site.origin}${TROUBLE}`;
    expect(visits.get(url)?.end).toBe(end);
    expect(articles.has(url)).toBe(end === "new");
    expect(site.log.filter(({ path }) => path === TROUBLE)).toHaveLength(asked);
    // The others of the same site are there.
    for (const number of [0, 1]) {
      const other = `${site.origin}${articlePath(number)}`;
      expect(visits.get(other)).toMatchObject({ end: "new" });
      expect(articles).toContain(other);
    }
    const lines = ended.err.split("\n").filter((line) => line.includes(url));
    if (end.startsWith("failed")) {
      expect(lines).toEqual([expect.stringContaining(end.replace("failed ", ""))]);
      expect(visits.get(url)?.detail).toContain(site.origin);
    }
  },
);

test("200 MB are not read", async () => {
  await theDay();
  expect(sentBytes).toBeLessThan(32 * 2 ** 20);
});

test("the closing line counts what happened, the archive's table too", async () => {
  const { ended, run } = await theDay();
  const of = (kind: string): number => PAGES.filter(([, , end]) => end.startsWith(kind)).length;
  const counts = {
    new: String(2 * PAGES.length + of("new")),
    gone: String(of("gone")),
    skipped: String(of("skipped")),
    failed: String(of("failed")),
  };
  expect(doneLine(ended.err)).toMatchObject({
    ...counts,
    changed: "0",
    same: "0",
    reason: "finished",
  });
  expect(run).toMatchObject({ reason: "finished", new: Number(counts.new), failed: of("failed") });
  expect(ended.out).toBe("");
  // Few of many: below the 20 % of --fail-on.
  expect(ended.code).toBe(0);
});
