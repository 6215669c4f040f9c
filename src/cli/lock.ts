/** Waiting for the archive: one crawl, import or re-extraction at a time writes to it. */
import { setTimeout as sleep } from "node:timers/promises";
import { WarraqError } from "../errors.ts";
import type { Store } from "../store/store.ts";
import type { Context } from "./command.ts";
import { humanSeconds } from "./report.ts";

/** How often a crawl that waits looks whether the other has ended. */
const LOCK_POLL_MS = 250;

/** @throws {WarraqError} E_LOCKED when another crawl holds the archive for longer than `waitMs` */
export async function takeLock(context: Context, store: Store, waitMs: number): Promise<void> {
  const { archivePath, log, now, signal } = context;
  const until = now() + waitMs;
  let isFirst = true;
  while (!store.lockForCrawl()) {
    if (now() >= until) {
      const hint = waitMs > 0 ? `waited ${humanSeconds(waitMs / 1_000)}` : "--wait-lock 10m waits";
      throw new WarraqError("E_LOCKED", `another crawl is running on ${archivePath}; ${hint}`);
    }
    if (isFirst) log.info(`another crawl is running on ${archivePath}; waiting for it`);
    isFirst = false;
    signal.throwIfAborted();
    await sleep(Math.min(LOCK_POLL_MS, until - now()), undefined, { signal });
  }
}
