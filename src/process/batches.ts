/**
 * Pages on their way to threads. Handing one over costs a twentieth of what reading it costs, as much for
 * a dozen as for one; so while every thread has work the pages that come gather, and go together.
 *
 * A page is answered when its batch is. One that takes too long, or takes its thread with it, is told
 * apart by how far the batch had come: it alone is given up, those around it go to another thread.
 */
import type { PageJob, ReadOutcome } from "./page.ts";

/** Runs a batch in a thread. `begun` is set by the thread to how many pages it has begun. */
export type RunBatch = (
  jobs: readonly PageJob[],
  begun: Int32Array,
  signal: AbortSignal,
) => Promise<readonly ReadOutcome[]>;

export interface BatchLimits {
  readonly threads: number;
  /** From a page's beginning to its end. */
  readonly budgetMs: number;
  /** From when a batch is the next to be taken to its first page's beginning. */
  readonly startBudgetMs: number;
}

export interface Batches {
  read(job: PageJob): Promise<ReadOutcome>;
  /** What waits, and what comes from now on, is not read. */
  close(): void;
}

/** Some 50 ms of work: long beside what handing over costs, short beside what a thread's end would repeat. */
const MOST_PAGES = 16;
/** As many pages of the usual size. A larger page goes by itself. */
const MOST_BYTES = 2 * 2 ** 20;
/** One that a thread reads, and one that waits for it. */
const BATCHES_PER_THREAD = 2;
/** Looked at so often while a page's time runs: it may get this share more of it. */
const LOOKS_PER_BUDGET = 4;

interface Waiting {
  readonly job: PageJob;
  readonly answer: (outcome: ReadOutcome) => void;
}

export function createBatches(run: RunBatch, limits: BatchLimits): Batches {
  const { threads, budgetMs } = limits;
  /** The batch before it may be of slow pages. */
  const mostWaitMs = limits.startBudgetMs + MOST_PAGES * budgetMs;
  let waiting: Waiting[] = [];
  let underWay = 0;
  let isClosed = false;

  function handOver(): void {
    while (waiting.length > 0 && underWay < threads * BATCHES_PER_THREAD) {
      underWay++;
      void runOne(takeSome()).finally(() => {
        underWay--;
        handOver();
      });
    }
  }

  /** The first that wait; the other threads will ask for their share. */
  function takeSome(): readonly Waiting[] {
    const most = Math.min(MOST_PAGES, Math.ceil(waiting.length / threads));
    let bytes = 0;
    const over = waiting.findIndex(({ job }, index) => {
      bytes += job.body.byteLength;
      return index > 0 && (index >= most || bytes > MOST_BYTES);
    });
    return waiting.splice(0, over === -1 ? waiting.length : over);
  }

  async function runOne(batch: readonly Waiting[]): Promise<void> {
    const begun = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const deadline = watch(begun);
    try {
      const jobs = batch.map(({ job }) => job);
      const outcomes = await run(jobs, begun, deadline.signal);
      for (const [index, { answer }] of batch.entries()) answer(outcomes[index] as ReadOutcome);
    } catch (error) {
      const read = Atomics.load(begun, 0);
      const lost = Math.max(0, read - 1);
      const late =
        read === 0 ? "no thread took it in time" : `reading took longer than ${budgetMs / 1000} s`;
      const why = deadline.signal.aborted
        ? late
        : `reading failed: ${error instanceof Error ? error.message : String(error)}`;
      for (const [index, one] of batch.entries()) if (index === lost) giveUp(one, why);
      waiting = [...batch.filter((_, index) => index !== lost), ...waiting];
      if (isClosed) giveUpAll();
    } finally {
      deadline.end();
    }
  }

  /**
   * The clock runs from when a thread takes the page: a busy machine is not the page's fault. Nor is it
   * one that this thread was busy while the answer waited: that is looked at before a page is given up.
   */
  function watch(begun: Int32Array): { readonly signal: AbortSignal; readonly end: () => void } {
    const deadline = new AbortController();
    let seen = 0;
    let since = performance.now();
    let last: NodeJS.Immediate | undefined;
    const timer = setInterval(() => {
      const at = Atomics.load(begun, 0);
      if (at !== seen) {
        seen = at;
        since = performance.now();
      } else if (performance.now() - since > (at === 0 ? mostWaitMs : budgetMs)) {
        clearInterval(timer);
        last = setImmediate(() => deadline.abort());
      }
    }, budgetMs / LOOKS_PER_BUDGET);
    const end = (): void => {
      clearInterval(timer);
      clearImmediate(last);
    };
    return { signal: deadline.signal, end };
  }

  function giveUp({ job, answer }: Waiting, why: string): void {
    answer({ kind: "unreadable", detail: `${job.url}: ${why}` });
  }

  function giveUpAll(): void {
    for (const one of waiting.splice(0)) giveUp(one, "reading was stopped");
  }

  return {
    read: (job) =>
      new Promise((answer) => {
        waiting.push({ job, answer });
        if (isClosed) giveUpAll();
        else handOver();
      }),
    close() {
      isClosed = true;
      giveUpAll();
    },
  };
}
