/** When to try again: what the server asks for (Retry-After), else a doubling pause with chance in it. */
import type { Headers } from "../model.ts";
import { MIN_BACKOFF_MS } from "./limits.ts";

/**
 * Milliseconds to wait by the Retry-After header (RFC 9110 §10.2.3): a number of seconds or an HTTP
 * date. Null without the header or when it cannot be read; never negative.
 */
export function retryAfterMs(headers: Headers, now: number): number | null {
  const value = headers.find(([name]) => name === "retry-after")?.[1].trim();
  if (value === undefined || value === "") return null;
  if (/^\d+(?:\.\d+)?$/.test(value)) return Number(value) * 1000;
  // Date.parse takes "-5" and "1" for years; an HTTP date names its weekday or at least a month
  const at = /[a-z]{3}/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/** Pause before attempt `attempt + 1`: the delay doubled for each failure, half to one and a half times. */
export function backoffMs(attempt: number, delayMs: number, random: () => number): number {
  return Math.max(delayMs, MIN_BACKOFF_MS) * 2 ** (attempt - 1) * (0.5 + random());
}
