/**
 * The door to the network. A fetcher keeps one polite queue per host, reads robots.txt before
 * anything else, and answers every request with an outcome: network trouble is never an exception.
 */
import { setMaxListeners } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { resolveUrl } from "../url/index.ts";
import { openAgent } from "./agent.ts";
import { createAsk } from "./ask.ts";
import type { Fetcher, FetcherOptions } from "./fetcher.ts";
import { DEFAULT_DELAY_MS, DEFAULT_LIMITS } from "./limits.ts";
import { createRobots } from "./robots/index.ts";
import { visit } from "./visit.ts";

export type {
  Fetcher,
  FetcherOptions,
  FetchLimits,
  FetchRequest,
  RequestEvent,
  ShutHost,
} from "./fetcher.ts";
export { DEFAULT_DELAY_MS, DEFAULT_LIMITS } from "./limits.ts";

/** Opens a fetcher. Close it to let the process end: it keeps idle connections alive. */
export function openFetcher(
  options: Partial<FetcherOptions> & Pick<FetcherOptions, "userAgent">,
): Fetcher {
  const settings: FetcherOptions = {
    delayMs: DEFAULT_DELAY_MS,
    allowPrivate: false,
    now: Date.now,
    sleep: (ms, signal) => wait(ms, undefined, signal && { signal }),
    random: Math.random,
    ...options,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
  };
  const dispatcher = settings.dispatcher ?? openAgent(settings);
  const ask = createAsk({ ...settings, dispatcher });
  const robots = createRobots({
    userAgent: settings.userAgent,
    maxRedirects: settings.limits.maxRedirects,
    now: settings.now,
    onRobots: settings.onRobots,
    knownRobots: settings.knownRobots,
    ask(url, signal) {
      const headers = {
        "user-agent": settings.userAgent,
        accept: "text/plain,*/*;q=0.5",
        "accept-encoding": "gzip, br",
      };
      return ask(url, { headers, delayMs: settings.delayMs, planBody: () => "read" }, signal);
    },
  });
  return {
    fetch(request, signal) {
      // One listener a host, and hosts are many.
      for (const each of [signal, request.noMore]) if (each !== undefined) setMaxListeners(0, each);
      return visit(request, { ask, robots, options: settings }, signal);
    },
    async sitemapsOf(origin, signal) {
      const state = await robots.of(new URL(origin).origin, signal);
      if (state.kind !== "rules") return [];
      const urls = state.rules.sitemaps.map((sitemap) => resolveUrl(sitemap, `${origin}/`));
      return [...new Set(urls.filter((url) => url !== null))];
    },
    async close() {
      if (settings.dispatcher === undefined) await dispatcher.destroy();
    },
  };
}
