import { onTestFinished } from "vitest";
import type { Fetcher, FetcherOptions, FetchRequest } from "../../src/fetch/index.ts";
import { openFetcher } from "../../src/fetch/index.ts";
import { DEFAULT_LIMITS } from "../../src/fetch/limits.ts";
import type { FetchOutcome } from "../../src/model.ts";

/** A request for any page, wherever it leads. */
export function ask(url: string, more: Partial<FetchRequest> = {}): FetchRequest {
  return { url, isInScope: () => true, etag: null, lastModified: null, accept: "any", ...more };
}

type Options = Omit<Partial<FetcherOptions>, "limits"> & {
  readonly limits?: Partial<FetcherOptions["limits"]>;
};

/** A fetcher for loopback without delay, closed when the test ends. Retries wait no real time. */
export function open(options: Options = {}): Fetcher {
  const fetcher = openFetcher({
    userAgent: "warraq-test/0 (+https://example.org)",
    allowPrivate: true,
    delayMs: 0,
    random: () => 0,
    ...options,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
  });
  onTestFinished(() => fetcher.close());
  return fetcher;
}

/** What an outcome says, without bytes: `refused robots`, `failed E_DNS`, `captured 200`. */
export function gist(outcome: FetchOutcome): string {
  switch (outcome.kind) {
    case "captured":
      return `captured ${outcome.capture.status}`;
    case "refused":
      return `refused ${outcome.reason}`;
    case "failed":
      return `failed ${outcome.code}`;
    case "gone":
      return `gone ${outcome.status}`;
    case "not-modified":
      return "not-modified";
  }
}
