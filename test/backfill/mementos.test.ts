/** Filling gaps from the Wayback Machine and Common Crawl: servers that behave as they do. */
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import {
  DAY_MS,
  digestOf,
  type Handler,
  isoOf,
  type Kept,
  listen,
  NOWHERE,
  openWorld,
  type Post,
  page,
  posts,
  restPosts,
  type Server,
  sendJson,
  sendPage,
  siteAt,
  span,
  twice,
  warcMember,
} from "./world.ts";

const WINDOW = span("2019-01-01", "2020-01-01");

function stamp(at: number): string {
  return new Date(at).toISOString().replace(/\D/gu, "").slice(0, 14);
}

/** Each post as captured some days after it was published. */
function keep(all: readonly Post[], origin: string, days: readonly number[] = [3]): Kept[] {
  return all.flatMap((post) =>
    days.map((day) => ({
      url: origin + post.path,
      timestamp: stamp(post.at + day * DAY_MS),
      html: page(post).replace("</body>", `<!-- ${day} --></body>`),
    })),
  );
}

/** A CDX server and its playback, after the documentation; rows are sorted by address and time. */
function wayback(kept: readonly Kept[], perAnswer = 2_000) {
  const rows = [...kept]
    .sort((a, b) => (a.url + a.timestamp < b.url + b.timestamp ? -1 : 1))
    .map((one) => ({ ...one, digest: digestOf(one.html) }));
  const answer: Handler = (url, response) => {
    if (url.pathname === "/cdx/search/cdx") {
      const query = url.searchParams;
      const within = rows.filter(
        ({ url: original, timestamp }, index) =>
          new URL(original).hostname.endsWith(query.get("url") ?? "") &&
          timestamp >= (query.get("from") ?? "") &&
          timestamp <= (query.get("to") ?? "9") &&
          !(query.get("collapse") === "digest" && rows[index - 1]?.digest === rows[index]?.digest),
      );
      const start = Number(query.get("resumeKey")?.replace(/\D/gu, "") ?? 0);
      const end = start + Math.min(perAnswer, Number(query.get("limit") ?? 150_000));
      const lines: string[][] = within
        .slice(start, end)
        .map((row) => [row.url, row.timestamp, row.url, row.digest]);
      if (query.get("showResumeKey") === "true" && end < within.length)
        lines.push([], [`row ${end}!`]);
      sendJson(
        response,
        within.length === 0 ? [] : [["urlkey", "timestamp", "original", "digest"], ...lines],
      );
      return;
    }
    const [, timestamp, original] =
      /^\/web\/(\d{14})id_\/(.+)$/u.exec(url.pathname + url.search) ?? [];
    const one = kept.find((capture) => capture.timestamp === timestamp && capture.url === original);
    if (one === undefined) return;
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      "memento-datetime": new Date(isoOf(one.timestamp)).toUTCString(),
      "x-archive-orig-server": "nginx of old",
      "x-archive-orig-etag": '"of-then"',
      link: `<${original}>; rel="original"`,
    });
    response.end(one.html);
  };
  return listen(answer, "User-agent: *\nDisallow: /\n");
}

const services = (server: Server) => ({ ...NOWHERE, wayback: `${server.origin}/` });

test("what the site has lost is stored from the Wayback Machine, at the time it was captured", async () => {
  const all = posts(25, { from: "2019-02-01T12:00:00Z", everyMs: DAY_MS });
  const site = await listen(() => {});
  const archive = await wayback(keep(all, site.origin));
  const world = await openWorld();
  const report = await world.backfill(siteAt(site), {
    ...{ ways: ["wayback"], services: services(archive), window: WINDOW },
  });
  expect(report.ways[0]).toMatchObject({ found: 25, missing: 25, stored: 25, isComplete: true });
  expect(site.log).toEqual([]); // the site itself is not asked
  expect(archive.robots.asked).toBe(0); // a documented interface, and no crawler's way
  const [first] = (await world.articles()).sort((a, b) => a.firstSeenAt - b.firstSeenAt);
  const captured = Date.parse("2019-02-04T12:00:00Z");
  expect(first).toMatchObject({
    ...{
      via: "wayback",
      url: site.origin + all[0]?.path,
      firstSeenAt: captured,
      downloadedAt: captured,
    },
    article: { title: all[0]?.title, published: { iso: expect.stringMatching(/^2019-02-01/u) } },
  });
  const raw = await world.store.rawCapture(first?.id ?? "");
  expect(raw?.url).toBe(first?.url);
  expect(Object.fromEntries(raw?.headers ?? [])).toMatchObject({
    ...{ server: "nginx of old", etag: '"of-then"' },
    "memento-datetime": "Mon, 04 Feb 2019 12:00:00 GMT",
  });
});

test("the index is read to its end by resume key, and not asked again by a run that goes on", async () => {
  const all = posts(90, { from: "2019-02-01T12:00:00Z", everyMs: DAY_MS });
  const site = await listen(() => {});
  const archive = await wayback(keep(all, site.origin), 40);
  const world = await openWorld();
  const options = { ways: ["wayback"], services: services(archive), window: WINDOW } as const;
  const first = await world.backfill(siteAt(site), { ...options, maxPages: 50 });
  expect(first).toMatchObject({ reason: "max-pages", counters: { new: 50 } });
  const second = await world.backfill(siteAt(site), options);
  expect(second).toMatchObject({ reason: "finished", counters: { new: 40 } });
  expect(await world.articles()).toHaveLength(90);
  expect(archive.log.filter((path) => path.startsWith("/cdx"))).toHaveLength(3);
  expect(twice(archive.log)).toEqual([]);
});

test("stopped in the middle, it goes on and plays nothing back twice", async () => {
  const all = posts(60, { from: "2019-02-01T12:00:00Z", everyMs: DAY_MS });
  const site = await listen(() => {});
  const archive = await wayback(keep(all, site.origin));
  const world = await openWorld();
  const options = { ways: ["wayback"], services: services(archive), window: WINDOW } as const;
  const running = world.backfill(siteAt(site), options);
  while (archive.log.length < 20) await new Promise((resolve) => setTimeout(resolve, 5));
  world.stop.controller.abort();
  expect((await running).reason).toBe("signal");
  world.stop.controller = new AbortController();
  expect((await world.backfill(siteAt(site), options)).reason).toBe("finished");
  expect(await world.articles()).toHaveLength(60);
  expect(twice(archive.log)).toEqual([]);
});

test("an archived article keeps its history: no older capture is put before it", async () => {
  const all = posts(5, { from: "2019-02-01T12:00:00Z", everyMs: DAY_MS });
  let origin = "";
  const site = await listen(async (url, response, request) => {
    await restPosts(all, () => origin)(url, response, request);
    const post = all.find(({ path }) => path === url.pathname);
    if (post !== undefined) sendPage(response, page(post));
  });
  origin = site.origin;
  const archive = await wayback(keep(all, origin, [3, 30]));
  const world = await openWorld();
  const report = await world.backfill(siteAt(site), {
    ...{ ways: ["wp", "wayback"], services: services(archive), window: WINDOW },
  });
  expect(report.ways[1]).toMatchObject({ found: 5, known: 5, missing: 0, stored: 0 });
  expect(archive.log.every((path) => path.startsWith("/cdx"))).toBe(true);
  expect((await world.articles()).map(({ via, versions }) => [via, versions])).toEqual(
    all.map(() => ["live", 1]),
  );
});

test("a capture that is no article is passed over for the next one of the same page", async () => {
  const [post] = posts(1, { from: "2019-02-01T12:00:00Z", everyMs: DAY_MS });
  if (post === undefined) throw new Error("no post");
  const site = await listen(() => {});
  const [wall, whole] = keep([post], site.origin, [1, 9]);
  if (wall === undefined || whole === undefined) throw new Error("no captures");
  const shell =
    '<!doctype html><html><body><div id="root"></div><script src="/app.js"></script></body></html>';
  const archive = await wayback([{ ...wall, html: shell }, whole]);
  const world = await openWorld();
  const options = { ways: ["wayback"], services: services(archive), window: WINDOW } as const;
  const report = await world.backfill(siteAt(site), options);
  expect(report.ways[0]).toMatchObject({ found: 1, stored: 1, skipped: 1 });
  expect((await world.articles())[0]?.firstSeenAt).toBe(Date.parse("2019-02-10T12:00:00Z"));
});

test("an article of another year is passed over, and not asked for again", async () => {
  const all = posts(3, { from: "2012-02-01T12:00:00Z", everyMs: DAY_MS, form: "number" });
  const site = await listen(() => {});
  const archive = await wayback(keep(all, site.origin, [2_600]));
  const world = await openWorld();
  const rule = siteAt(site, { articlePath: ["/news/{id}"] });
  const options = { ways: ["wayback"], services: services(archive), window: WINDOW } as const;
  const first = await world.backfill(rule, options);
  expect(first.ways[0]).toMatchObject({ found: 3, stored: 0, skipped: 3 });
  const before = archive.log.length;
  await world.backfill(rule, options);
  expect(archive.log.slice(before).filter((path) => path.startsWith("/web/"))).toEqual([]);
});

test("a service that asks to be left alone is left alone at once", async () => {
  const site = await listen(() => {});
  const archive = await listen((_url, response) => {
    response.writeHead(429, { "retry-after": "3600" }).end();
  });
  const world = await openWorld();
  const report = await world.backfill(siteAt(site), {
    ...{ ways: ["wayback"], services: services(archive), window: WINDOW },
  });
  expect(archive.log).toHaveLength(1);
  expect(report.ways[0]?.problems.join()).toMatch(/429/u);
  expect(report.counters.failed).toBe(1);
});

/** The index server and the WARC files of two crawls; each file holds some of the captures. */
async function commonCrawl(kept: readonly Kept[]) {
  const half = Math.ceil(kept.length / 2);
  const crawls = [
    {
      id: "CC-MAIN-2019-13",
      from: "2019-03-18T00:00:00",
      to: "2019-03-27T00:00:00",
      kept: kept.slice(0, half),
    },
    {
      id: "CC-MAIN-2019-35",
      from: "2019-08-17T00:00:00",
      to: "2019-08-26T00:00:00",
      kept: kept.slice(half),
    },
    { id: "CC-MAIN-2009", from: "2009-01-01T00:00:00", to: "2009-12-31T00:00:00", kept: [] },
  ].map((crawl) => {
    const members = crawl.kept.map((one) => warcMember(one));
    const rows = crawl.kept.map((one, index) => ({
      ...{
        urlkey: one.url,
        timestamp: one.timestamp,
        url: one.url,
        mime: "text/html",
        status: "200",
      },
      ...{ digest: digestOf(one.html), filename: `crawl-data/${crawl.id}/part.warc.gz` },
      offset: String(members.slice(0, index).reduce((sum, { length }) => sum + length, 0)),
      length: String(members[index]?.length),
    }));
    return { ...crawl, rows, file: Buffer.concat(members) };
  });
  const ranges: string[] = [];
  const server = await listen((url, response, request) => {
    if (url.pathname === "/collinfo.json") {
      const list = crawls.map(({ id, from, to }) => {
        const api = `http://${request.headers.host}/${id}-index`;
        return {
          id,
          name: id,
          from,
          to,
          timegate: `http://${request.headers.host}/${id}/`,
          "cdx-api": api,
        };
      });
      sendJson(response, list.reverse());
    }
    const crawl = crawls.find(({ id }) => url.pathname === `/${id}-index`);
    if (crawl !== undefined) {
      const pages = Math.ceil(crawl.rows.length / 10);
      const number = Number(url.searchParams.get("page") ?? 0);
      if (crawl.rows.length === 0) {
        response.writeHead(404).end('{"message": "No Captures found for: *"}');
      } else if (url.searchParams.get("showNumPages") === "true") {
        sendJson(response, { pages, pageSize: 1, blocks: pages });
      } else if (number >= pages) {
        response.writeHead(400).end('{"message": "Page invalid"}');
      } else {
        const rows = crawl.rows.slice(number * 10, number * 10 + 10);
        response.writeHead(200, { "content-type": "text/x-ndjson" });
        response.end(`${rows.map((row) => JSON.stringify(row)).join("\n")}\n`);
      }
    }
    const file = crawls.find(({ id }) => url.pathname === `/crawl-data/${id}/part.warc.gz`)?.file;
    const [, first, last] = /^bytes=(\d+)-(\d+)$/u.exec(request.headers.range ?? "") ?? [];
    if (file === undefined || first === undefined) return;
    ranges.push(`${url.pathname} ${first}-${last}`);
    const part = file.subarray(Number(first), Number(last) + 1);
    response.writeHead(206, {
      "content-type": "application/octet-stream",
      "content-range": `bytes ${first}-${last}/${file.length}`,
    });
    response.end(part);
  });
  return { server, ranges };
}

test("single records of Common Crawl's files fill what is missing: one range request each", async () => {
  const all = posts(30, { from: "2019-02-01T12:00:00Z", everyMs: DAY_MS });
  const site = await listen(() => {});
  const kept = keep(all, site.origin, [40]);
  const { server, ranges } = await commonCrawl(kept);
  const base = `${server.origin}/`;
  const world = await openWorld();
  const report = await world.backfill(siteAt(site), {
    ...{ ways: ["commoncrawl"], window: WINDOW },
    services: { ...NOWHERE, commonCrawlIndex: base, commonCrawlData: base },
  });
  expect(report.ways[0]).toMatchObject({ found: 30, stored: 30, failed: 0, problems: [] });
  expect(new Set(ranges).size).toBe(30);
  expect(ranges).toHaveLength(30);
  expect(server.log.filter((path) => path.includes("2009"))).toEqual([]);
  expect(server.requests.find(({ headers }) => headers.range)?.headers["accept-encoding"]).toBe(
    "identity",
  );
  const record = await world.store.article(kept[7]?.url ?? "");
  expect(record).toMatchObject({
    ...{ via: "commoncrawl", firstSeenAt: Date.parse(isoOf(kept[7]?.timestamp ?? "")) },
    article: { title: all[7]?.title },
  });
  const raw = await world.store.rawCapture(record?.id ?? "");
  expect(Buffer.from(raw?.body ?? []).toString()).toBe(kept[7]?.html);
  expect(
    gunzipSync(warcMember(kept[7] ?? { url: "", timestamp: "", html: "" })).includes("WARC/1.0"),
  ).toBe(true);
});
