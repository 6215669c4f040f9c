/**
 * A newsroom on loopback, an empty archive in a temporary folder, and a way to crawl the one into the
 * other: the real fetcher, real worker threads, a real SQLite file.
 */
import { join } from "node:path";
import { onTestFinished } from "vitest";
import {
  type CrawlEvent,
  type CrawlOptions,
  type CrawlReport,
  chooseTargets,
  runCrawl,
} from "../../src/crawl/index.ts";
import { type Newsroom, openNewsroom } from "../../src/newsroom/index.ts";
import type { SiteRule } from "../../src/sites/index.ts";
import { openStore } from "../../src/store/index.ts";
import type { Store } from "../../src/store/store.ts";
import { temporaryFolder } from "../temporary-folder.ts";

export interface CrawlWorld {
  readonly newsroom: Newsroom;
  readonly path: string;
  readonly store: Store;
  readonly events: CrawlEvent[];
  /** Crawls the named newsroom sites (all of them when none are named). */
  crawl(
    options?: Partial<CrawlOptions> & { readonly only?: readonly string[] },
  ): Promise<CrawlReport>;
  origin(site: string): string;
  /** Asks the running crawl to stop, as Ctrl-C does; `restart` lets the next one run. */
  stop(): void;
  restart(): void;
}

/** An empty archive and a crawl of any URLs into it; closed when the test ends. */
export function openCrawl(rules: readonly SiteRule[] = []) {
  const path = join(temporaryFolder(), "archive.db");
  const store = openStore({ path, mode: "write" });
  const events: CrawlEvent[] = [];
  const stop = { controller: new AbortController() };
  /** How far ahead of the real time the run's clock is. */
  const clock = { aheadMs: 0 };
  onTestFinished(async () => (await store).close());
  const crawl = async (
    words: readonly string[],
    options: Partial<CrawlOptions> = {},
  ): Promise<CrawlReport> =>
    runCrawl(
      {
        targets: chooseTargets(words, rules),
        mode: "crawl",
        ...{ since: null, maxPages: null, maxAgeMs: null, timeLimitMs: null },
        ...{ include: [], exclude: [], concurrency: 8, delayMs: 0, program: "warraq/test" },
        ...options,
      },
      {
        store: await store,
        userAgent: "warraq-test/0 (+https://example.org)",
        allowPrivate: true,
        now: () => Date.now() + clock.aheadMs,
        signal: stop.controller.signal,
        onEvent: (event) => events.push(event),
      },
    );
  return { path, store, events, stop, clock, crawl };
}

export async function openWorld(rules: readonly SiteRule[] = []): Promise<CrawlWorld> {
  const { path, store, events, stop, crawl } = openCrawl(rules);
  const newsroom = await openNewsroom();
  onTestFinished(() => newsroom.close());
  return {
    ...{ newsroom, path, events },
    store: await store,
    stop: () => stop.controller.abort(),
    restart: () => {
      stop.controller = new AbortController();
    },
    origin: (id) => newsroom.sites.find((site) => site.id === id)?.origin ?? "",
    crawl: ({ only, ...options } = {}) =>
      crawl(
        newsroom.sites
          .filter(({ id }) => only === undefined || only.includes(id))
          .map(({ origin }) => `${origin}/`),
        options,
      ),
  };
}
