/** Reads every page of an evaluation folder with the built program, in several processes. */
import { fork } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A page still unread after this long is given up: its process is ended and replaced. */
const PAGE_TIMEOUT_MS = 20_000;

/** Truths of every `<folder>/<set>/truth.json`, by id; `only` names the sets wanted. */
export function loadTruths(folder, only = null) {
  const truths = {};
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = join(folder, entry.name, "truth.json");
    if (!existsSync(file) || (only && !only.includes(entry.name))) continue;
    for (const [id, truth] of Object.entries(JSON.parse(readFileSync(file, "utf8")))) {
      truths[id] = { ...truth, set: truth.set ?? entry.name };
    }
  }
  return truths;
}

/** `{answers: {id: …}, cpuMs, maxRssKb, errors}`; pages that fail answer null. */
export async function readPages(folder, truths, processes) {
  const queue = Object.entries(truths).map(([id, truth]) => ({
    id,
    file: join(folder, truth.html_path),
    url: truth.url ?? "",
  }));
  const result = { answers: {}, cpuMs: {}, maxRssKb: 0, errors: [] };
  await Promise.all(Array.from({ length: processes }, () => readFrom(queue, result)));
  return result;
}

async function readFrom(queue, result) {
  while (queue.length > 0) await drain(queue, result);
}

function drain(queue, result) {
  return new Promise((resolve) => {
    const child = fork(new URL("./read-pages.mjs", import.meta.url));
    let current = null;
    let timer;
    const fail = (detail) => {
      if (current === null) return;
      result.answers[current.id] = null;
      result.errors.push({ id: current.id, error: detail });
      current = null;
    };
    child.on("message", (message) => {
      clearTimeout(timer);
      if (message.maxRssKb !== undefined) {
        result.maxRssKb = Math.max(result.maxRssKb, message.maxRssKb);
        return;
      }
      if (message.id !== undefined) {
        result.answers[message.id] = message.answer;
        result.cpuMs[message.id] = message.cpuMs;
        if (message.error) result.errors.push({ id: message.id, error: message.error });
      }
      current = queue.shift() ?? null;
      if (current === null) {
        child.send("end");
        return;
      }
      timer = setTimeout(() => {
        fail(`no answer within ${PAGE_TIMEOUT_MS / 1000} s`);
        child.kill();
      }, PAGE_TIMEOUT_MS);
      child.send(current);
    });
    child.on("exit", (code) => {
      clearTimeout(timer);
      fail(`process ended with ${code}`);
      if (code !== 0 && Object.keys(result.cpuMs).length === 0) queue.length = 0;
      resolve();
    });
  });
}
