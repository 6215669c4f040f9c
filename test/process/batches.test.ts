import { MessageChannel } from "node:worker_threads";
import { expect, test } from "vitest";
import { createBatches, type RunBatch } from "../../src/process/batches.ts";
import type { PageJob, ReadOutcome } from "../../src/process/page.ts";

const LIMITS = { threads: 1, budgetMs: 40, startBudgetMs: 10_000 };
const KB = 1024;

const page = (name: string, bytes = 100 * KB): PageJob => ({
  ...{ url: `https://www.example.ly/${name}`, fetchedAt: 0, headers: [], siteId: null },
  ...{ body: new Uint8Array(bytes), explain: false, pack: false },
});
const nameOf = ({ url }: PageJob): string => url.slice(url.lastIndexOf("/") + 1);
/** What was read, as a thread that reads nothing would say it. */
const readBy = (job: PageJob): ReadOutcome => ({
  kind: "unreadable",
  detail: `read ${nameOf(job)}`,
});
const say = (outcome: ReadOutcome): string => (outcome.kind === "read" ? "" : outcome.detail);

/** A thread that answers when it is told to, page by page. */
function patientThread() {
  const batches: { readonly names: readonly string[]; readonly finish: () => void }[] = [];
  const run: RunBatch = (jobs) =>
    new Promise((resolve) => {
      batches.push({ names: jobs.map(nameOf), finish: () => resolve(jobs.map(readBy)) });
    });
  return { run, batches };
}

/** A thread that stops at these pages until its time is over, or dies of them. */
function threadThatFails(at: ReadonlySet<string>, how: "hangs" | "dies"): RunBatch {
  return (jobs, begun, signal) =>
    new Promise((resolve, reject) => {
      for (const [index, job] of jobs.entries()) {
        Atomics.store(begun, 0, index + 1);
        if (!at.has(nameOf(job))) continue;
        if (how === "dies") reject(new Error("out of memory"));
        else signal.addEventListener("abort", () => reject(signal.reason));
        return;
      }
      resolve(jobs.map(readBy));
    });
}

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("a page alone goes at once; what comes while all have work goes together", async () => {
  const { run, batches } = patientThread();
  const { read } = createBatches(run, LIMITS);
  const answers = ["a", "b", "c", "d", "e"].map((name) => read(page(name)));
  expect(batches.map(({ names }) => names)).toEqual([["a"], ["b"]]);
  batches[0]?.finish();
  await tick();
  expect(batches.map(({ names }) => names)).toEqual([["a"], ["b"], ["c", "d", "e"]]);
  for (const { finish } of batches) finish();
  expect((await Promise.all(answers)).map(say)).toEqual(
    ["a", "b", "c", "d", "e"].map((name) => `read ${name}`),
  );
});

test("a batch is of 16 pages or 2 MB at most; a larger page goes by itself", async () => {
  const { run, batches } = patientThread();
  const { read } = createBatches(run, LIMITS);
  const small = Array.from({ length: 70 }, (_, index) => page(String(index)));
  const large = ["large", "larger"].map((name) => page(name, 5 * KB * KB));
  for (const job of [page("first"), page("second"), ...small, ...large]) void read(job);
  for (let done = 0; done < batches.length; done++) {
    batches[done]?.finish();
    await tick();
  }
  expect(batches.map(({ names }) => names.length)).toEqual([1, 1, 16, 16, 16, 16, 6, 1, 1]);
});

test("several threads share what waits", async () => {
  const { run, batches } = patientThread();
  const { read } = createBatches(run, { ...LIMITS, threads: 2 });
  for (let name = 0; name < 14; name++) void read(page(String(name)));
  for (const { finish } of batches.slice(0, 3)) finish();
  await tick();
  expect(batches.map(({ names }) => names.length)).toEqual([1, 1, 1, 1, 5, 3, 1]);
});

for (const how of ["hangs", "dies"] as const) {
  test(`a page whose thread ${how} is given up alone, and named`, async () => {
    const { read } = createBatches(threadThatFails(new Set(["d", "f"]), how), LIMITS);
    const names = ["a", "b", "c", "d", "e", "f", "g"];
    const answers = await Promise.all(names.map((name) => read(page(name))));
    const why =
      how === "dies" ? "reading failed: out of memory" : "reading took longer than 0.04 s";
    expect(answers.map(say)).toEqual(
      names.map((name) =>
        name === "d" || name === "f" ? `https://www.example.ly/${name}: ${why}` : `read ${name}`,
      ),
    );
  });
}

test("the time is a page's own: a batch may take longer than one page may", async () => {
  const budgetMs = 1_000;
  const run: RunBatch = async (jobs, begun) => {
    for (const index of jobs.keys()) {
      Atomics.store(begun, 0, index + 1);
      await new Promise((resolve) => setTimeout(resolve, budgetMs / 8));
    }
    return jobs.map(readBy);
  };
  const { read } = createBatches(run, { ...LIMITS, budgetMs });
  const names = Array.from({ length: 12 }, (_, index) => String(index));
  const answers = await Promise.all(names.map((name) => read(page(name))));
  expect(answers.map(say)).toEqual(names.map((name) => `read ${name}`));
});

test("an answer that waits while this thread is busy is an answer", async () => {
  const { port1, port2 } = new MessageChannel();
  const run: RunBatch = (jobs, begun, signal) =>
    new Promise((resolve, reject) => {
      Atomics.store(begun, 0, 1);
      port1.on("message", () => resolve(jobs.map(readBy)));
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  const answer = createBatches(run, LIMITS).read(page("a"));
  // Its time runs; then the answer comes, and nobody is there to hear it until the time is over.
  await new Promise((resolve) => setTimeout(resolve, LIMITS.budgetMs / 2));
  port2.postMessage("done");
  for (const until = performance.now() + LIMITS.budgetMs * 3; performance.now() < until; );
  expect(say(await answer)).toBe("read a");
  port1.close();
});

test("what waits when it is closed is answered, and so is what comes later", async () => {
  const { run } = patientThread();
  const { read, close } = createBatches(run, { ...LIMITS, threads: 0 });
  const before = read(page("before"));
  close();
  const after = read(page("after"));
  expect((await Promise.all([before, after])).map(say)).toEqual([
    "https://www.example.ly/before: reading was stopped",
    "https://www.example.ly/after: reading was stopped",
  ]);
});
