/**
 * What an answer teaches about its host, and whether to ask again: the manners of the crawler in one
 * place. Good answers set the pace, trouble slows it, refusals and silence end in being left alone.
 */
import type { FailureCode } from "../model.ts";
import type { Asked } from "./ask.ts";
import type { FetcherOptions } from "./fetcher.ts";
import type { Host } from "./host.ts";
import { DEAD_HOST_MS, MAX_SHUT_MS, SHUT_HOST_MS, UNREACHED_BACKOFF_MS } from "./limits.ts";
import { backoffMs, retryAfterMs } from "./retry.ts";

export interface Lesson {
  readonly host: Host;
  readonly delayMs: number;
  readonly latencyMs: number;
  readonly attempt: number;
  readonly options: FetcherOptions;
}

/** Statuses that may be better in a moment: the server says so, or something behind it broke. */
const MAY_HEAL = new Set([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524]);

/** "Not you" rather than "not this page". */
const REFUSALS = new Set([401, 403, 429, 451]);

/** The host itself cannot be reached: none of its pages can. */
const UNREACHABLE = new Set<FailureCode>(["E_DNS", "E_CONNECT", "E_TLS"]);

/** How often each kind of failure is tried; others once. A bad certificate does not heal in seconds. */
const TRIES: Readonly<Partial<Record<FailureCode, number>>> = {
  E_DNS: Number.POSITIVE_INFINITY,
  E_CONNECT: Number.POSITIVE_INFINITY,
  E_PROTOCOL: Number.POSITIVE_INFINITY,
  // each costs the whole deadline
  E_TIMEOUT: 2,
};

/** Updates the host; milliseconds until the next attempt, or null when this answer is final. */
export function learn(asked: Asked, lesson: Lesson): number | null {
  if (asked.kind === "refused") return null;
  return asked.kind === "failed" ? fromFailure(asked, lesson) : fromAnswer(asked, lesson);
}

function fromAnswer(
  { status, headers }: Extract<Asked, { readonly kind: "answer" }>,
  { host, delayMs, latencyMs, attempt, options }: Lesson,
): number | null {
  const now = options.now();
  if (status < 400) host.answered(latencyMs);
  if (MAY_HEAL.has(status)) {
    host.troubled(delayMs);
    const askedMs = status === 429 || status === 503 ? retryAfterMs(headers, now) : null;
    if (askedMs !== null && askedMs > options.limits.maxRetryAfterMs) {
      const detail = `HTTP ${status} with Retry-After of ${Math.ceil(askedMs / 1000)} s`;
      host.shut({ untilAt: now + Math.min(askedMs, MAX_SHUT_MS), code: codeOf(status), detail });
      return null;
    }
    if (askedMs !== null) host.pauseUntil(now + askedMs);
    if (attempt < options.limits.attempts)
      return askedMs ?? backoffMs(attempt, delayMs, options.random);
  }
  if (REFUSALS.has(status) && host.refused()) {
    const detail = `it refused several pages in a row (HTTP ${status})`;
    host.shut({ untilAt: now + SHUT_HOST_MS, code: codeOf(status), detail });
  }
  return null;
}

function fromFailure(
  { code, detail }: Extract<Asked, { readonly kind: "failed" }>,
  { host, delayMs, attempt, options }: Lesson,
): number | null {
  if (code === "E_ABORTED" || code === "E_BAD_ENCODING") return null;
  if (!UNREACHABLE.has(code)) host.troubled(delayMs);
  if (attempt < Math.min(options.limits.attempts, TRIES[code] ?? 1)) {
    const paceMs = UNREACHABLE.has(code) ? Math.min(delayMs, UNREACHED_BACKOFF_MS) : delayMs;
    return backoffMs(attempt, paceMs, options.random);
  }
  if (UNREACHABLE.has(code) || (code === "E_TIMEOUT" && host.silent()))
    host.shut({ untilAt: options.now() + DEAD_HOST_MS, code, detail });
  return null;
}

/** The failure code of an HTTP status that is not a page. */
export function codeOf(status: number): FailureCode {
  if (status === 401 || status === 403 || status === 451) return "E_HTTP_FORBIDDEN";
  if (status === 429) return "E_HTTP_RATE_LIMITED";
  return status >= 500 ? "E_HTTP_SERVER" : "E_HTTP_CLIENT";
}
