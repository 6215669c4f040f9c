/**
 * The frontier at a million known URLs: how long the archive takes to open, what memory it takes, how
 * fast the oldest due page of each host is lent and given back. Opened in a process of its own.
 *
 *   node test/bench/frontier.mjs [URLS]
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const HOSTS = 40;
const BATCH = 20_000;
const NOW = Date.UTC(2026, 5, 1);
const LEASES = 2_000;

/** @returns {Promise<string[][]>} rows of what, figure, compared */
export async function frontier({ urls = 1_000_000, say = () => {} } = {}) {
  const { openStore } = await import("../../dist/store/index.js");
  const folder = mkdtempSync(join(tmpdir(), "warraq-frontier-"));
  const path = join(folder, "warraq.db");
  try {
    const store = await openStore({ path, mode: "write" });
    const start = performance.now();
    for (let done = 0; done < urls; done += BATCH) {
      const pages = Array.from({ length: Math.min(BATCH, urls - done) }, (_, at) =>
        page(done + at),
      );
      await store.enqueue(pages, { now: dueOf(done), known: "keep" });
      if (done % 200_000 === 0) say(`  ${done} URLs`);
    }
    const perSecond = urls / ((performance.now() - start) / 1000);
    await store.close();
    const args = [fileURLToPath(import.meta.url), "--open", path];
    const child = execFileSync(process.execPath, args, { encoding: "utf8" });
    const { openMs, rssMb, leasesPerSecond, isOldestFirst } = JSON.parse(child);
    const empty = join(folder, "empty.db");
    await (await openStore({ path: empty, mode: "write" })).close();
    const bare = JSON.parse(
      execFileSync(process.execPath, [args[0], "--open", empty], { encoding: "utf8" }),
    );
    if (!isOldestFirst) throw new Error("leases were not oldest due first");
    return [
      [
        `frontier of ${urls} URLs: opened in`,
        `${openMs.toFixed(0)} ms`,
        `${bare.openMs.toFixed(0)} ms when empty`,
      ],
      [
        "its memory after 2,000 leases",
        `${rssMb.toFixed(0)} MB`,
        `${bare.rssMb.toFixed(0)} MB when empty`,
      ],
      [
        "its leases and returns per second",
        leasesPerSecond.toFixed(0),
        "one host each, oldest due first",
      ],
      ["URLs added per second", perSecond.toFixed(0), ""],
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Times run backwards: what was found last is due first. */
const dueOf = (number) => NOW - Math.floor(number / BATCH);

function page(number) {
  const host = `n${number % HOSTS}.example.ly`;
  const url = `https://${host}/2024/05/${(number % 28) + 1}/khabar-${number}/`;
  const hints = { title: null, publishedAt: null, lastModifiedAt: null };
  return { url, siteId: `n${number % HOSTS}`, role: "article", foundBy: "sitemap", ...hints };
}

/** In the child: what opening costs, and what leasing does. */
async function measureOpen(path) {
  const { openStore } = await import("../../dist/store/index.js");
  const start = performance.now();
  const store = await openStore({ path, mode: "write" });
  const ask = { now: NOW + 1, limit: 1, holdMs: 60_000 };
  const [first] = await store.lease(ask);
  const openMs = performance.now() - start;
  if (first !== undefined) await store.release(first, NOW + 10 ** 9);
  let before = Number.NEGATIVE_INFINITY;
  let isOldestFirst = true;
  let count = 0;
  const from = performance.now();
  for (; first !== undefined && count < LEASES; count++) {
    const [lease] = await store.lease(ask);
    if (lease === undefined) break;
    const dueAt = dueOf(Number(/khabar-(\d+)/.exec(lease.page.url)?.[1]));
    isOldestFirst &&= dueAt >= before;
    before = dueAt;
    await store.release(lease, NOW + 10 ** 9);
  }
  const leasesPerSecond = count / ((performance.now() - from) / 1000);
  const rssMb = process.memoryUsage().rss / 2 ** 20;
  await store.close();
  console.log(JSON.stringify({ openMs, rssMb, leasesPerSecond, isOldestFirst }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv[2] === "--open") await measureOpen(process.argv[3]);
  else {
    const urls = Number(process.argv[2] ?? 1_000_000);
    const rows = await frontier({ urls, say: (text) => console.error(text) });
    for (const cells of rows) console.log(`| ${cells.join(" | ")} |`);
  }
}
