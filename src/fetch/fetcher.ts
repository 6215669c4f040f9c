/**
 * The door to the network. A Fetcher keeps one polite queue per host and answers every request
 * with an outcome; network trouble is never an exception. (Implementation: see index.ts.)
 */
import type { Dispatcher } from "undici";
import type { Capture, FailureCode, FetchOutcome } from "../model.ts";

export interface FetcherOptions {
  /** Sent with every request; names the archive and how to reach its operator. */
  readonly userAgent: string;
  /** Least time between the starts of two requests to one host. @default 5000 */
  readonly delayMs: number;
  /** Whether loopback, private and link-local addresses may be reached. @default false */
  readonly allowPrivate: boolean;
  /** Wall clock in ms; tests pass their own. */
  readonly now: () => number;
  /** Waits; rejects with the signal's reason when aborted. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** 0…1, for jitter of retries. */
  readonly random: () => number;
  readonly limits: FetchLimits;
  /** Replaces the guarded agent; for tests and proxies. */
  readonly dispatcher?: Dispatcher;
  /** Called once for every request (redirects, retries, robots.txt too) when it has ended. */
  readonly onRequest?: (event: RequestEvent) => void;
  /** Called with every robots.txt that was answered, also with a 4xx (no body); the archive keeps them. */
  readonly onRobots?: (capture: Capture) => void;
  /** A robots.txt fetched before by somebody else; used while it is fresh. */
  readonly knownRobots?: (origin: string) => Promise<Capture | null>;
  /** Hosts that were to be left alone when we began: trouble that others met. */
  readonly shutHosts?: readonly ShutHost[];
  /** Called when a host is to be left alone from now on. */
  readonly onShut?: (shut: ShutHost) => void;
}

/** `host` is a host key without `www.`: one machine serves both names. */
export interface ShutHost {
  readonly host: string;
  readonly untilAt: number;
  readonly code: FailureCode;
  readonly detail: string;
}

/** Defaults as in the README's table; each is argued in limits.ts. */
export interface FetchLimits {
  /** Encoded bytes on the wire. */
  readonly maxWireBytes: number;
  /** Bytes after content-decoding. */
  readonly maxBytes: number;
  readonly maxHeaderBytes: number;
  readonly headersTimeoutMs: number;
  /** From the start of the request to the last byte. */
  readonly totalTimeoutMs: number;
  readonly maxRedirects: number;
  readonly attempts: number;
  /** A longer Retry-After ends the visit instead of being waited for. */
  readonly maxRetryAfterMs: number;
  readonly maxCodings: number;
}

export interface RequestEvent {
  readonly url: string;
  readonly status: number | null;
  readonly wireBytes: number;
  readonly elapsedMs: number;
  readonly waitedMs: number;
  readonly attempt: number;
}

export interface FetchRequest {
  readonly url: string;
  /** Whether a redirect may lead to this URL; false → refused `off-site`. */
  readonly isInScope: (url: string) => boolean;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** `html` refuses other media types before reading the body; `any` takes all. */
  readonly accept: "html" | "any";
  /** Overrides the fetcher's delay for this request's host (site rule); Crawl-delay still counts. */
  readonly delayMs?: number;
  /** Only these bytes of the file, both ends included (RFC 9110 §14.1.2); sent without codings. */
  readonly range?: readonly [first: number, last: number];
  /**
   * A service's documented interface, asked at a person's word: robots.txt speaks to crawlers, which
   * find their way by links, and is not asked. Pace, Retry-After and every limit stay as they are.
   */
  readonly isInterface?: boolean;
  /**
   * Once it fires no request is begun any more, be it for robots.txt, a redirect or another attempt;
   * one under way goes on until `signal` fires. @default the signal
   */
  readonly noMore?: AbortSignal;
}

export interface Fetcher {
  /**
   * Asks robots.txt (of each hop), waits for the host's turn, fetches, follows redirects in scope,
   * retries what may heal. One request at a time per host, whoever calls.
   */
  fetch(request: FetchRequest, signal?: AbortSignal): Promise<FetchOutcome>;
  /** Sitemaps named by a host's robots.txt (fetches it politely when not cached). */
  sitemapsOf(origin: string, signal?: AbortSignal): Promise<readonly string[]>;
  close(): Promise<void>;
}
