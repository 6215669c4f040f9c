/**
 * Reads pages in worker threads, each page against a deadline. A page that exceeds it costs its
 * thread (which is replaced), never the crawl: the event loop stays free and the page is reported
 * as unreadable.
 */
import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import type { PackedBlock } from "../codec/index.ts";
import { loadThemes, type SiteRule } from "../sites/index.ts";
import { createBatches, type RunBatch } from "./batches.ts";
import { compileWhenSettled } from "./compile.ts";
import { keepPagesYoung } from "./heap.ts";
import type { PageJob, ReadOutcome } from "./page.ts";
import type { KnownRules } from "./worker.ts";

/** Five seconds: 1.1 MB of nested blocks kept a common parser busy for 58 s; ours needs under 1 s. */
const PAGE_BUDGET_MS = 5_000;
/** A thread that has not taken its page by then never will: a busy machine starts one in seconds. */
const START_BUDGET_MS = 120_000;
/** A page's tree and text stay far below this; a runaway page must not take the machine with it. */
const MAX_OLD_SPACE_MB = 512;
/** Idle threads are kept this long: between two polite requests lie five seconds. */
const IDLE_MS = 30_000;

/** Threads run what tsc made, also under the test runner: no loader of types reaches them on Node 20. */
const WORKER = new URL(
  import.meta.url.endsWith(".ts") ? "../../dist/process/worker.js" : "./worker.js",
  import.meta.url,
);

export interface Workers {
  /** Reads one page. Never rejects for what a page contains. */
  read(job: PageJob): Promise<ReadOutcome>;
  /** Packs bodies into one block. */
  packTogether(bodies: readonly Uint8Array[]): Promise<PackedBlock>;
  close(): Promise<void>;
}

export interface WorkersOptions {
  /** Rules the threads know, by id. */
  readonly sites: readonly SiteRule[];
  /** @default one less than the machine's cores, at least 1 */
  readonly threads?: number;
  /** @default 5000 */
  readonly budgetMs?: number;
  /** Of what lasts in a thread's heap. @default 512 */
  readonly maxOldSpaceMb?: number;
}

/** Opens the pool. Threads start with the first page, so a run that finds nothing pays nothing. */
export function openWorkers(options: WorkersOptions): Workers {
  const { budgetMs = PAGE_BUDGET_MS, maxOldSpaceMb = MAX_OLD_SPACE_MB } = options;
  keepPagesYoung();
  compileWhenSettled();
  const threads = options.threads ?? Math.max(1, availableParallelism() - 1);
  const pool = new Piscina({
    filename: WORKER.href,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: IDLE_MS,
    workerData: { sites: options.sites, themes: loadThemes() } satisfies KnownRules,
    resourceLimits: { maxOldGenerationSizeMb: maxOldSpaceMb },
  });
  // What waits behind a batch that cost its thread would wait until the next is brought: piscina
  // replaces a lost thread only for a new task. An empty one will do.
  let waking: Promise<unknown> = Promise.resolve();
  const replaceThread = (): void => {
    if (pool.queueSize === 0) return;
    waking = Promise.allSettled([waking, pool.run(null, { name: "wake" })]);
  };
  const run: RunBatch = async (jobs, begun, signal) => {
    const sent = inOneBuffer(jobs.map(({ body }) => body));
    const task = {
      jobs: jobs.map((job, index) => ({ ...job, body: sent[index] })),
      begun,
    };
    const options = { name: "readPages", signal, transferList: bufferOf(sent) };
    try {
      const outcomes: readonly ReadOutcome[] = await pool.run(task, options);
      return outcomes.map((outcome, index) => withBody(outcome, jobs[index] as PageJob));
    } catch (error) {
      replaceThread();
      throw error;
    }
  };
  const batches = createBatches(run, {
    ...{ threads, budgetMs, startBudgetMs: START_BUDGET_MS },
  });
  return {
    read: batches.read,
    packTogether: (bodies) => {
      const sent = inOneBuffer(bodies);
      return pool.run(sent, { name: "packTogether", transferList: bufferOf(sent) });
    },
    async close() {
      batches.close();
      // A pool that is destroyed under a task throws at that task's answer.
      await waking;
      await pool.destroy();
    },
  };
}

/** Copies of bodies that can be given to a thread in one go; their owner keeps its own. */
function inOneBuffer(bodies: readonly Uint8Array[]): readonly Uint8Array<ArrayBuffer>[] {
  const bytes = new Uint8Array(bodies.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let end = 0;
  return bodies.map((body) => {
    const begin = end;
    end += body.byteLength;
    bytes.set(body, begin);
    return bytes.subarray(begin, end);
  });
}

function bufferOf(sent: readonly Uint8Array<ArrayBuffer>[]): ArrayBuffer[] {
  return sent.slice(0, 1).map(({ buffer }) => buffer);
}

/** A body that was not packed did not travel back: it is the one that was sent. */
function withBody(outcome: ReadOutcome, { body }: PageJob): ReadOutcome {
  if (outcome.kind !== "read") return outcome;
  const { packed } = outcome.reading;
  if (packed?.codec !== "identity") return outcome;
  return { ...outcome, reading: { ...outcome.reading, packed: { ...packed, bytes: body } } };
}
