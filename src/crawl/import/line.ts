/**
 * Pages in the order of their file: some being read, some waiting to be stored together, in one
 * transaction with the place that was reached.
 */
import type { PageRef } from "../../model.ts";
import { growBeforeCollecting, type Workers } from "../../process/index.ts";
import type { ImportedPage, Settled, Store } from "../../store/store.ts";
import { urlKey } from "../../url/index.ts";
import { packGroup } from "./blocks.ts";
import type { ImportDeps } from "./options.ts";
import type { Taken } from "./prepare.ts";
import type { ImportItem, Source } from "./source.ts";
import type { ImportTally } from "./tally.ts";
import type { Wanted } from "./wanted.ts";

/**
 * Pages being read while the file is read on, so that the threads have work while a group is stored, which
 * takes as long as reading a hundred. Whole imports took 16.6 s with 8, 13.4 with 64 (and as much less CPU:
 * pages go to a thread together), 15.0 with 128, on a busy machine.
 */
const IN_HAND = 64;
/** Of pages a hundred times as long as usual, fewer: two beside the one that is read. */
const IN_HAND_BYTES = 16 * 2 ** 20;
/** Ten times an ordinary page: what it leaves behind is worth collecting soon. */
const LARGE_BYTES = 2 ** 20;
/**
 * Stored in one transaction, whichever is reached first: enough of one site to fill blocks (3 MB) even
 * where ten sites take turns, and no more than a second or two of work to be done again after a kill.
 */
const GROUP_PAGES = 256;
const GROUP_BYTES = 32 * 2 ** 20;
/**
 * A text is in memory five times over while it is stored: as it was read, folded, as words to find it by.
 * An ordinary page has 3,000 characters of it: no group of such comes near.
 */
const GROUP_CHARS = 4 * 2 ** 20;
/** An import that is killed in its first seconds keeps what it has done by then. */
const FIRST_GROUP_PAGES = 16;
const FIRST_GROUP_MS = 2_000;

export interface LineParts {
  readonly source: Source;
  readonly fileId: number;
  readonly archive: Store;
  readonly workers: Workers;
  readonly wanted: Wanted;
  readonly prepare: (item: ImportItem) => Promise<Taken>;
  readonly tally: ImportTally;
  readonly deps: Pick<ImportDeps, "now" | "onEvent" | "onDamage" | "onProgress">;
}

export interface Line {
  take(item: ImportItem): Promise<void>;
  /** Stores what is waiting; `isWhole` says that the file was read to its end. */
  end(isWhole: boolean): Promise<void>;
  /** After trouble nothing may still be at work when the threads are stopped. */
  letGo(): Promise<void>;
}

export function createLine(parts: LineParts): Line {
  const { source, fileId, archive, workers, wanted, prepare, tally, deps } = parts;
  const { now } = deps;
  const inHand: { readonly bytes: number; readonly taken: Promise<Waiting> }[] = [];
  let inHandBytes = 0;
  let group: Waiting[] = [];
  let groupBytes = 0;
  let groupChars = 0;
  const startedAt = now();
  let isFirst = true;
  let hasLarge = false;
  let addresses: PageRef[] = [];
  let reached = 0;
  /** Addresses taken and not stored yet, by key, and how often. */
  const waiting = new Map<string, number>();

  async function storeGroup(next: number | null): Promise<void> {
    if (addresses.length > 0) {
      tally.queued(await archive.enqueue(addresses, { now: now(), known: "keep" }));
      addresses = [];
    }
    const pages = group.flatMap(({ page }) => page ?? []);
    const packed = await packGroup(pages, workers);
    const progress = { reached: next, now: now(), blocks: packed.blocks };
    const settled = await archive.putImported(fileId, packed.pages, progress);
    for (const [index, page] of pages.entries()) report(page, settled[index]);
    for (const { key } of group) wait(key, -1);
    group = [];
    groupBytes = 0;
    groupChars = 0;
    isFirst = false;
    expectLarge(inHand.some(({ bytes }) => bytes >= LARGE_BYTES));
    deps.onProgress?.(source, next ?? source.bytes, tally.visited);
  }

  function wait(key: string | null, more: number): void {
    if (key === null) return;
    const count = (waiting.get(key) ?? 0) + more;
    if (count > 0) waiting.set(key, count);
    else waiting.delete(key);
  }

  async function settleFirst(): Promise<void> {
    const first = inHand.shift();
    if (first === undefined) return;
    const taken = await first.taken;
    inHandBytes -= first.bytes;
    group.push(taken);
    groupBytes += bytesOf(taken);
    groupChars += charsOf(taken);
    reached = taken.offset;
    if (isFull()) await storeGroup(reached);
  }

  function expectLarge(isExpected: boolean): void {
    if (hasLarge === isExpected) return;
    hasLarge = isExpected;
    growBeforeCollecting({ ofLarge: hasLarge });
  }

  function isFull(): boolean {
    if (groupBytes >= GROUP_BYTES || groupChars >= GROUP_CHARS) return true;
    if (!isFirst) return group.length >= GROUP_PAGES;
    return group.length >= FIRST_GROUP_PAGES || now() - startedAt >= FIRST_GROUP_MS;
  }

  return {
    async take(item: ImportItem): Promise<void> {
      tally.item(item);
      if (item.kind === "damage") {
        deps.onDamage?.({ file: source.name, offset: item.offset, detail: item.detail });
      }
      if (item.kind === "address") {
        const page = await wanted.address(item);
        if (page !== null) addresses.push(page);
        if (addresses.length >= GROUP_PAGES) await storeGroup(item.offset);
        return;
      }
      // What it refers to may still be on its way.
      if (item.kind === "revisit" && refersTo(item).some((key) => waiting.has(key))) {
        while (inHand.length > 0) await settleFirst();
        if (group.length > 0) await storeGroup(reached);
      }
      wait(keyOf(item), 1);
      const bytes = bytesIn(item);
      inHandBytes += bytes;
      if (bytes >= LARGE_BYTES) expectLarge(true);
      inHand.push({
        bytes,
        taken: prepare(item).then((taken) => ({ ...taken, key: keyOf(item) })),
      });
      if (inHand.length >= IN_HAND) await settleFirst();
      while (inHandBytes > IN_HAND_BYTES && inHand.length > 1) await settleFirst();
    },
    async letGo(): Promise<void> {
      await Promise.allSettled(inHand.map(({ taken }) => taken));
    },
    async end(isWhole: boolean): Promise<void> {
      while (inHand.length > 0) await settleFirst();
      if (group.length > 0 || isWhole) await storeGroup(isWhole ? null : reached);
    },
  };

  function report({ page, visit }: ImportedPage, settled: Settled | undefined): void {
    if (settled === undefined) return;
    tally.settled(page, settled.result);
    const { url, siteId, role, foundBy } = page;
    const detail = visit.kind === "skipped" ? `${visit.reason}: ${visit.detail}` : "";
    deps.onEvent({ kind: "page", url, siteId, role, foundBy, settled, detail });
  }
}

function bytesOf({ page }: Taken): number {
  return page?.visit.kind === "read" ? page.visit.reading.packed.unpackedBytes : 0;
}

function charsOf({ page }: Taken): number {
  return page?.visit.kind === "read"
    ? (page.visit.reading.extraction.article?.body.length ?? 0)
    : 0;
}

function bytesIn(item: ImportItem): number {
  return item.kind === "page" || item.kind === "article" ? item.capture.body.length : 0;
}

interface Waiting extends Taken {
  readonly key: string | null;
}

/** Of what an item may be referred to later; null when it is nothing of the kind. */
function keyOf(item: ImportItem): string | null {
  if (item.kind === "page" || item.kind === "article") return urlKey(item.capture.url);
  return item.kind === "revisit" ? urlKey(item.url) : null;
}

function refersTo({ url, original }: Extract<ImportItem, { kind: "revisit" }>): string[] {
  return [urlKey(url), ...(original === null ? [] : [urlKey(original.url)])];
}
