/**
 * Reads pages in worker threads, each page against a deadline. A page that exceeds it costs its
 * thread (which is replaced), never the crawl: the event loop stays free and the page is reported
 * as unreadable.
 */
import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import type { PackedBlock } from "../codec/index.ts";
import { loadThemes, type SiteRule } from "../sites/index.ts";
import { compileWhenSettled } from "./compile.ts";
import { keepPagesYoung } from "./heap.ts";
import type { PageJob, PageReading } from "./page.ts";
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

export type ReadOutcome =
  | { readonly kind: "read"; readonly reading: PageReading }
  | { readonly kind: "unreadable"; readonly detail: string };

export interface Workers {
  /** Reads one page. Never rejects for what a page contains. */
  read(job: PageJob): Promise<ReadOutcome>;
  /** Packs bodies into one block. They are given away: their owner sees them empty from now on. */
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
}

/** Opens the pool. Threads start with the first page, so a run that finds nothing pays nothing. */
export function openWorkers(options: WorkersOptions): Workers {
  const { budgetMs = PAGE_BUDGET_MS } = options;
  keepPagesYoung();
  compileWhenSettled();
  const threads = options.threads ?? Math.max(1, availableParallelism() - 1);
  const pool = new Piscina({
    filename: WORKER.href,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: IDLE_MS,
    workerData: { sites: options.sites, themes: loadThemes() } satisfies KnownRules,
    resourceLimits: { maxOldGenerationSizeMb: MAX_OLD_SPACE_MB },
  });
  let tickets = 0;
  const onStart = new Map<number, () => void>();
  pool.on("message", (ticket: number) => onStart.get(ticket)?.());
  // Pages that wait behind one that cost its thread would wait until the next is brought: piscina
  // replaces a lost thread only for a new task. An empty one will do.
  let waking: Promise<unknown> = Promise.resolve();
  const replaceThread = (): void => {
    if (pool.queueSize === 0) return;
    waking = Promise.allSettled([waking, pool.run(null, { name: "wake" })]);
  };
  return {
    async read(job) {
      const ticket = ++tickets;
      const deadline = new AbortController();
      const end = (): void => deadline.abort();
      let timer = setTimeout(end, START_BUDGET_MS + pool.queueSize * budgetMs);
      // The clock runs from when a thread takes the page: a busy machine is not the page's fault.
      onStart.set(ticket, () => {
        clearTimeout(timer);
        timer = setTimeout(end, budgetMs);
      });
      try {
        const transferList = job.pack === "lent" ? [job.body.buffer as ArrayBuffer] : [];
        const reading = await pool.run(
          { ticket, job },
          { name: "readPage", signal: deadline.signal, transferList },
        );
        return { kind: "read", reading };
      } catch (error) {
        if (deadline.signal.aborted) replaceThread();
        const detail = deadline.signal.aborted
          ? `${job.url}: reading took longer than ${budgetMs / 1000} s`
          : `${job.url}: reading failed: ${error instanceof Error ? error.message : String(error)}`;
        return { kind: "unreadable", detail };
      } finally {
        clearTimeout(timer);
        onStart.delete(ticket);
      }
    },
    packTogether: (bodies) =>
      pool.run(bodies, {
        name: "packTogether",
        transferList: bodies.map(({ buffer }) => buffer as ArrayBuffer),
      }),
    async close() {
      // A pool that is destroyed under a task throws at that task's answer.
      await waking;
      await pool.destroy();
    },
  };
}
