/**
 * The robots.txt of every origin a fetcher meets: fetched once, kept for 24 hours (RFC 9309 §2.4),
 * asked for by one caller while the others wait. What cannot be had is decided by §2.3.1: 4xx means
 * no rules, a server that fails or is silent means nothing may be fetched until it answers.
 */
import type { Capture, FailureCode, RedirectHop, RefusalReason } from "../../model.ts";
import { resolveUrl } from "../../url/index.ts";
import type { Asked } from "../ask.ts";
import { ROBOTS_RETRY_MS, ROBOTS_TTL_MS } from "../limits.ts";
import { parseRobots } from "./parse.ts";
import { productTokenOf, type RobotsRules, rulesFor } from "./rules.ts";

export type RobotsState =
  | { readonly kind: "rules"; readonly rules: RobotsRules }
  | { readonly kind: "refused"; readonly reason: RefusalReason; readonly detail: string }
  | {
      readonly kind: "failed";
      readonly code: FailureCode;
      readonly detail: string;
      readonly leftAloneUntil?: number;
    };

export interface Robots {
  of(origin: string, signal?: AbortSignal): Promise<RobotsState>;
}

export interface RobotsOptions {
  readonly userAgent: string;
  readonly maxRedirects: number;
  readonly now: () => number;
  /** Asks one URL without following redirects and without asking for robots. */
  readonly ask: (url: URL, signal?: AbortSignal) => Promise<Asked>;
  readonly onRobots?: ((capture: Capture) => void) | undefined;
  readonly knownRobots?: ((origin: string) => Promise<Capture | null>) | undefined;
}

interface Entry {
  readonly state: Promise<RobotsState>;
  readonly expiresAt: number;
}

/** The host itself is the trouble, and says more than "no robots.txt": reported as it is. */
const OF_THE_HOST = new Set<FailureCode>(["E_DNS", "E_CONNECT", "E_TLS", "E_ABORTED"]);

const NO_RULES: RobotsRules = { forbids: () => null, crawlDelayMs: 0, sitemaps: [] };

export function createRobots(options: RobotsOptions): Robots {
  const { now } = options;
  const productToken = productTokenOf(options.userAgent);
  const entries = new Map<string, Entry>();

  /** When what an origin's rules are read from was answered. */
  const answeredAt = new Map<string, number>();

  async function load(origin: string, signal?: AbortSignal): Promise<RobotsState> {
    const known = (await options.knownRobots?.(origin)) ?? null;
    if (known !== null && now() - known.fetchedAt < ROBOTS_TTL_MS) {
      answeredAt.set(origin, known.fetchedAt);
      return rulesOf(known);
    }
    answeredAt.set(origin, now());
    const asked = await follow(new URL("/robots.txt", origin), options, signal);
    const isLeftAlone = asked.kind === "failed" && asked.leftAloneUntil !== undefined;
    if (asked.kind === "failed" && (isLeftAlone || OF_THE_HOST.has(asked.code))) return asked;
    if (asked.kind === "refused" && asked.reason === "private-address") return asked;
    const unreachable = (detail: string): RobotsState => ({
      kind: "refused",
      reason: "robots-unreachable",
      detail,
    });
    if (asked.kind !== "answer") return unreachable(asked.detail);
    const { status } = asked;
    if (status >= 500 || status === 429)
      return unreachable(`${origin}/robots.txt answered HTTP ${status}`);
    return rulesOf(asked);
  }

  /** An answer without a body to believe means no rules (§2.3.1.3). */
  function rulesOf({ status, body }: Pick<Capture, "status" | "body">): RobotsState {
    const rules = status >= 300 ? NO_RULES : rulesFor(parseRobots(body), productToken);
    return { kind: "rules", rules };
  }

  /** Not async itself: who asks first must go on first, or a host's first pages change places. */
  function ask(origin: string, signal?: AbortSignal): Promise<RobotsState> {
    const state = load(origin, signal).then((loaded) => {
      if (loaded.kind === "failed" && loaded.code === "E_ABORTED") entries.delete(origin);
      else if (loaded.kind !== "rules")
        entries.set(origin, { state, expiresAt: now() + ROBOTS_RETRY_MS });
      else {
        const expiresAt = (answeredAt.get(origin) ?? now()) + ROBOTS_TTL_MS;
        entries.set(origin, { state, expiresAt });
      }
      return loaded;
    });
    entries.set(origin, { state, expiresAt: now() + ROBOTS_TTL_MS });
    return state;
  }

  return {
    async of(origin, signal) {
      for (;;) {
        const known = entries.get(origin);
        const isFresh = known !== undefined && now() < known.expiresAt;
        const state = await (isFresh ? known.state : ask(origin, signal));
        const wasStopped = state.kind === "failed" && state.code === "E_ABORTED";
        if (!wasStopped || signal?.aborted === true) return state;
        // another caller's abort took the request down that we were waiting for: ask ourselves
      }
    },
  };
}

/** The robots.txt behind at most five redirects, to any host (§2.3.1.2); more count as none. */
async function follow(first: URL, options: RobotsOptions, signal?: AbortSignal): Promise<Asked> {
  const redirects: RedirectHop[] = [];
  for (let url = first; ; ) {
    const asked = await options.ask(url, signal);
    if (asked.kind !== "answer") return asked;
    const { status, headers, body, fetchedAt } = asked;
    if (status < 300 || (status >= 400 && status < 500 && status !== 429)) {
      options.onRobots?.({
        url: first.href,
        finalUrl: url.href,
        redirects,
        fetchedAt,
        status,
        headers,
        body,
        via: "live",
      });
      return asked;
    }
    const location = headers.find(([name]) => name === "location")?.[1];
    const target = status < 400 && location !== undefined ? resolveUrl(location, url.href) : null;
    if (target === null || redirects.length >= options.maxRedirects) return asked;
    redirects.push({ url: url.href, status, location: location ?? "" });
    url = new URL(target);
  }
}
