/**
 * What runs inside a worker thread: one reader per thread, made from the rules the pool was opened
 * with. Started by pool.ts; imports pure rooms only.
 */
import { parentPort, workerData } from "node:worker_threads";
import { loadThemes, type SiteRule } from "../sites/index.ts";
import { createPageReader, type PageJob, type PageReading, type ReadPage } from "./page.ts";

let reader: ReadPage | undefined;

/** The task piscina calls by name; says by its ticket when the reading begins. */
export function readPage(task: { readonly ticket: number; readonly job: PageJob }): PageReading {
  reader ??= createPageReader({ sites: workerData as SiteRule[], themes: loadThemes() });
  parentPort?.postMessage(task.ticket);
  return reader(task.job);
}
