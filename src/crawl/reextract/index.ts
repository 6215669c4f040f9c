/**
 * Re-extraction: today's rules over the captures that are here already. The store's own pages go
 * through the same reading as fetched ones, in worker threads; what they say differently is counted
 * and, when asked for, recorded as a new extraction of the same version. Nothing is fetched, no
 * version is made, what was read before stays readable. Running it again changes nothing more, so it
 * may end at any instant.
 */
import type { ArticleRecord, Capture, RunCounters, RunReason } from "../../model.ts";
import { openWorkers, type PageReading } from "../../process/index.ts";
import type { SiteRule } from "../../sites/index.ts";
import type { ArticleFilter, Store } from "../../store/store.ts";
import { isRecord } from "../import/json-lines.ts";
import { startJoin, withArticle } from "../parts.ts";
import { asListed } from "../second-opinion.ts";
import { changesBetween, type FieldChange } from "./compare.ts";

export interface ReextractOptions {
  readonly filter: ArticleFilter;
  readonly versions: "latest" | "all";
  readonly sites: readonly SiteRule[];
  /** Stamp of the program: the other half of who read it. */
  readonly program: string;
  /** Only say what would change. */
  readonly isDryRun: boolean;
  /** Examples kept of each field. */
  readonly examples: number;
}

export interface ReextractDeps {
  readonly store: Store;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Called after each version, with how many there were. */
  readonly onVersion?: (done: number) => void;
}

export interface Example extends FieldChange {
  readonly articleId: string;
  readonly version: number;
  readonly url: string;
}

export interface ReextractReport {
  readonly reason: RunReason;
  readonly read: number;
  readonly changed: number;
  /** What was not read anew, by reason. */
  readonly skipped: Readonly<Record<Skip, number>>;
  /** Versions by field that differs, most first. */
  readonly fields: readonly { readonly field: string; readonly versions: number }[];
  readonly examples: readonly Example[];
}

/**
 * - `pruned`: the page's bytes are not kept any more;
 * - `imported`: its text came from another program, there never was a page;
 * - `nothing-read`: today's rules see no article there: kept as it is, and worth a look;
 * - `unreadable`: reading took too long.
 */
export type Skip = "pruned" | "imported" | "nothing-read" | "unreadable";

/** Versions being read while others are recorded: every thread busy, little to hold. */
const IN_HAND = 16;

/** The caller has opened the store, for writing and under its crawl lock unless it is a dry run. */
export async function reextract(
  options: ReextractOptions,
  { store, now, signal, onVersion }: ReextractDeps,
): Promise<ReextractReport> {
  const { filter, versions, sites, program, isDryRun } = options;
  const siteIds = new Set(sites.map(({ id }) => id));
  const run = isDryRun
    ? { id: 0 }
    : await store.beginRun({
        ...{ at: now(), command: "reextract", sites: filter.siteIds ?? [], program },
        options: { ...filter, versions },
      });
  const workers = openWorkers({ sites });
  const tally = createTally(options.examples);
  let reason: RunReason = "crashed";
  try {
    const inHand = new Set<Promise<void>>();
    let failed: unknown = null;
    for await (const record of store.scan(filter, versions)) {
      if (signal.aborted || failed !== null) break;
      const work = one(record)
        .catch((error: unknown) => {
          failed ??= error;
        })
        .finally(() => inHand.delete(work));
      inHand.add(work);
      if (inHand.size >= IN_HAND) await Promise.race(inHand);
    }
    await Promise.all(inHand);
    if (failed !== null) throw failed;
    reason = signal.aborted ? "signal" : isDryRun ? "dry-run" : "finished";
  } finally {
    await workers.close();
    if (!isDryRun) {
      await store.endRun(run.id, { at: now(), reason, counters: tally.counters() }).catch(() => {}); // a full disk already has its own error on the way out
    }
  }
  return { reason, ...tally.report() };

  async function one(record: ArticleRecord): Promise<void> {
    const reading = await readAnew(record);
    if (typeof reading === "string") tally.skip(reading);
    else {
      const { article } = reading.extraction;
      const changes = article === null ? [] : changesBetween(record.article, article);
      tally.read(record, changes);
      if (changes.length > 0 && !isDryRun) {
        const of = { articleId: record.id, version: record.version };
        const extractor = { program, rule: reading.rule };
        const { extraction, fingerprint } = reading;
        await store.reread(
          of,
          { extraction, fingerprint, extractor },
          { runId: run.id, at: now() },
        );
      }
    }
    onVersion?.(tally.done());
  }

  async function readAnew(record: ArticleRecord): Promise<PageReading | Skip> {
    const { id, version, article } = record;
    if (article.method === "imported") return "imported";
    const pages = await pagesOf(id, version);
    if (pages === null) return "pruned";
    // A record that came later may be of an earlier day than the page.
    if (pages.some(isRecord)) return "imported";
    const [first, ...parts] = await Promise.all(pages.map((page) => readPage(record, page)));
    if (first === undefined || first === null) return "unreadable";
    const read = first.extraction.article;
    if (read === null) return "nothing-read";
    const join = startJoin(read);
    let isCut = false;
    for (const part of parts) {
      const further = part?.extraction.article ?? null;
      if (further === null) isCut = true;
      else join.add(further);
    }
    const whole = parts.length === 0 ? read : join.article(isCut);
    return withArticle(first, article.method === "wp-json" ? asListed(whole) : whole);
  }

  async function pagesOf(id: string, version: number): Promise<readonly Capture[] | null> {
    try {
      const first = await store.rawCapture(id, version);
      return first === null ? null : [first, ...(await store.rawParts(id, version))];
    } catch (error) {
      if ((error as { readonly code?: unknown }).code === "E_PRUNED") return null;
      throw error;
    }
  }

  async function readPage(record: ArticleRecord, capture: Capture): Promise<PageReading | null> {
    const outcome = await workers.read({
      ...{ url: capture.finalUrl, fetchedAt: capture.fetchedAt, headers: capture.headers },
      siteId: siteIds.has(record.siteId) ? record.siteId : null,
      ...{ body: capture.body, explain: false, pack: false },
    });
    return outcome.kind === "read" ? outcome.reading : null;
  }
}

function createTally(mostExamples: number) {
  let read = 0;
  let changed = 0;
  const skipped: Record<Skip, number> = {
    ...{ pruned: 0, imported: 0, "nothing-read": 0, unreadable: 0 },
  };
  const counts = new Map<string, number>();
  const examples: Example[] = [];
  const skips = (): number => Object.values(skipped).reduce((sum, count) => sum + count, 0);
  return {
    skip: (reason: Skip) => void skipped[reason]++,
    read({ id, version, url }: ArticleRecord, changes: readonly FieldChange[]): void {
      read++;
      if (changes.length > 0) changed++;
      for (const change of changes) {
        const count = counts.get(change.field) ?? 0;
        counts.set(change.field, count + 1);
        if (count < mostExamples) examples.push({ articleId: id, version, url, ...change });
      }
    },
    done: () => read + skips(),
    counters: (): RunCounters => ({
      ...{ new: 0, changed, same: read - changed, gone: 0, skipped: skips(), failed: 0 },
      ...{ notModified: 0, requests: 0, bytes: 0 },
    }),
    report: () => ({
      ...{ read, changed, skipped },
      fields: [...counts]
        .map(([field, versions]) => ({ field, versions }))
        .sort((a, b) => b.versions - a.versions || (a.field < b.field ? -1 : 1)),
      // Those of one field together, however the threads came in.
      examples: examples.toSorted(
        (a, b) =>
          Number(a.field > b.field) - Number(a.field < b.field) ||
          Number(a.articleId.slice(1)) - Number(b.articleId.slice(1)) ||
          a.version - b.version,
      ),
    }),
  };
}
