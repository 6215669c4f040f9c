/**
 * What backfill is tested against: a site with any number of generated posts, an archive in a
 * temporary folder, and public archives that behave as theirs do. All on loopback.
 */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { onTestFinished } from "vitest";
import {
  type BackfillOptions,
  type BackfillReport,
  type CrawlEvent,
  runBackfill,
} from "../../src/crawl/index.ts";
import type { ArticleRecord } from "../../src/model.ts";
import { genericSite, type SiteRule } from "../../src/sites/index.ts";
import { openStore } from "../../src/store/index.ts";
import type { Store } from "../../src/store/store.ts";

export const DAY_MS = 86_400_000;

export interface Post {
  readonly id: number;
  /** Path on the site. */
  readonly path: string;
  readonly at: number;
  readonly title: string;
}

/** One post every `everyMs`, from `from` on; the address carries the day, or only the number. */
export function posts(
  count: number,
  {
    from,
    everyMs,
    form = "dated",
  }: {
    readonly from: string;
    readonly everyMs: number;
    readonly form?: "dated" | "number";
  },
): Post[] {
  return Array.from({ length: count }, (_, index) => {
    const at = Date.parse(from) + index * everyMs;
    const id = 1_000 + index;
    const day = new Date(at).toISOString().slice(0, 10).replaceAll("-", "/");
    const path = form === "dated" ? `/${day}/municipal-council-report-${id}/` : `/news/${id}`;
    return { id, path, at, title: `Municipal council publishes report number ${id} of the year` };
  });
}

/** An article page as small themes print it; every post's text is its own. */
export function page({ title, at, id }: Post): string {
  const paragraphs = Array.from(
    { length: 4 },
    (_, part) =>
      `<p>Report ${id}, part ${part}: the municipal council of district ${id % 97} met on its ${part + 1}. session and discussed roads, water and schools; item ${id * 7 + part} was adopted after a long debate among its members.</p>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta property="og:type" content="article"><meta property="article:published_time" content="${new Date(at).toISOString()}">
</head><body><nav><a href="/">Home</a></nav><article><h1>${title}</h1>
<time datetime="${new Date(at).toISOString()}">${new Date(at).toUTCString()}</time>
${paragraphs.join("\n")}</article></body></html>`;
}

export interface Server {
  readonly origin: string;
  readonly host: string;
  /** Every request but those for robots.txt, in order. */
  readonly log: string[];
  /** How often robots.txt was asked for. */
  readonly robots: { asked: number };
  /** Headers of the same requests. */
  readonly requests: IncomingMessage[];
}

export type Handler = (
  url: URL,
  response: ServerResponse,
  request: IncomingMessage,
) => void | Promise<void>;

/** Nothing handled is 404. */
export async function listen(
  handle: Handler,
  robotsText = "User-agent: *\nDisallow: /private/\n",
): Promise<Server> {
  const robots = { asked: 0 };
  const log: string[] = [];
  const requests: IncomingMessage[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://host");
    if (url.pathname === "/robots.txt") {
      robots.asked++;
      response.end(robotsText);
      return;
    }
    log.push(request.url ?? "/");
    requests.push(request);
    await handle(url, response, request);
    if (!response.writableEnded) response.writeHead(404).end("not found");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  return { origin: `http://${host}`, host, log, robots, requests };
}

export function sendPage(response: ServerResponse, html: string): void {
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html);
}

export function sendJson(response: ServerResponse, value: unknown, headers = {}): void {
  response.writeHead(200, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(value));
}

/** The REST API's list of posts, as the handbook describes it, local time being UTC. */
export function restPosts(all: readonly Post[], origin: () => string, root = "/wp-json/"): Handler {
  return (url, response) => {
    if (url.pathname !== `${root}wp/v2/posts`) return;
    const query = url.searchParams;
    const perPage = Number(query.get("per_page") ?? 10);
    const pageNumber = Number(query.get("page") ?? 1);
    if (perPage > 100) {
      response.writeHead(400, { "content-type": "application/json" });
      response.end('{"code":"rest_invalid_param","message":"per_page"}');
      return;
    }
    const local = (name: string): number => Date.parse(`${query.get(name)}Z`);
    const within = all
      .filter(({ at }) => at > local("after") && at < local("before"))
      .sort((a, b) => (query.get("order") === "asc" ? a.at - b.at : b.at - a.at));
    const pages = Math.ceil(within.length / perPage);
    if (pageNumber > Math.max(pages, 1)) {
      response.writeHead(400, { "content-type": "application/json" });
      response.end('{"code":"rest_post_invalid_page_number","message":"page"}');
      return;
    }
    const wanted = new Set(query.get("_fields")?.split(","));
    const list = within.slice((pageNumber - 1) * perPage, pageNumber * perPage).map((post) => {
      const iso = new Date(post.at).toISOString().slice(0, 19);
      const fields: Record<string, unknown> = {
        ...{ id: post.id, link: origin() + post.path, title: { rendered: post.title } },
        ...{ date_gmt: iso, modified_gmt: iso, content: { rendered: "<p>left out</p>" } },
      };
      const names = Object.keys(fields).filter((name) => wanted.size === 0 || wanted.has(name));
      return Object.fromEntries(names.map((name) => [name, fields[name]]));
    });
    sendJson(response, list, {
      "x-wp-total": String(within.length),
      "x-wp-totalpages": String(pages),
    });
  };
}

export interface World {
  readonly store: Store;
  readonly path: string;
  readonly events: CrawlEvent[];
  readonly stop: { controller: AbortController };
  backfill(site: SiteRule, options: Partial<BackfillOptions>): Promise<BackfillReport>;
  articles(): Promise<ArticleRecord[]>;
}

export const NOWHERE = {
  wayback: "http://127.0.0.1:9/",
  commonCrawlIndex: "http://127.0.0.1:9/",
  commonCrawlData: "http://127.0.0.1:9/",
};

export async function openWorld(): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "warraq-test-"));
  const path = join(folder, "archive.db");
  const store = await openStore({ path, mode: "write" });
  const events: CrawlEvent[] = [];
  const stop = { controller: new AbortController() };
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    ...{ store, path, events, stop },
    backfill: (site, options) =>
      runBackfill(
        {
          ...{ site, window: span("2019-01-01", "2020-01-01"), ways: ["wp"], services: NOWHERE },
          ...{ maxPages: null, timeLimitMs: null, include: [], exclude: [], delayMs: 0 },
          ...{ timeZone: "UTC", isDryRun: false, program: "warraq/test" },
          ...options,
        },
        {
          ...{ store, userAgent: "warraq-test/0 (+https://example.org)", allowPrivate: true },
          ...{ now: Date.now, signal: stop.controller.signal },
          onEvent: (event) => events.push(event),
        },
      ),
    async articles() {
      const records: ArticleRecord[] = [];
      for await (const record of store.scan({}, "latest")) records.push(record);
      return records;
    },
  };
}

export function siteAt({ origin }: Server, rule: Partial<SiteRule> = {}): SiteRule {
  return { ...genericSite(`${origin}/`), timeZone: "UTC", delayMs: 0, ...rule };
}

export function span(from: string, to: string) {
  return { from: Date.parse(from), to: Date.parse(to) };
}

export function twice(log: readonly string[]): string[] {
  return log.filter((path, index) => log.indexOf(path) !== index);
}

/** A capture as public archives keep it. */
export interface Kept {
  readonly url: string;
  readonly timestamp: string;
  readonly html: string;
}

export function digestOf(text: string): string {
  return createHash("sha1").update(text).digest("hex").toUpperCase().slice(0, 32);
}

/** A WARC response record as one gzip member. */
export function warcMember(
  kept: Kept,
  {
    date = isoOf(kept.timestamp),
    body,
    headers = [],
  }: {
    readonly date?: string;
    readonly body?: Buffer;
    readonly headers?: readonly string[];
  } = {},
): Buffer {
  const payload = body ?? Buffer.from(kept.html);
  const http = Buffer.concat([
    Buffer.from(
      ["HTTP/1.1 200 OK", "Content-Type: text/html; charset=utf-8", ...headers, "", ""].join(
        "\r\n",
      ),
    ),
    payload,
  ]);
  const head = [
    "WARC/1.0",
    "WARC-Type: response",
    `WARC-Date: ${date}`,
    "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>",
    `Content-Length: ${http.length}`,
    "Content-Type: application/http; msgtype=response",
    `WARC-Target-URI: ${kept.url}`,
    "",
    "",
  ];
  return gzipSync(Buffer.concat([Buffer.from(head.join("\r\n")), http, Buffer.from("\r\n\r\n")]));
}

export function isoOf(timestamp: string): string {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/u.exec(timestamp) ?? [];
  return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
}
