/**
 * Import: a crawl without the network. Pages that others captured go through the same reading as
 * fetched ones (worker threads, rules of today) and into the same archive, each at the time it was
 * captured. Groups of pages are stored together with the place that was reached in the file, so an
 * import may end at any instant, and the next one goes on there; what is there already is not read
 * again.
 *
 *   file → items → wanted? known already? → read in a worker → in order again → stored by groups
 */
import { WarraqError } from "../../errors.ts";
import type { RunReason } from "../../model.ts";
import { openWorkers } from "../../process/pool.ts";
import { createPageFilter } from "../filter.ts";
import { packUp } from "../pack-up.ts";
import { openStop } from "../stop.ts";
import { createLine } from "./line.ts";
import { createListing } from "./listing.ts";
import type { ImportDeps, ImportOptions, ImportReport, SourceReport } from "./options.ts";
import { createPrepare } from "./prepare.ts";
import { createSiteChoice } from "./site-choice.ts";
import type { Source } from "./source.ts";
import { createImportTally } from "./tally.ts";
import { createWanted } from "./wanted.ts";

export { exitCodeOf } from "../exit-code.ts";
export { type ImportPlace, lookAt, sourcesOf } from "./open.ts";
export type {
  FoundPage,
  ImportDamage,
  ImportOptions,
  ImportReport,
  SourceReport,
} from "./options.ts";
export { IMPORT_PROFILES, type ImportProfile } from "./source.ts";

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
  const wanted = createWanted(options, sites, isWanted, tally);
  const list = createListing(store, wanted, tally, deps);
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
    const stamp = { runId: run.id, program };
    const prepare = createPrepare({ archive: store, workers, wanted, tally, stamp });
    const line = createLine({
      ...{ source, fileId: id, archive: store, workers, wanted, prepare, tally, deps },
    });
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
}

/** What was asked for, as the archive keeps it: the same file for another purpose is read anew. */
function termsOf({ site, include, exclude, from, to }: ImportOptions) {
  const sources = (patterns: readonly RegExp[]): string[] => patterns.map(({ source }) => source);
  return {
    ...{ site: site?.id ?? null, include: sources(include), exclude: sources(exclude) },
    ...{ from, to },
  };
}
