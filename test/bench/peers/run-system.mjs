/**
 * Runs one system over pages and says what it answered and what it cost. A page that is not read within
 * its budget costs its process, which is replaced for the pages after it: no system can stop the bench.
 */
import { fork } from "node:child_process";

/** A page unread after this long counts as failed and as this much CPU. */
export const PAGE_BUDGET_MS = 20_000;

/**
 * CPU each process may spend on the same pages before its time is counted: compilers need it. At 3 s ours
 * is on its third pass of 90 pages and still a fifth slower than later on; a crawl reads pages for hours.
 */
export const WARM_UP_MS = 10_000;

/**
 * CPU that is counted at least, over as many passes as it takes: ours reads 90 pages in a third of a second,
 * in which one collection of garbage is a fifth. What is said is one pass.
 */
export const LEAST_MS = 4_000;

/**
 * @param pages `[{id, file, url}]`
 * @returns `{answers: {id: …}, crashes: [{id, error}], late: [id], cpuMs, worst: {id, ms}, maxRssKb}`
 */
export async function runSystem(system, pages, { wantsAnswers }) {
  const result = {
    answers: {},
    crashes: [],
    late: [],
    cpuMs: 0,
    worst: { id: null, ms: 0 },
    maxRssKb: 0,
  };
  let rest = pages;
  while (rest.length > 0) {
    rest = await runBatch(system, rest, { wantsAnswers, result });
  }
  return result;
}

/** Reads pages until the end or the first that costs the process; resolves to those still unread. */
function runBatch(system, pages, { wantsAnswers, result }) {
  return new Promise((resolve, reject) => {
    const child = fork(new URL("./read-pages.mjs", import.meta.url), [system], {
      env: { ...process.env, TZ: "UTC" },
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    let settled = 0;
    let batchMs = 0;
    let isReady = false;
    let warmingId = null;
    let isLate = false;
    let complaint = "";
    let timer;
    const startClock = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        isLate = true;
        child.kill("SIGKILL");
      }, PAGE_BUDGET_MS);
    };
    child.stderr.on("data", (chunk) => {
      complaint = `${complaint}${chunk}`.slice(-2_000);
    });
    child.on("message", (message) => {
      if (message === "ready") {
        isReady = true;
        child.send({ pages, wantsAnswers, warmUpMs: WARM_UP_MS, leastMs: LEAST_MS });
        startClock();
        return;
      }
      startClock();
      if ("passMs" in message) {
        batchMs = message.passMs;
        return;
      }
      if ("warmingId" in message) {
        ({ warmingId } = message);
        return;
      }
      settled += 1;
      const { id, answer, error, pageMs, totalMs, maxRssKb } = message;
      batchMs = totalMs;
      result.answers[id] = answer ?? null;
      if (error) result.crashes.push({ id, error });
      if (pageMs > result.worst.ms) result.worst = { id, ms: pageMs };
      result.maxRssKb = Math.max(result.maxRssKb, maxRssKb);
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      result.cpuMs += batchMs;
      if (!isReady) return reject(new Error(`${system} does not start: ${complaint}`));
      const unread = pages.slice(settled);
      if (unread.length === 0) return resolve(unread);
      const id = warmingId ?? unread[0].id;
      result.answers[id] = null;
      if (isLate) {
        result.late.push(id);
        result.cpuMs += PAGE_BUDGET_MS;
        result.worst = { id, ms: PAGE_BUDGET_MS };
      } else {
        result.crashes.push({ id, error: `process ended with ${code ?? signal}: ${complaint}` });
      }
      resolve(unread.filter((page) => page.id !== id));
    });
  });
}
