/**
 * Import: a crawl without the network. Pages that others captured go through the same reading as
 * fetched ones (worker threads, rules of today) and into the same archive, each at the time it was
 * captured. Groups of pages are stored together with the place that was reached in the file, so an
 * import may end at any instant, and the next one goes on there; what is there already is not read
 * again.
 *
 *   file → items → wanted? known already? → read in a worker → in order again → stored by groups
 */
import { hash } from "node:crypto";
import { decideRole } from "../../discover/index.ts";
import { WarraqError } from "../../errors.ts";
import type { Capture, PageRef, RunReason } from "../../model.ts";
import { openWorkers, type Workers } from "../../process/index.ts";
import type { ImportedPage, Settled, Store } from "../../store/store.ts";
import { createPageFilter } from "../filter.ts";
import { packUp } from "../pack-up.ts";
import { openStop } from "../stop.ts";
import { packGroup } from "./blocks.ts";
import type { ImportDeps, ImportOptions, ImportReport, SourceReport } from "./options.ts";
import { articleVisit, pageVisit } from "./reading.ts";
import { createSiteChoice } from "./site-choice.ts";
import type { ImportItem, Source } from "./source.ts";
import { createImportTally } from "./tally.ts";

/** Pages being read while the file is read on: enough to keep every thread busy, little to hold. */
const IN_HAND = 8;
/**
 * Stored in one transaction, whichever is reached first: enough of one site to fill blocks (3 MB) even
 * where ten sites take turns, and no more than a second or two of work to be done again after a kill.
 */
const GROUP_PAGES = 256;
const GROUP_BYTES = 32 * 2 ** 20;

/**
 * Longer than a crawl gives a page: nobody waits, eight pages queue for a thread that may have to start
 * first, and on a machine that is busy tenfold a good page must not be given up for its neighbours.
 */
const PAGE_BUDGET_MS = 30_000;

/**
 * Runs one import. The caller has opened the store for writing and holds its crawl lock; for a dry run
 * the store may be read-only or null.
 *
 * @throws {WarraqError} only for trouble with the archive before anything was read; later trouble is
 *   the report's
 */
export async function runImport(options: ImportOptions, deps: ImportDeps): Promise<ImportReport> {
  const { store, now } = deps;
  const startedAt = now();
  const { isDryRun, program } = options;
  const names = options.sources.map(({ name }) => name);
  const terms = termsOf(options);
  const run =
    isDryRun || store === null
      ? { id: 0 }
      : await store.beginRun({
          ...{ at: startedAt, command: "import", program },
          sites: options.site === null ? [] : [options.site.id],
          options: { files: names, ...terms },
        });
  const stop = openStop(options, deps);
  const workers = openWorkers({ sites: options.sites, budgetMs: PAGE_BUDGET_MS });
  const sites = createSiteChoice(options, isDryRun ? null : store, deps);
  const isWanted = createPageFilter({ ...options, maxAgeMs: null }, now);
  const tally = createImportTally();
  const files: SourceReport[] = [];
  let reason: RunReason = "crashed";
  let trouble: WarraqError | null = null;
  try {
    for (const source of options.sources) {
      if (stop.reason() !== null) break;
      tally.begin(source);
      try {
        await readSource(source);
      } finally {
        files.push(tally.end());
      }
    }
    reason = stop.reason() ?? (isDryRun ? "dry-run" : "finished");
  } catch (error) {
    if (!(error instanceof WarraqError)) throw error;
    reason = "disk";
    trouble = error;
  } finally {
    stop.close();
    if (!isDryRun) {
      await store
        ?.endRun(run.id, { at: now(), reason, counters: tally.counters() })
        .catch(() => {}); // a full disk already has its own error on the way out
    }
    await workers.close();
  }
  if (store !== null) await packUp({ reason, elapsedMs: now() - startedAt }, { ...deps, store });
  return {
    ...{ runId: run.id, sources: sites.ids(), counters: tally.counters() },
    ...{ elapsedMs: now() - startedAt, reason, trouble, visited: tally.visited, files },
  };

  async function readSource(source: Source): Promise<void> {
    if (isDryRun || store === null) {
      for await (const item of source.items(0)) {
        if (stop.reason() !== null) return;
        await list(source, item);
      }
      return;
    }
    const { name, bytes, modifiedAt } = source;
    const noted = { name, bytes, modifiedAt, terms: JSON.stringify(terms) };
    const { id, reached } = await store.beginFile(noted, run.id);
    const line = createLine(source, id, store);
    try {
      for await (const item of source.items(reached)) {
        if (stop.reason() !== null) break;
        await line.take(item);
      }
      await line.end(stop.reason() === null);
    } finally {
      await line.letGo();
    }
  }

  /** Pages in the order of the file: some being read, some waiting to be stored together. */
  function createLine(source: Source, fileId: number, archive: Store) {
    const inHand: Promise<Taken>[] = [];
    let group: Taken[] = [];
    let groupBytes = 0;
    let addresses: PageRef[] = [];
    let reached = 0;

    async function store_(next: number | null): Promise<void> {
      if (addresses.length > 0) {
        tally.queued(await archive.enqueue(addresses, { now: now(), known: "keep" }));
        addresses = [];
      }
      const pages = group.flatMap(({ page }) => page ?? []);
      const packed = await packGroup(pages, workers);
      const progress = { reached: next, now: now(), blocks: packed.blocks };
      const settled = await archive.putImported(fileId, packed.pages, progress);
      for (const [index, page] of pages.entries()) report(page, settled[index]);
      group = [];
      groupBytes = 0;
      deps.onProgress?.(source, next ?? source.bytes, tally.visited);
    }
    async function settleFirst(): Promise<void> {
      const taken = await inHand.shift();
      if (taken === undefined) return;
      group.push(taken);
      groupBytes += bytesOf(taken);
      reached = taken.offset;
      if (group.length >= GROUP_PAGES || groupBytes >= GROUP_BYTES) await store_(reached);
    }
    return {
      async take(item: ImportItem): Promise<void> {
        tally.item(item);
        if (item.kind === "damage") {
          deps.onDamage?.({ file: source.name, offset: item.offset, detail: item.detail });
        }
        if (item.kind === "address") {
          const page = await addressed(item);
          if (page !== null) addresses.push(page);
          if (addresses.length >= GROUP_PAGES) await store_(item.offset);
          return;
        }
        // What it refers to may still be on its way.
        if (item.kind === "revisit") {
          while (inHand.length > 0) await settleFirst();
          if (group.length > 0) await store_(reached);
        }
        inHand.push(prepare(item, archive, workers));
        if (inHand.length >= IN_HAND) await settleFirst();
      },
      /** After trouble nothing may still be at work when the threads are stopped. */
      async letGo(): Promise<void> {
        await Promise.allSettled(inHand);
      },
      async end(isWhole: boolean): Promise<void> {
        while (inHand.length > 0) await settleFirst();
        if (group.length > 0 || isWhole) await store_(isWhole ? null : reached);
      },
    };
  }

  async function prepare(item: ImportItem, archive: Store, pool: Workers): Promise<Taken> {
    const { offset } = item;
    const nothing = { offset, page: null };
    switch (item.kind) {
      case "page":
      case "article": {
        const { capture } = item;
        const ref = await wanted(capture.url, capture.fetchedAt);
        if (ref === null) return nothing;
        if (await isKnown(capture, archive)) {
          tally.known(ref);
          return nothing;
        }
        const stamp = { runId: run.id, program };
        const visit =
          item.kind === "article"
            ? articleVisit(item, stamp)
            : await pageVisit(capture, ref.siteId, pool, stamp);
        return { offset, page: { page: ref, offset, visit } };
      }
      case "revisit": {
        const ref = await wanted(item.url, item.at);
        if (ref === null) return nothing;
        const { original, at, headers, url } = item;
        const before = original === null ? null : await originalOf(original, archive);
        if (before !== null) {
          const capture = {
            ...before,
            ...{ url, finalUrl: url, redirects: [] },
            // A copy: the archive may hand out a part of what it holds.
            ...{ headers, body: new Uint8Array(before.body) },
            fetchedAt: at,
          };
          return prepare({ kind: "page", offset, capture }, archive, pool);
        }
        const visit = await archive.lastVisit(url);
        if (visit === null || visit.articleId === null) {
          tally.pass("revisit of a page that is not here");
          return nothing;
        }
        return {
          offset,
          page: {
            page: ref,
            offset,
            visit: { kind: "not-modified", at, runId: run.id, nextAt: null },
          },
        };
      }
      default:
        return nothing;
    }
  }

  /** The page as the archive names it; null when this import is not after it. */
  async function wanted(url: string, at: number): Promise<PageRef | null> {
    const { from, to } = options;
    if ((from !== null && at < from) || (to !== null && at >= to)) return tally.pass("other days");
    const site = await sites.of(url);
    if (site === null) return tally.pass("other sites");
    // A front page has articles on it and is none, however much of one it shows.
    const { pathname, search } = new URL(url);
    if (pathname === "/" && search === "") return tally.pass("front page");
    const page: PageRef = {
      ...{ url, siteId: site.id, role: "article", foundBy: "import" },
      ...{ title: null, publishedAt: null, lastModifiedAt: null },
    };
    return isWanted(page) ? page : tally.pass("filtered");
  }

  /** An address for the next crawl; what it is, its form says, or in doubt the page itself. */
  async function addressed(
    item: Extract<ImportItem, { kind: "address" }>,
  ): Promise<PageRef | null> {
    const { url, title } = item;
    const site = await sites.of(url);
    if (site === null) return tally.pass("other sites");
    const byForm = decideRole(url, { site, anchorText: "" });
    const isFront = new URL(url).pathname === "/" && new URL(url).search === "";
    const role = item.role ?? (byForm.role === "listing" && !isFront ? "article" : byForm.role);
    const page: PageRef = {
      ...{ url, siteId: site.id, role, foundBy: "import", title },
      ...{ publishedAt: null, lastModifiedAt: null },
    };
    return isWanted(page) ? page : tally.pass("filtered");
  }

  async function isKnown(
    { url, fetchedAt, body }: Capture,
    archive: Store | null,
  ): Promise<boolean> {
    if (archive === null || !(await archive.isKnown(url))) return false;
    return archive.hasCapture(url, fetchedAt, hash("sha256", body, "hex"));
  }

  async function list(source: Source, item: ImportItem): Promise<void> {
    tally.item(item);
    if (item.kind === "damage") {
      deps.onDamage?.({ file: source.name, offset: item.offset, detail: item.detail });
    }
    if (item.kind === "address") {
      const page = await addressed(item);
      if (page === null) return;
      const isKnown = (await store?.isKnown(page.url)) === true;
      const { url, siteId } = page;
      const place = { file: source.name, offset: item.offset };
      await deps.onFound?.({ url, siteId, capturedAt: null, ...place, isKnown });
      return;
    }
    if (item.kind !== "page" && item.kind !== "article") return;
    const { url, fetchedAt } = item.capture;
    const page = await wanted(url, fetchedAt);
    if (page === null) return;
    await deps.onFound?.({
      ...{ url, siteId: page.siteId, capturedAt: fetchedAt, file: source.name },
      ...{ offset: item.offset, isKnown: await isKnown(item.capture, store) },
    });
  }

  function report({ page, visit }: ImportedPage, settled: Settled | undefined): void {
    if (settled === undefined) return;
    tally.settled(page, settled.result);
    const { url, siteId, role, foundBy } = page;
    const detail = visit.kind === "skipped" ? `${visit.reason}: ${visit.detail}` : "";
    deps.onEvent({ kind: "page", url, siteId, role, foundBy, settled, detail });
  }
}

/** What a revisit refers to; null when it is not here, or its bytes were pruned. */
async function originalOf(
  { url, at }: { readonly url: string; readonly at: number },
  archive: Store,
): Promise<Capture | null> {
  try {
    return await archive.captureAt(url, at);
  } catch (error) {
    if (error instanceof WarraqError && error.code === "E_PRUNED") return null;
    throw error;
  }
}

/** An item and what came of it: a page to be stored, or nothing. */
interface Taken {
  readonly offset: number;
  readonly page: ImportedPage | null;
}

function bytesOf({ page }: Taken): number {
  return page?.visit.kind === "read" ? page.visit.reading.packed.unpackedBytes : 0;
}

/** What was asked for, as the archive keeps it: the same file for another purpose is read anew. */
function termsOf({ site, include, exclude, from, to }: ImportOptions) {
  const sources = (patterns: readonly RegExp[]): string[] => patterns.map(({ source }) => source);
  return {
    ...{ site: site?.id ?? null, include: sources(include), exclude: sources(exclude) },
    ...{ from, to },
  };
}
