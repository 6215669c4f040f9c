/** What a visit may cost us and a server at most; each figure says how it was chosen. */
import type { FetchLimits } from "./fetcher.ts";

export const DEFAULT_LIMITS: FetchLimits = {
  // Article pages weigh 30–500 KB, gzipped a fifth; CC-NEWS stops at 5 MB too.
  maxWireBytes: 5 * 2 ** 20,
  // A feed of a busy agency with full texts reaches 10 MB; parsing more would outrun its budget.
  maxBytes: 10 * 2 ** 20,
  // Node's and nginx's own bound; a page with more sends an attack or a cookie bug.
  maxHeaderBytes: 16 * 2 ** 10,
  // Slow shared hosting answers a cold WordPress page within 8 s; after 10 nobody is coming.
  headersTimeoutMs: 10_000,
  // 5 MB at 170 KB/s. A byte every 100 ms cannot hold a slot longer than this.
  totalTimeoutMs: 30_000,
  // http → https → www → slug → slash is four; RFC 9309 asks for five for robots.txt.
  maxRedirects: 5,
  // The second heals a dropped connection, the third a restart; more only loads a sick server.
  attempts: 3,
  // Longer waits are the next run's business: the host stays shut until then, other hosts go on.
  maxRetryAfterMs: 120_000,
  // RFC 9110 allows any number; honest servers stack at most two (a cache in front of gzip).
  maxCodings: 2,
};

/** What newsrooms' hosts bear without noticing: 720 pages an hour (Common Crawl's news waits 9 s). */
export const DEFAULT_DELAY_MS = 5000;

/** TCP and TLS together; Libyan lines take up to 3 s. */
export const CONNECT_TIMEOUT_MS = 10_000;

/** Idle connections live this long, so that a polite delay does not cost a TLS handshake a page. */
export const KEEP_ALIVE_MS = 60_000;

/** A host that could not be reached is left alone for this long. */
export const DEAD_HOST_MS = 10 * 60_000;

/** This many visits in a row that ran into the deadline make a host count as unreachable too. */
export const SILENT_VISITS = 3;

/** So many 403 or 429 in a row mean "go away", not "not this page" (one section may be closed). */
export const REFUSALS_TO_SHUT = 5;

/** How long a host that refused us is left alone; also the bound of a long Retry-After we remember. */
export const SHUT_HOST_MS = 30 * 60_000;
export const MAX_SHUT_MS = 24 * 60 * 60_000;

/** The server works on a page for its latency; we leave it at least as long to recover. */
export const LATENCY_FACTOR = 2;

/** However slow or troubled a host is, one request a minute is no burden to it. */
export const MAX_ADAPTIVE_DELAY_MS = 60_000;

/** A Crawl-delay above this is a mistake of units; one page in five minutes is as good as silence. */
export const MAX_CRAWL_DELAY_MS = 300_000;

/** First pause before a retry when no delay is set; doubled each time, ± half by chance. */
export const MIN_BACKOFF_MS = 250;

/**
 * The same where no server was reached, so that none is spared by waiting longer: a mistyped name is
 * told within seconds, a line that drops for a moment is not taken for a dead host.
 */
export const UNREACHED_BACKOFF_MS = 1_000;

/** RFC 9309 §2.5: parse at least 500 KiB; we parse exactly that. §2.4: cache for at most 24 h. */
export const MAX_ROBOTS_BYTES = 500 * 2 ** 10;
export const ROBOTS_TTL_MS = 24 * 60 * 60_000;

/** An unreachable robots.txt is asked for again after this; meanwhile nothing is fetched. */
export const ROBOTS_RETRY_MS = 10 * 60_000;

/** Bodies of redirects and errors are read up to this, so that the connection can be used again. */
export const DRAIN_BYTES = 64 * 2 ** 10;

/** Decoded ÷ encoded. Markup reaches 30, zeros 1,000: beyond 40 a body was made to explode. */
export const BOMB_RATIO = 40;
