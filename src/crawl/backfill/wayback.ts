/**
 * The Wayback Machine: its CDX server says which pages it has, its playback hands them out raw
 * (`id_`). Memento-Datetime (RFC 7089) is the time of a capture; the headers of the original answer
 * come as `X-Archive-Orig-…`.
 */
import { decideRole } from "../../discover/index.ts";
import type { Fetcher } from "../../fetch/index.ts";
import type { Capture, Headers } from "../../model.ts";
import { isSameSite, urlKey } from "../../url/index.ts";
import { parseWaybackAnswer, playbackUrl, playedBack, waybackQuery } from "./cdx.ts";
import type { Memento, MementoOutcome, MementoService } from "./mementos.ts";
import { FOUND_BY, type Window } from "./options.ts";
import type { WayContext } from "./way.ts";
import { mayBelong } from "./window.ts";

const DAY_MS = 24 * 60 * 60_000;
/** Crawlers of public archives come by within a year, or only ever for what is linked still. */
const CAPTURED_WITHIN_MS = 366 * DAY_MS;
/** 1,000,000 captures; more than any outlet here has. */
const MOST_ANSWERS = 500;
/** In the index of a whole site every address has others of its kind. */
const OTHERS_LIKE_IT = 10;
const ORIGINAL = "x-archive-orig-";
/** What the playback did to the body is undone, and what the origin did to it too. */
const OF_TRANSFER: ReadonlySet<string> = new Set([
  "content-encoding",
  "content-length",
  "transfer-encoding",
  "connection",
]);
/** Of the service's own headers, those that say what was captured. */
const OF_MEMENTO: ReadonlySet<string> = new Set(["memento-datetime", "link", "content-type"]);

/** @param base - ends in a slash */
export function waybackService(
  base: string,
  {
    fetcher,
    delayMs,
    isSiteUrl,
  }: {
    readonly fetcher: Fetcher;
    readonly delayMs: number;
    readonly isSiteUrl: (url: string) => boolean;
  },
): MementoService {
  const isInScope = (url: string): boolean => url.startsWith(base);
  return {
    async *find(context) {
      const { window, lookup } = context;
      const captured = capturedWithin(window);
      for (const host of hostsToAsk(context.site.hosts)) {
        let resumeKey: string | null = null;
        for (let answers = 0; answers < MOST_ANSWERS; answers++) {
          const answer: Awaited<ReturnType<typeof askIndex>> = await askIndex(
            waybackQuery(base, { host, ...captured, resumeKey }),
          );
          if (answer.kind !== "read") {
            context.onProblem(answer.kind === "gone" ? `${base}: no CDX server` : answer.detail);
            return;
          }
          const { rows, problem } = answer.reading;
          if (problem !== null) context.onProblem(problem);
          yield rows
            .filter((row) => isWanted(row.url, context))
            .map((row): Memento => ({ ...row, address: playbackUrl(base, row) }));
          if (answer.reading.resumeKey === null || answer.reading.resumeKey === resumeKey) break;
          resumeKey = answer.reading.resumeKey;
        }
      }
      function askIndex(url: string) {
        const question = { url, foundBy: FOUND_BY.wayback, isInterface: true, isInScope } as const;
        return lookup.ask(question, ({ body }) => ({
          pages: [],
          ...parseWaybackAnswer(new TextDecoder().decode(body)),
        }));
      }
    },

    async fetch(memento, signal): Promise<MementoOutcome> {
      const outcome = await fetcher.fetch(
        {
          ...{ url: memento.address, isInScope, etag: null, lastModified: null, accept: "html" },
          ...{ delayMs, isInterface: true },
        },
        signal,
      );
      switch (outcome.kind) {
        case "captured": {
          const original = asCaptured(outcome.capture, memento, base);
          if (original === null || !isSiteUrl(original.finalUrl)) {
            return { kind: "absent", detail: `led to ${outcome.capture.finalUrl}` };
          }
          return { kind: "captured", capture: original };
        }
        case "failed": {
          const { code, detail, status } = outcome;
          // 403: this capture is withheld; 404 came as `gone`. Everything else is the service's.
          if (status === 403) return { kind: "absent", detail };
          return {
            kind: "failed",
            detail,
            isFinal: code !== "E_TIMEOUT" && code !== "E_HTTP_SERVER",
          };
        }
        case "not-modified":
          return { kind: "absent", detail: "not modified" };
        case "gone":
          return { kind: "absent", detail: `HTTP ${outcome.status}` };
        case "refused":
          return { kind: "absent", detail: outcome.detail };
      }
    },
  };
}

/** Captures of articles of the window, for indexes that know only when a page was captured. */
export function capturedWithin({ from, to }: Window): Window {
  return { from, to: to + CAPTURED_WITHIN_MS };
}

/** Whether an index's row may be an article of the window, by its address. */
export function isWanted(url: string, { site, isInScope, window, timeZone }: WayContext): boolean {
  if (!isInScope(url)) return false;
  const { role, isWorthwhile } = decideRole(url, { site, siblings: OTHERS_LIKE_IT });
  const hints = { title: null, publishedAt: null, lastModifiedAt: null };
  const ref = { url, siteId: site.id, role, foundBy: FOUND_BY.wayback, ...hints };
  return role === "article" && isWorthwhile && mayBelong(ref, window, timeZone);
}

/** An index of a domain holds its subdomains too; a port is no part of a name. */
export function hostsToAsk(hosts: readonly string[]): string[] {
  const names = [
    ...new Set(hosts.map((host) => host.replace(/^www\./u, "").replace(/:\d+$/u, ""))),
  ];
  return names.filter((name) => !names.some((other) => name.endsWith(`.${other}`)));
}

/** The answer as the origin gave it; null when what was played back says not of which page or when. */
function asCaptured(capture: Capture, memento: Memento, base: string): Capture | null {
  const played = playedBack(base, capture.finalUrl);
  if (played === null) return null;
  const stated = capture.headers.find(([name]) => name === "memento-datetime")?.[1];
  const statedAt = stated === undefined ? Number.NaN : Date.parse(stated);
  const finalUrl = urlKey(played.url) === urlKey(memento.url) ? memento.url : played.url;
  return {
    ...{ url: memento.url, finalUrl, redirects: [], status: 200, body: capture.body },
    fetchedAt: Number.isNaN(statedAt) ? played.at : statedAt,
    headers: originalHeaders(capture.headers),
    via: "wayback",
  };
}

function originalHeaders(headers: Headers): Headers {
  const original = headers.flatMap(([name, value]) => {
    const own = name.startsWith(ORIGINAL) ? name.slice(ORIGINAL.length) : null;
    return own === null || OF_TRANSFER.has(own) ? [] : [[own, value] as const];
  });
  const hasType = original.some(([name]) => name === "content-type");
  const of = headers.filter(
    ([name]) => OF_MEMENTO.has(name) && !(name === "content-type" && hasType) && name !== "link",
  );
  return [...original, ...of];
}

/** Whether a URL is the site's, for services that play other sites back as well. */
export function siteTest(hosts: readonly string[]): (url: string) => boolean {
  return (url) => isSameSite(url, hosts);
}
