/**
 * One system in a process of its own: `node read-pages.mjs <system>`. Gets one message
 * `{pages: [{id, file, url}], wantsAnswers, warmUpMs, leastMs}`, sends one message per page, goes on reading
 * the same pages until `leastMs` of CPU are counted, says what one pass took, `{passMs}`, and ends itself.
 *
 * CPU is the process's (user + system, its compiler and collector threads included) from the moment
 * the system is loaded, less what reading files, unpacking, decoding for the peers and sending answers
 * took. Before that it reads pages for `warmUpMs` of CPU, uncounted: `{warmingId}` says which, null when done.
 */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { decode } from "../../../dist/decode/index.js";
import { SYSTEMS } from "./systems.mjs";

const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

// Nothing leaves the machine, whatever a package would like to ask the network for.
globalThis.fetch = () => Promise.reject(new Error("no network in the benchmark"));
// Packages talk to the console about pages they do not understand.
for (const level of ["debug", "log", "info", "warn", "error"]) console[level] = () => {};

const read = await SYSTEMS[process.argv[2]].open();

const loadedAt = cpuMs();

process.once("message", async ({ pages, wantsAnswers, warmUpMs, leastMs }) => {
  // Time spent for the benchmark itself; taken off the process's own.
  let overheadMs = 0;
  const apart = (work) => {
    const before = cpuMs();
    const result = work();
    overheadMs += cpuMs() - before;
    return result;
  };
  const one = async (page) => {
    const job = apart(() => load(page));
    const before = cpuMs();
    let answer = null;
    let error;
    try {
      answer = (await read(job)) ?? null;
    } catch (thrown) {
      error = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    }
    return { id: page.id, answer, error, pageMs: cpuMs() - before };
  };
  for (let at = 0; cpuMs() - loadedAt < warmUpMs; at++) {
    const page = pages[at % pages.length];
    process.send({ warmingId: page.id });
    await one(page);
  }
  process.send({ warmingId: null });
  overheadMs = 0;
  const startedAt = cpuMs();
  const countedMs = () => cpuMs() - startedAt - overheadMs;
  for (const page of pages) {
    const reply = await one(page);
    if (!wantsAnswers) delete reply.answer;
    const maxRssKb = process.resourceUsage().maxRSS;
    apart(() => process.send({ ...reply, totalMs: countedMs(), maxRssKb }));
    // Promises and timers a system left behind are part of what it costs.
    await new Promise(setImmediate);
  }
  let passes = 1;
  for (; countedMs() < leastMs; passes++) {
    for (const page of pages) {
      await one(page);
      await new Promise(setImmediate);
    }
  }
  // Sent in order: when this one is out, the answers are.
  process.send({ passMs: countedMs() / passes }, () => process.exit(0));
});
process.send("ready");

function load({ file, url }) {
  const stored = readFileSync(file);
  const bytes = file.endsWith(".gz") ? gunzipSync(stored) : stored;
  return { bytes, url, html: decode({ body: bytes, headers: [] }).text };
}
