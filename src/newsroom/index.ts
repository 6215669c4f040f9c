/**
 * The door of newsroom/: a small web of news sites on loopback, for `warraq demo` and for tests. Each
 * site is an HTTP server of its own on 127.0.0.1 and a free port, so hosts, robots.txt, charsets,
 * compression and validators are the real thing.
 */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import {
  loadArticles,
  loadSite,
  loadTemplate,
  SITE_IDS,
  type SiteContent,
  type SiteId,
  type TemplateName,
} from "./content.ts";
import { toWindows1256 } from "./encode.ts";
import { answer, type SiteState } from "./pages.ts";

/** One request as a site's own log has it; `at` is milliseconds of a monotonic clock. */
export interface NewsroomRequest {
  readonly site: SiteId;
  readonly path: string;
  readonly status: number;
  readonly at: number;
}

export interface Newsroom {
  readonly sites: readonly {
    readonly id: SiteId;
    readonly name: string;
    readonly origin: string;
  }[];
  readonly log: readonly NewsroomRequest[];
  /** Publishes the next edition: some articles read differently from now on. */
  publishNextEdition(): void;
  close(): Promise<void>;
}

/** Starts every site; resolves when all are listening. */
export async function openNewsroom(): Promise<Newsroom> {
  const log: NewsroomRequest[] = [];
  const sites = new Map<SiteId, Newsroom["sites"][number]>();
  const servers: Server[] = [];
  let edition = 0;
  let views = 1_200;
  for (const id of SITE_IDS) {
    const site = loadSite(id);
    const templates = new Map<TemplateName, string>();
    const template = (name: TemplateName): string => {
      const text = templates.get(name) ?? loadTemplate(id, name);
      templates.set(name, text);
      return text;
    };
    const server = createServer((request, response) => {
      const path = request.url ?? "/";
      const state: SiteState = {
        ...{ site, template, sites },
        origin: sites.get(id)?.origin ?? "",
        articles: loadArticles(id, edition),
        views: views++,
      };
      const status = respond(request, response, site, answer(state, path));
      log.push({ site: id, path, status, at: performance.now() });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    servers.push(server);
    sites.set(id, { id, name: site.name, origin });
  }
  return {
    sites: [...sites.values()],
    log,
    publishNextEdition: () => {
      edition++;
    },
    async close() {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

function respond(
  request: IncomingMessage,
  response: ServerResponse,
  site: SiteContent,
  { status, type, text }: ReturnType<typeof answer>,
): number {
  const isPage = type === "text/html";
  const plain =
    isPage && site.encoding === "windows-1256" ? toWindows1256(text) : Buffer.from(text, "utf8");
  response.setHeader("content-type", `${type}; charset=${isPage ? site.label : "utf-8"}`);
  if (site.validators === true && status === 200) {
    // View counters differ on every visit, as on real sites: validators cover what is not noise.
    const etag = `"${createHash("sha256")
      .update(text.replace(/\d{4}(?= <|\.gif)/g, ""))
      .digest("hex")
      .slice(0, 16)}"`;
    response.setHeader("etag", etag);
    if (request.headers["if-none-match"] === etag) {
      response.writeHead(304).end();
      return 304;
    }
  }
  const isGzipped = site.gzip === true && /\bgzip\b/.test(`${request.headers["accept-encoding"]}`);
  if (isGzipped) response.setHeader("content-encoding", "gzip");
  response.writeHead(status).end(isGzipped ? gzipSync(plain) : plain);
  return status;
}
