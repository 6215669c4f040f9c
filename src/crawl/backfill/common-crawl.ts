/**
 * Common Crawl: the list of crawls, the index of each that overlaps the window, and single records
 * out of its WARC files by a range request. The index server is small and asked one question at a
 * time; a 404 from it means that a crawl has nothing of a site.
 */
import type { Fetcher } from "../../fetch/index.ts";
import { readWarcResponse } from "../../warc/index.ts";
import {
  type Collection,
  commonCrawlQuery,
  parseCollections,
  parseCommonCrawlAnswer,
  parsePageCount,
  type WarcPlace,
} from "./cdx.ts";
import type { Memento, MementoOutcome, MementoService } from "./mementos.ts";
import { FOUND_BY, type Services } from "./options.ts";

import type { WayContext } from "./way.ts";
import { capturedWithin, hostsToAsk, isWanted } from "./wayback.ts";
import { overlaps } from "./window.ts";

/** A record of a page is up to 1 MB packed (Common Crawl cuts longer pages off). */
const MOST_PACKED_BYTES = 5 * 2 ** 20;
const MOST_BYTES = 20 * 2 ** 20;
/** 3,000 rows a page: 600,000 captures of one site in one crawl. */
const MOST_PAGES = 200;
/** A crawl takes about two weeks; where the list does not say when, its name says the week. */
const CRAWL_MS = 21 * 24 * 60 * 60_000;
const YEAR_AND_WEEK = /^CC-MAIN-(\d{4})-(\d{2})$/u;

type RecordPlace = Memento & WarcPlace;

export function commonCrawlService(
  { commonCrawlIndex, commonCrawlData }: Services,
  {
    fetcher,
    delayMs,
    isSiteUrl,
  }: {
    readonly fetcher: Fetcher;
    readonly delayMs: number;
    readonly isSiteUrl: (url: string) => boolean;
  },
): MementoService<RecordPlace> {
  const isIndex = (url: string): boolean => url.startsWith(commonCrawlIndex);
  const isData = (url: string): boolean => url.startsWith(commonCrawlData);

  async function ask<R>(url: string, context: WayContext, read: (text: string) => R) {
    const question = { url, foundBy: FOUND_BY.commoncrawl, isInterface: true, isInScope: isIndex };
    const answer = await context.lookup.ask(question, ({ body }) => ({
      pages: [],
      value: read(new TextDecoder().decode(body)),
    }));
    if (answer.kind === "read") return answer.reading.value;
    if (answer.kind === "failed") context.onProblem(answer.detail);
    return null;
  }

  return {
    async *find(context) {
      const list = await ask(`${commonCrawlIndex}collinfo.json`, context, parseCollections);
      if (list === null) return;
      const captured = capturedWithin(context.window);
      const collections = list.filter((one) => overlaps(captured, ...spanOf(one)));
      for (const { id, api } of collections) {
        if (!isIndex(api)) continue;
        for (const host of hostsToAsk(context.site.hosts)) {
          const pages = await ask(commonCrawlQuery(api, host, "count"), context, parsePageCount);
          for (let page = 0; page < Math.min(pages ?? 0, MOST_PAGES); page++) {
            const query = commonCrawlQuery(api, host, { page });
            const rows = (await ask(query, context, parseCommonCrawlAnswer)) ?? [];
            yield rows
              .filter(({ url }) => isWanted(url, context))
              .map((row) => ({
                ...row,
                // The form in which the index server plays this capture back.
                address: `${commonCrawlIndex}${id}/${row.timestamp}id_/${row.url}`,
              }));
          }
        }
      }
    },

    async fetch(place, signal): Promise<MementoOutcome> {
      const { filename, offset, length } = place;
      const url = `${commonCrawlData}${filename}`;
      if (length > MOST_PACKED_BYTES) return { kind: "absent", detail: `${length} bytes packed` };
      const outcome = await fetcher.fetch(
        {
          ...{ url, isInScope: isData, etag: null, lastModified: null, accept: "any" },
          ...{ delayMs, isInterface: true, range: [offset, offset + length - 1] },
        },
        signal,
      );
      if (outcome.kind === "failed") {
        const { code, detail } = outcome;
        return {
          kind: "failed",
          detail,
          isFinal: code !== "E_TIMEOUT" && code !== "E_HTTP_SERVER",
        };
      }
      if (outcome.kind !== "captured") {
        return { kind: "absent", detail: "detail" in outcome ? outcome.detail : outcome.kind };
      }
      const { status, body } = outcome.capture;
      if (status !== 206) return { kind: "absent", detail: `${url}: HTTP ${status} to a range` };
      const record = readWarcResponse(body, MOST_BYTES);
      if (record.kind === "unreadable") return { kind: "absent", detail: record.detail };
      if (!isSiteUrl(record.url) || record.status !== 200) {
        return { kind: "absent", detail: `the record is HTTP ${record.status} of ${record.url}` };
      }
      return {
        kind: "captured",
        capture: {
          ...{ url: place.url, finalUrl: place.url, redirects: [], fetchedAt: record.at },
          ...{ status: record.status, headers: record.headers, body: record.body },
          via: "commoncrawl",
        },
      };
    },
  };
}

function spanOf({ id, from, to }: Collection): [from: number, to: number] {
  if (from !== null && to !== null) return [from, to];
  const [, year, week] = YEAR_AND_WEEK.exec(id) ?? [];
  // The first crawls have no weeks in their names and no dates in the list: they are always asked.
  if (year === undefined) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const start = Date.UTC(Number(year), 0, 1 + (Number(week) - 1) * 7);
  return [start - CRAWL_MS, start + CRAWL_MS];
}
