/**
 * One HTTP request and its answer, over undici's dispatch: no streams, no fetch(), the encoded bytes
 * counted as they come. It never rejects and never outlives its deadline: whatever the server does,
 * the promise settles within `totalTimeoutMs`, and a broken-off connection is closed at that byte.
 */
import type { Dispatcher } from "undici";
import type { FailureCode, Headers, RefusalReason } from "../model.ts";
import { describeFailure } from "./failure.ts";
import type { FetchLimits } from "./fetcher.ts";
import { DRAIN_BYTES } from "./limits.ts";

export interface Answer {
  readonly kind: "answer";
  readonly status: number;
  readonly headers: Headers;
  /** The body as sent, still content-encoded; empty when it was not wanted. */
  readonly wire: Buffer;
  readonly latencyMs: number;
}

export type Exchanged = (
  | Answer
  | { readonly kind: "refused"; readonly reason: RefusalReason; readonly detail: string }
  | { readonly kind: "failed"; readonly code: FailureCode; readonly detail: string }
) & { readonly wireBytes: number };

/** What to do with a body, known once status and headers are there. */
export type BodyPlan =
  | "read"
  | "drain"
  | { readonly reason: RefusalReason; readonly detail: string };

export interface ExchangeOptions {
  readonly dispatcher: Dispatcher;
  readonly headers: Readonly<Record<string, string>>;
  readonly limits: FetchLimits;
  readonly planBody: (status: number, headers: Headers) => BodyPlan;
  /** Called when the request goes out on its connection. */
  readonly onSent?: () => void;
  readonly signal?: AbortSignal | undefined;
}

type Outcome = Exchanged extends infer Each
  ? Each extends Exchanged
    ? Omit<Each, "wireBytes">
    : never
  : never;

export function exchange(url: URL, options: ExchangeOptions): Promise<Exchanged> {
  const { dispatcher, limits, signal } = options;
  const startedAt = performance.now();
  const chunks: Buffer[] = [];
  let wireBytes = 0;
  let controller: Dispatcher.DispatchController | null = null;
  let head: {
    readonly status: number;
    readonly headers: Headers;
    readonly latencyMs: number;
  } | null = null;
  let wanted = false;
  let isSettled = false;

  return new Promise((resolve) => {
    const settle = (outcome: Outcome): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(deadline);
      signal?.removeEventListener("abort", onAbort);
      resolve({ ...outcome, wireBytes } as Exchanged);
    };
    /** Settles first: the abort makes undici report an error, which must not be the outcome. */
    const breakOff = (outcome: Outcome): void => {
      settle(outcome);
      controller?.abort(new Error("broken off"));
    };
    const answer = (): void => {
      if (head === null) return;
      settle({
        kind: "answer",
        ...head,
        wire: wanted ? Buffer.concat(chunks, wireBytes) : Buffer.alloc(0),
      });
    };
    const onAbort = (): void =>
      breakOff({ kind: "failed", code: "E_ABORTED", detail: `${url.href}: stopped` });
    const tooLarge = (bytes: number): Outcome => ({
      kind: "refused",
      reason: "too-large",
      detail: `${url.href}: ${bytes} bytes or more, the limit is ${limits.maxWireBytes}`,
    });
    const deadline = setTimeout(() => {
      const detail = `${url.href}: not finished within ${limits.totalTimeoutMs / 1000} s`;
      breakOff({ kind: "failed", code: "E_TIMEOUT", detail });
    }, limits.totalTimeoutMs);
    signal?.addEventListener("abort", onAbort, { once: true });
    if (signal?.aborted) {
      onAbort();
      return;
    }

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        controller = started;
        if (isSettled) started.abort(new Error("broken off"));
        else options.onSent?.();
      },
      onResponseStart(_, status) {
        if (status < 200) return;
        const headers = headersOf(controller?.rawHeaders);
        head = { status, headers, latencyMs: performance.now() - startedAt };
        const plan = options.planBody(status, headers);
        if (typeof plan === "object") {
          breakOff({ kind: "refused", ...plan });
          return;
        }
        wanted = plan === "read";
        const announced = Number(headers.find(([name]) => name === "content-length")?.[1] ?? 0);
        if (wanted && announced > limits.maxWireBytes) breakOff(tooLarge(announced));
      },
      onResponseData(_, chunk) {
        if (isSettled) return;
        wireBytes += chunk.length;
        if (wanted) {
          if (wireBytes > limits.maxWireBytes) breakOff(tooLarge(wireBytes));
          else chunks.push(chunk);
        } else if (wireBytes > DRAIN_BYTES) {
          answer();
          controller?.abort(new Error("drained enough"));
        }
      },
      onResponseEnd: answer,
      onResponseError(_, error) {
        settle(describeFailure(error, url.href));
      },
    };
    try {
      dispatcher.dispatch(
        {
          origin: url.origin,
          path: url.pathname + url.search,
          method: "GET",
          headers: options.headers,
          headersTimeout: limits.headersTimeoutMs,
          bodyTimeout: limits.totalTimeoutMs,
        },
        handler,
      );
    } catch (error) {
      settle(describeFailure(error, url.href));
    }
  });
}

/** Lower-case names in the order sent. Values are UTF-8 where that is valid (raw Arabic in Location), else Latin-1. */
function headersOf(raw: Dispatcher.DispatchController["rawHeaders"]): Headers {
  if (!Array.isArray(raw)) return [];
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2)
    headers.push([
      textOf(raw[at] as Buffer | string).toLowerCase(),
      textOf(raw[at + 1] as Buffer | string),
    ]);
  return headers;
}

function textOf(value: Buffer | string): string {
  if (typeof value === "string") return value;
  const text = value.toString("utf8");
  return text.includes("\ufffd") ? value.toString("latin1") : text;
}
