/**
 * What runs inside a worker thread: one reader per thread, made from the rules the pool was opened
 * with. Started by pool.ts; imports pure rooms only.
 */
import { workerData } from "node:worker_threads";
import { loadThemes, type SiteRule } from "../sites/index.ts";
import { createPageReader, type PageJob, type PageReading, type ReadPage } from "./page.ts";

let reader: ReadPage | undefined;

/** The task piscina calls by name. */
export function readPage(job: PageJob): PageReading {
  reader ??= createPageReader({ sites: workerData as SiteRule[], themes: loadThemes() });
  return reader(job);
}
