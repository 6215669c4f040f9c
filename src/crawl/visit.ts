/**
 * One visit to one page: fetch, understand, settle. Whatever happens ends in exactly one settled (or
 * released) lease; the only exceptions that leave are the archive's own.
 */
import { pack } from "../codec/index.ts";
import { type Discovered, discover } from "../discover/index.ts";
import type { Capture, FetchOutcome, PageKind, PageRef, RefusalReason } from "../model.ts";
import type { Lease, Settled, Visit } from "../store/store.ts";
import { isSameSite } from "../url/index.ts";
import type { VisitContext } from "./context.ts";
import { joinParts, readCapture } from "./parts.ts";
import { afterFailure, afterGone, afterSkip } from "./schedule.ts";
import { guessedSources } from "./seeds.ts";

/** What a visit came to: null when the lease was given back unvisited. */
export type Visited = { readonly settled: Settled; readonly detail: string } | null;

/** Kinds of page that become versions; the others are recorded as skipped, with their kind. */
const STORED_KINDS: ReadonlySet<PageKind> = new Set(["article", "live-blog", "gallery", "video"]);

export async function visitPage(lease: Lease, context: VisitContext): Promise<Visited> {
  const { deps, site, runId } = context;
  const { page } = lease;
  const outcome = await deps.fetcher.fetch(
    {
      url: page.url,
      isInScope: (url) => isSameSite(url, site.hosts),
      etag: lease.etag,
      lastModified: lease.lastModified,
      accept: page.role === "article" ? "html" : "any",
      delayMs: context.delayMs ?? site.delayMs,
    },
    context.hardSignal,
  );
  context.onFetched();
  if (outcome.kind === "failed" && outcome.code === "E_ABORTED") {
    await deps.store.release(lease, deps.now());
    return null;
  }
  const visit =
    outcome.kind === "captured"
      ? await understand(outcome.capture, lease, context)
      : withoutCapture(outcome, lease, { at: deps.now(), runId });
  return { settled: await deps.store.settle(lease, visit), detail: detailOf(visit) };
}

async function understand(capture: Capture, lease: Lease, context: VisitContext): Promise<Visit> {
  const { runId } = context;
  const at = capture.fetchedAt;
  if (lease.page.role !== "article") return listed(capture, lease, context);
  const outcome = await readCapture(capture, context);
  if (outcome.kind === "unreadable") {
    return skipped({ at, runId }, lease, "unreadable", outcome.detail);
  }
  const isSection = outcome.reading.extraction.kind === "listing";
  if (isSection && lease.page.foundBy === "seed") return listed(capture, lease, context);
  const { reading: page, parts } = await joinParts(outcome.reading, context);
  const { extraction, fingerprint, rule, encoding, packed } = page;
  if (!STORED_KINDS.has(extraction.kind) || extraction.article === null || packed === null) {
    const why = extraction.reasons[0] ?? "no article found";
    return skipped({ at, runId }, lease, extraction.kind, `${capture.finalUrl}: ${why}`);
  }
  const reading = {
    extraction,
    fingerprint,
    extractor: { program: context.program, rule },
    packed,
    encoding,
  };
  return { kind: "read", at, runId, nextAt: null, capture, reading, parts };
}

/** Reads a listing, feed or sitemap for more pages, and keeps it too: it proves what was on offer. */
async function listed(capture: Capture, lease: Lease, context: VisitContext): Promise<Visit> {
  const { deps, site, runId, isWanted } = context;
  const { page } = lease;
  const isEntrance = page.foundBy === "home" || page.foundBy === "seed";
  const found: Discovered = discover(capture, {
    siteId: site.id,
    site,
    role: page.role === "article" ? "listing" : page.role,
    isInScope: (url) => isSameSite(url, site.hosts),
    depth: isEntrance ? 1 : 0,
  });
  for (const message of found.problems) deps.onEvent({ kind: "problem", url: page.url, message });
  const sources = [...found.sources, ...found.pages.filter(({ role }) => role !== "article")];
  if (page.foundBy === "home") {
    const has = (role: PageRef["role"], named: readonly string[]): boolean =>
      named.length > 0 || sources.some((source) => source.role === role);
    const missing = {
      feed: !has("feed", site.feeds),
      sitemap: !context.hasSitemap && !has("sitemap", site.sitemaps),
    };
    // A guess is tried once, ever: what is not there today costs a request every hour otherwise.
    await deps.store.enqueue(guessedSources(site, missing), { now: deps.now(), known: "keep" });
  }
  await deps.store.enqueue(sources, {
    now: deps.now(),
    known: "revisit",
    unlessSince: context.sourcesSince,
  });
  return {
    kind: "listed",
    at: capture.fetchedAt,
    runId,
    nextAt: null,
    capture,
    packed: pack(capture.body),
    found: found.pages.filter((ref) => ref.role === "article" && isWanted(ref)),
  };
}

function withoutCapture(
  outcome: Exclude<FetchOutcome, { kind: "captured" }>,
  lease: Lease,
  base: { readonly at: number; readonly runId: number },
): Visit {
  const { at } = base;
  switch (outcome.kind) {
    case "not-modified":
      return { ...base, kind: "not-modified", nextAt: null };
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
