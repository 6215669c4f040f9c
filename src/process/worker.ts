/**
 * What runs inside a worker thread: one reader per thread, made from the rules the pool was opened
 * with. Started by pool.ts; imports pure rooms only.
 */
import { parentPort, workerData } from "node:worker_threads";
import { type PackedBlock, packBlock } from "../codec/index.ts";
import type { SiteRule, ThemeRule } from "../sites/index.ts";
import { createPageReader, type PageJob, type PageReading, type ReadPage } from "./page.ts";

/** Rules that were checked where the pool was opened: a thread needs nothing of what checks them. */
export interface KnownRules {
  readonly sites: readonly SiteRule[];
  readonly themes: readonly ThemeRule[];
}

let reader: ReadPage | undefined;

/** The task piscina calls by name; says by its ticket when the reading begins. */
export function readPage(task: {
  readonly ticket: number;
  readonly job: PageJob;
}): PageReading | Promise<PageReading> {
  reader ??= createPageReader(workerData as KnownRules);
  parentPort?.postMessage(task.ticket);
  const reading = reader(task.job);
  return task.job.pack === "lent" ? givenBack(reading) : reading;
}

/** Does nothing: its being asked for starts a thread (pool.ts). */
export function wake(): void {}

export function packTogether(bodies: readonly Uint8Array[]): PackedBlock {
  return packBlock(bodies);
}

/** The reading with its body moved, not copied, to whoever lent it. */
async function givenBack(reading: PageReading): Promise<PageReading> {
  const { packed } = reading;
  if (packed === null) return reading;
  const { move, transferableSymbol, valueSymbol } = await import("piscina");
  const moved = { [transferableSymbol]: [packed.bytes.buffer], [valueSymbol]: reading };
  return move(moved as unknown as ArrayBuffer) as unknown as PageReading;
}
