/**
 * A newsroom on loopback, an empty archive in a temporary folder, and a way to crawl the one into the
 * other: the real fetcher, real worker threads, a real SQLite file.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
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
  stop: AbortController;
}

export async function openWorld(rules: readonly SiteRule[] = []): Promise<CrawlWorld> {
  const folder = mkdtempSync(join(tmpdir(), "warraq-test-"));
  const path = join(folder, "archive.db");
  const newsroom = await openNewsroom();
  const store = await openStore({ path, mode: "write" });
  onTestFinished(async () => {
    await store.close();
    await newsroom.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const events: CrawlEvent[] = [];
  const world: CrawlWorld = {
    ...{ newsroom, path, store, events },
    stop: new AbortController(),
    origin: (id) => newsroom.sites.find((site) => site.id === id)?.origin ?? "",
    crawl: ({ only, ...options } = {}) => {
      const words = newsroom.sites
        .filter(({ id }) => only === undefined || only.includes(id))
        .map(({ origin }) => `${origin}/`);
      return runCrawl(
        {
          targets: chooseTargets(words, rules),
          mode: "crawl",
          ...{ since: null, maxPages: null, maxAgeMs: null, timeLimitMs: null },
          ...{ include: [], exclude: [], concurrency: 8, delayMs: 0, program: "warraq/test" },
          ...options,
        },
        {
          store,
          userAgent: "warraq-test/0 (+https://example.org)",
          allowPrivate: true,
          now: Date.now,
          signal: world.stop.signal,
          onEvent: (event) => events.push(event),
        },
      );
    },
  };
  return world;
}
