/**
 * Sites in trouble as a whole: nobody there, no name, no valid certificate, no robots.txt. One crawl
 * visits all of them beside a healthy one, which is archived as if nothing were the matter.
 */
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { selfSigned } from "../fetch/tls.ts";
import { type Answer, type Loopback, serve } from "../loopback.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { ask, doneLine, type Ended, expectIntact, type Rows, warraq } from "./program.ts";
import { articlePath, html, serveSite } from "./site.ts";

const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(code, headers).end();

/** Hosts that cannot be reached: where, the code, and words of the one line. */
const UNREACHABLE: readonly (readonly [string, string, string, () => Promise<string>])[] = [
  ["nobody listens", "E_CONNECT", "ECONNREFUSED", async () => `http://127.0.0.1:${await unused()}`],
  ["no such name", "E_DNS", "host name", async () => "http://no-such-newspaper.invalid"],
  ["a server without TLS", "E_TLS", "TLS", async () => asHttps((await serve({})).origin)],
  ["a self-signed certificate", "E_TLS", "certificate", openSelfSigned],
];

/** What robots.txt answers → how the visit to the home page ends. */
const ROBOTS: readonly (readonly [string, Answer, string])[] = [
  ["500", status(500), "skipped robots-unreachable"],
  ["429", status(429), "skipped robots-unreachable"],
  ["a dropped connection", (response) => response.destroy(), "skipped robots-unreachable"],
  ["itself, for ever", status(302, { location: "/robots.txt" }), "listed"],
  ["Disallow: /", html("User-agent: *\nDisallow: /"), "skipped robots"],
  ["404", status(404), "listed"],
  ["403", status(403), "listed"],
  ["a web page", html("<!doctype html><title>خبر</title>"), "listed"],
  ["binary noise", (response) => void response.end(Buffer.alloc(9_000, 0xfe)), "listed"],
];

let tlsAsked = 0;
let hasTls = true;

interface Day {
  readonly ended: Ended;
  readonly homes: readonly string[];
  readonly robots: readonly Loopback[];
  readonly busy: Loopback;
  readonly visits: Rows;
  readonly articles: readonly string[];
  readonly stuck: { readonly ended: Ended; readonly due: readonly string[]; readonly page: string };
}

let day: Promise<Day> | undefined;

/** The crawls, once for all rows; the first row that needs them waits for them. */
function theDay(): Promise<Day> {
  day ??= (async () => {
    const homes = await Promise.all(UNREACHABLE.map(([, , , home]) => home()));
    const robots = await Promise.all(
      ROBOTS.map(([name, answer]) => serveSite(name, 2, { "/robots.txt": answer })),
    );
    const busy = await serveSite("busy", 2, { "/": status(429, { "retry-after": "3600" }) });
    const healthy = await serveSite("healthy", 3);
    const folder = temporaryFolder();
    const crawl = (archive: string, ...words: readonly string[]): Promise<Ended> =>
      warraq(["crawl", "--archive", archive, "--allow-private", "--delay", "0", ...words]);
    const origins = [...homes, ...[...robots, busy, healthy].map(({ origin }) => origin)];
    const page = articlePath(20);
    const slow = await serveSite("stuck", 2, { [page]: () => {} });
    const [ended, stuck] = await Promise.all([
      crawl(`${folder}/a.db`, "--concurrency", "30", ...origins.map((origin) => `${origin}/`)),
      crawl(`${folder}/stuck.db`, `${slow.origin}/`, "--time-limit", "1s"),
    ]);
    for (const name of ["a.db", "stuck.db"]) expectIntact(`${folder}/${name}`);
    const urls = (name: string, sql: string) =>
      ask(`${folder}/${name}`, sql).map(({ url }) => String(url));
    return {
      ...{ ended, homes, robots, busy },
      visits: ask(`${folder}/a.db`, "select * from visits"),
      articles: urls("a.db", "select url from articles"),
      stuck: {
        ended: stuck,
        due: urls("stuck.db", "select url from page where due_at is not null"),
        page: `${slow.origin}${page}`,
      },
    };
  })();
  return day;
}

test.each(UNREACHABLE.map(([name, code, why], at) => [name, code, why, at] as const))(
  "%s: %s, said once",
  async (name, code, why, at) => {
    const { ended, homes, visits } = await theDay();
    if (name.includes("certificate") && !hasTls) return;
    const home = `${homes[at]}/`;
    const of = visits.filter(({ url }) => String(url).startsWith(home));
    expect(of).toMatchObject([{ url: home, result: "failed", reason: code }]);
    expect(of[0]?.detail).toContain(home);
    const lines = ended.err.split("\n").filter((line) => line.includes(home));
    expect(lines).toEqual([expect.stringMatching(`^failed .*${code}.*${why}`)]);
  },
);

test("nothing is asked past a bad certificate", async ({ skip }) => {
  await theDay();
  if (!hasTls) skip("openssl is not installed");
  expect(tlsAsked).toBe(0);
});

test.each(ROBOTS.map(([name, , end], at) => [name, end, at] as const))(
  "robots.txt answers %s: the home page is %s",
  async (_, end, at) => {
    const { robots, visits, articles } = await theDay();
    const { origin, log } = robots[at] as Loopback;
    const home = visits.find(({ url }) => url === `${origin}/`);
    expect([home?.result, home?.reason].filter(Boolean).join(" ")).toBe(end);
    const paths = new Set(log.map(({ path }) => path));
    if (end !== "listed") expect(paths).toEqual(new Set(["/robots.txt"]));
    expect(articles.filter((url) => url.startsWith(origin))).toHaveLength(end === "listed" ? 2 : 0);
  },
);

test("Retry-After of an hour leaves the host alone, not the others", async () => {
  const { busy, visits, articles } = await theDay();
  expect(visits.filter(({ url }) => String(url).startsWith(busy.origin))).toMatchObject([
    { reason: "E_HTTP_RATE_LIMITED" },
  ]);
  expect(busy.log.map(({ path }) => path)).toEqual(["/robots.txt", "/"]);
  expect(articles).toHaveLength(3 + 2 * ROBOTS.filter(([, , end]) => end === "listed").length);
});

test("too many failures are exit 3, and the closing line counts them", async () => {
  const { ended } = await theDay();
  const failed = String(UNREACHABLE.length + 1);
  expect(doneLine(ended.err)).toMatchObject({ new: "13", failed, reason: "finished" });
  expect(ended.code).toBe(3);
});

test("a page that never answers is let go when the time is up, and is due again", async () => {
  const { ended, due, page } = (await theDay()).stuck;
  expect(doneLine(ended.err)).toMatchObject({ reason: "time-limit", failed: "0" });
  expect(ended.code).toBe(5);
  expect(due).toContain(page);
});

test("private addresses in any notation are refused without --allow-private, and not asked", async () => {
  const site = await serveSite("secret", 2);
  const { port } = new URL(site.origin);
  const hosts = ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]", "0.0.0.0"];
  const homes = [
    ...hosts.map((host) => `http://${host}:${port}/`),
    ...["http://169.254.169.254/latest/meta-data/", "http://192.168.1.1/", "http://[fd00::1]/"],
  ];
  const archive = `${temporaryFolder()}/warraq.db`;
  const ended = await warraq(["crawl", ...homes, "--delay", "0", "--archive", archive]);
  expect(site.log).toEqual([]);
  const reasons = ask(archive, "select distinct reason from visits");
  expect(reasons).toEqual([{ reason: "private-address" }]);
  expect(doneLine(ended.err)).toMatchObject({ new: "0" });
});

test("extract names the URL that could not be had, on one line", async () => {
  const site = await serveSite("one", 0, { "/gone": status(410) });
  const rows = [
    [`${site.origin}/gone`, "410"],
    [`http://127.0.0.1:${await unused()}/x`, "E_CONNECT"],
    ["http://no-such-newspaper.invalid/x", "E_DNS"],
  ] as const;
  const said = await Promise.all(rows.map(([url]) => warraq(["extract", url, "--allow-private"])));
  for (const [at, [url, why]] of rows.entries()) {
    expect(said[at]).toMatchObject({ code: 3, out: "" });
    expect(said[at]?.err).toMatch(/^warraq: [^\n]+\n$/u);
    expect(said[at]?.err).toContain(url);
    expect(said[at]?.err).toContain(why);
  }
});

/** A port nobody listens on. */
async function unused(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function asHttps(origin: string): string {
  return origin.replace("http:", "https:");
}

async function openSelfSigned(): Promise<string> {
  const certificate = selfSigned();
  hasTls = certificate !== null;
  if (certificate === null) return asHttps((await serve({})).origin);
  const server = createTlsServer(certificate, (_, response) => {
    tlsAsked++;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `https://localhost:${(server.address() as AddressInfo).port}`;
}
