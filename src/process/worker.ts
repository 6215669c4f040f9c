/**
 * What runs inside a worker thread: one reader per thread, made from the rules the pool was opened
 * with. Started by pool.ts; imports pure rooms only.
 */
import { workerData } from "node:worker_threads";
import { type PackedBlock, packBlock } from "../codec/index.ts";
import type { SiteRule, ThemeRule } from "../sites/index.ts";
import {
  createPageReader,
  type PageJob,
  type PageReading,
  type ReadOutcome,
  type ReadPage,
} from "./page.ts";

/** Rules that were checked where the pool was opened: a thread needs nothing of what checks them. */
export interface KnownRules {
  readonly sites: readonly SiteRule[];
  readonly themes: readonly ThemeRule[];
}

let reader: ReadPage | undefined;

/**
 * The task piscina calls by name: the pages in order.
 *
 * @param task.begun - shared; says how many were begun, to whoever watches the time
 */
export function readPages(task: {
  readonly jobs: readonly PageJob[];
  readonly begun: Int32Array;
}): readonly ReadOutcome[] {
  reader ??= createPageReader(workerData as KnownRules);
  const read = reader;
  return task.jobs.map((job, index) => {
    Atomics.store(task.begun, 0, index + 1);
    try {
      return { kind: "read", reading: withoutBody(read(job)) };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { kind: "unreadable", detail: `${job.url}: reading failed: ${why}` };
    }
  });
}

/** Does nothing: its being asked for starts a thread (pool.ts). */
export function wake(): void {}

export function packTogether(bodies: readonly Uint8Array[]): PackedBlock {
  return packBlock(bodies);
}

const NO_BYTES = new Uint8Array();

/** A body that was not packed is a part of what all came in, and stays here (pool.ts). */
function withoutBody(reading: PageReading): PageReading {
  const { packed } = reading;
  if (packed?.codec !== "identity") return reading;
  return { ...reading, packed: { ...packed, bytes: NO_BYTES } };
}
