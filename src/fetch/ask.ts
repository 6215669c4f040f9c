/**
 * Asks one URL, politely and persistently: waits for the host's turn, makes the request, takes off
 * the content codings and tries again what may heal. Knows nothing of robots.txt, redirects or
 * scope: those are visit.ts.
 */
import type { Dispatcher } from "undici";
import type { FailureCode, Headers, RefusalReason } from "../model.ts";
import { hostKeyOf, withoutWww } from "../url/index.ts";
import { decodeBody } from "./body.ts";
import { type BodyPlan, type Exchanged, exchange } from "./exchange.ts";
import type { FetcherOptions } from "./fetcher.ts";
import { createHost, type Host, type Shut } from "./host.ts";
import { learn } from "./learn.ts";

export type Asked =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: Headers;
      /** Decoded; empty for answers whose body was not wanted. */
      readonly body: Uint8Array;
      readonly fetchedAt: number;
      readonly wireBytes: number;
      readonly attempts: number;
    }
  | { readonly kind: "refused"; readonly reason: RefusalReason; readonly detail: string }
  | {
      readonly kind: "failed";
      readonly code: FailureCode;
      readonly status: number | null;
      readonly detail: string;
      readonly attempts: number;
      readonly leftAloneUntil?: number;
    };

export interface Question {
  readonly headers: Readonly<Record<string, string>>;
  readonly delayMs: number;
  /** Asked for 2xx answers; other bodies are never read. */
  readonly planBody: (headers: Headers) => BodyPlan;
  /** Fires when no request may begin any more; one under way heeds the signal alone. */
  readonly noMore?: AbortSignal | undefined;
}

/** Never rejects. */
export type Ask = (url: URL, question: Question, signal?: AbortSignal) => Promise<Asked>;

export type AskOptions = FetcherOptions & { readonly dispatcher: Dispatcher };

export function createAsk(options: AskOptions): Ask {
  const hosts = new Map<string, Host>();

  function hostOf(url: URL): Host {
    const key = withoutWww(hostKeyOf(url.href)); // one machine serves both names
    const known = hosts.get(key);
    if (known !== undefined) return known;
    const host = createHost({
      ...options,
      onShut: (reason) => options.onShut?.({ host: key, ...reason }),
    });
    const before = options.shutHosts?.find((shut) => shut.host === key);
    if (before !== undefined) host.shut(before);
    hosts.set(key, host);
    return host;
  }

  return async (url, question, signal) => {
    const host = hostOf(url);
    const beforehand = question.noMore ?? signal;
    for (let attempt = 1; ; attempt++) {
      let turn: Exchanged | Shut;
      try {
        turn = await host.turn(
          question.delayMs,
          (waitedMs, onSent) =>
            request(url, question, { waitedMs, attempt, onSent }, options, signal),
          beforehand,
        );
      } catch (error) {
        if (beforehand?.aborted !== true) throw error;
        return failure("E_ABORTED", `${url.href}: stopped`, attempt - 1);
      }
      if ("untilAt" in turn) return leftAlone(turn, url, attempt - 1);
      const asked = read(turn, url, attempt, options);
      const latencyMs = turn.kind === "answer" ? turn.latencyMs : 0;
      const { delayMs } = question;
      const retryInMs = learn(asked, { host, delayMs, latencyMs, attempt, options });
      if (retryInMs === null) return asked;
      host.pauseUntil(options.now() + retryInMs);
    }
  };
}

async function request(
  url: URL,
  question: Question,
  turn: { readonly waitedMs: number; readonly attempt: number; readonly onSent: () => void },
  { dispatcher, limits, now, onRequest }: AskOptions,
  signal?: AbortSignal,
): Promise<Exchanged> {
  const startedAt = now();
  const exchanged = await exchange(url, {
    dispatcher,
    limits,
    signal,
    onSent: turn.onSent,
    headers: question.headers,
    planBody: (status, headers) =>
      status >= 200 && status < 300 ? question.planBody(headers) : "drain",
  });
  onRequest?.({
    url: url.href,
    status: exchanged.kind === "answer" ? exchanged.status : null,
    wireBytes: exchanged.wireBytes,
    elapsedMs: now() - startedAt,
    waitedMs: turn.waitedMs,
    attempt: turn.attempt,
  });
  return exchanged;
}

function read(exchanged: Exchanged, url: URL, attempts: number, options: AskOptions): Asked {
  if (exchanged.kind === "refused") return exchanged;
  if (exchanged.kind === "failed") return failure(exchanged.code, exchanged.detail, attempts);
  const { status, headers, wireBytes } = exchanged;
  const decoded = decodeBody(exchanged.wire, headers, options.limits, url.href);
  if (decoded.kind === "refused") return decoded;
  if (decoded.kind === "failed") return { ...decoded, status, attempts };
  const fetchedAt = options.now();
  return { kind: "answer", status, headers, body: decoded.body, fetchedAt, wireBytes, attempts };
}

function failure(code: FailureCode, detail: string, attempts: number): Asked {
  return { kind: "failed", code, status: null, detail, attempts };
}

function leftAlone({ code, detail, untilAt }: Shut, url: URL, attempts: number): Asked {
  const until = new Date(untilAt).toISOString();
  const why = `${url.href}: not asked, host left alone until ${until}: ${detail}`;
  return { ...failure(code, why, attempts), ...(attempts === 0 && { leftAloneUntil: untilAt }) };
}
