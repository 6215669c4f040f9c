/**
 * One visit to one page: fetch, understand, settle. Whatever happens ends in exactly one settled (or
 * released) lease; the only exceptions that leave are the archive's own.
 */
import type { Fetcher } from "../fetch/index.ts";
import type { Capture, FetchOutcome, PageKind, RefusalReason } from "../model.ts";
import type { PageReading } from "../process/index.ts";
import type { Lease, Plan, Settled, Visit } from "../store/store.ts";
import { isSameSite } from "../url/index.ts";
import type { VisitContext } from "./context.ts";
import type { CrawlDeps } from "./options.ts";
import { joinParts, readCapture } from "./parts.ts";
import { afterArticle, afterSource } from "./revisit.ts";
import { afterFailure, afterGone, afterSkip, keepSource } from "./schedule.ts";
import { doubtOf, readListedText, SHELLS } from "./second-opinion.ts";
import { readSource } from "./source-visit.ts";

/** What a visit came to: null when the lease was given back unvisited. */
export type Visited = { readonly settled: Settled; readonly detail: string } | null;

/** Kinds of page that become versions; the others are recorded as skipped, with their kind. */
const STORED_KINDS: ReadonlySet<PageKind> = new Set(["article", "live-blog", "gallery", "video"]);

/** A visit that a stop cut short, be it in its last part only, leaves its page in the queue as it was. */
export async function visitPage(lease: Lease, asked: VisitContext): Promise<Visited> {
  const { context, isCutShort } = untilStopped(asked);
  const { deps, site, runId } = context;
  const { page } = lease;
  const outcome = await deps.fetcher.fetch(
    {
      url: lease.askedUrl ?? page.url,
      isInScope: (url) => isSameSite(url, site.hosts),
      etag: lease.etag,
      lastModified: lease.lastModified,
      accept: page.role === "article" ? "html" : "any",
      delayMs: context.delayMs ?? site.delayMs,
    },
    context.hardSignal,
  );
  context.onFetched();
  if (outcome.kind === "failed") {
    const { leftAloneUntil } = outcome;
    if (leftAloneUntil !== undefined && context.isShut?.(page.url) === true) {
      await deps.store.release(lease, leftAloneUntil);
      return null;
    }
  }
  const visit =
    outcome.kind === "captured"
      ? await understand(outcome.capture, lease, context)
      : ((await behindWall(outcome, lease, context)) ??
        withoutCapture(outcome, lease, { at: deps.now(), runId }));
  if (isCutShort()) {
    await deps.store.release(lease, deps.now());
    return null;
  }
  const requests = context.takeRequests?.() ?? 0;
  const nextAt = keepSource(visit.at, visit.nextAt, lease);
  const settled = await deps.store.settle(lease, { ...visit, nextAt, requests });
  return { settled, detail: detailOf(visit) };
}

/** The same visit, of which no request begins once the run is asked to stop; and whether one was missed. */
function untilStopped(context: VisitContext) {
  const { deps, signal: noMore } = context;
  let isCutShort = false;
  const fetcher: Fetcher = {
    ...deps.fetcher,
    async fetch(request, signal) {
      const outcome = await deps.fetcher.fetch({ ...request, noMore }, signal);
      isCutShort ||= outcome.kind === "failed" && outcome.code === "E_ABORTED";
      return outcome;
    },
  };
  return { context: { ...context, deps: { ...deps, fetcher } }, isCutShort: () => isCutShort };
}

/** Settles a guess that another guess has made needless. */
export async function retirePage(
  lease: Lease,
  { store, now }: CrawlDeps,
  runId: number,
): Promise<void> {
  const skipped = { kind: "skipped", reason: "filtered", detail: "not needed" } as const;
  await store.settle(lease, { ...skipped, at: now(), runId, nextAt: null });
}

async function understand(capture: Capture, lease: Lease, context: VisitContext): Promise<Visit> {
  const base = { at: capture.fetchedAt, runId: context.runId };
  if (lease.page.role !== "article") return readSource(capture, lease, context);
  const outcome = await readCapture(capture, context);
  if (outcome.kind === "unreadable") return skipped(base, lease, "unreadable", outcome.detail);
  const { kind } = outcome.reading.extraction;
  if (kind === "listing" && lease.page.foundBy === "seed") {
    return readSource(capture, lease, context);
  }
  if (SHELLS.has(kind)) {
    const told = await readListedText(lease.page, context);
    const why = `the page is of kind ${kind}; text as the site's REST interface gave it`;
    if (told !== null) return read(told.capture, told, [], lease, context, why);
  }
  const { reading, parts } = await joinParts(outcome.reading, context);
  const { extraction } = reading;
  if (!STORED_KINDS.has(extraction.kind) || extraction.article === null) {
    const why = extraction.reasons[0] ?? "no article found";
    return skipped(base, lease, extraction.kind, `${capture.finalUrl}: ${why}`);
  }
  const doubt = await doubtOf(lease.page, extraction.article.body, context);
  if (doubt !== null) {
    context.deps.onEvent({ kind: "problem", url: lease.page.url, message: doubt });
  }
  return read(capture, { reading }, parts, lease, context, doubt);
}

/** An article whose page refuses us, as the site's REST interface gave it to everybody. */
async function behindWall(
  outcome: FetchOutcome,
  lease: Lease,
  context: VisitContext,
): Promise<Visit | null> {
  if (outcome.kind !== "failed" || outcome.code !== "E_HTTP_FORBIDDEN") return null;
  const told = lease.page.role === "article" ? await readListedText(lease.page, context) : null;
  const why = `the page answers HTTP ${outcome.status}; text as the site's REST interface gave it`;
  return told === null ? null : read(told.capture, told, [], lease, context, why);
}

/** A reading of an article, to be settled. Its fields are there: its kind is one that is stored. */
function read(
  capture: Capture,
  { reading }: { readonly reading: PageReading },
  parts: NonNullable<Extract<Visit, { kind: "read" }>["parts"]>,
  lease: Lease,
  { program, runId }: VisitContext,
  detail: string | null,
): Visit {
  const { extraction, fingerprint, rule, encoding, packed } = reading;
  if (packed === null) throw new TypeError(`${capture.url} was read without packing it`);
  const at = capture.fetchedAt;
  const plans = afterArticle(at, lease, dateOf(lease, at, extraction.article?.published?.at));
  const extractor = { program, rule };
  return {
    ...{ kind: "read", at, runId, ...plans.quiet, ifNews: plans.news },
    ...{ capture, parts, reading: { extraction, fingerprint, extractor, packed, encoding } },
    ...(detail !== null && { detail }),
  };
}

/** When the article is from: as it says now, as it said before, as a list said, else now. */
function dateOf(lease: Lease, at: number, publishedAt?: number): number {
  const dates = [publishedAt, lease.articleDatedAt, lease.page.publishedAt];
  return dates.find((date) => typeof date === "number" && date <= at) ?? at;
}

function unchanged(at: number, lease: Lease): Plan {
  return lease.page.role === "article"
    ? afterArticle(at, lease, dateOf(lease, at)).quiet
    : afterSource(at, lease, [], false).quiet;
}

function withoutCapture(
  outcome: Exclude<FetchOutcome, { kind: "captured" }>,
  lease: Lease,
  base: { readonly at: number; readonly runId: number },
): Visit {
  const { at } = base;
  switch (outcome.kind) {
    case "not-modified":
      return { ...base, kind: "not-modified", ...unchanged(at, lease) };
    case "gone":
      return { ...base, kind: "gone", status: outcome.status, nextAt: afterGone(at, lease.tries) };
    case "refused":
      return skipped(base, lease, outcome.reason, outcome.detail);
    case "failed": {
      const { code, status, detail } = outcome;
      return {
        ...base,
        kind: "failed",
        code,
        status,
        detail,
        nextAt: afterFailure(at, lease.tries),
      };
    }
  }
}

function skipped(
  base: { readonly at: number; readonly runId: number },
  lease: Lease,
  reason: RefusalReason | PageKind,
  detail: string,
): Visit {
  return {
    ...base,
    kind: "skipped",
    reason,
    detail,
    nextAt: afterSkip(base.at, reason, lease.tries),
  };
}

function detailOf(visit: Visit): string {
  switch (visit.kind) {
    case "read":
      return visit.reading.extraction.article?.title ?? "";
    case "listed":
      return `${visit.found.length} articles`;
    case "skipped":
      return `${visit.reason}: ${visit.detail}`;
    case "failed":
      return `${visit.code}: ${visit.detail}`;
    case "gone":
      return `HTTP ${visit.status}`;
    case "not-modified":
      return "not modified";
  }
}
