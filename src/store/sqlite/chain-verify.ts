/**
 * Recomputing the chain. In batches, so that a crawl may go on writing meanwhile: looked at is what
 * was there at the start.
 */
import { setImmediate } from "node:timers/promises";
import type { BrokenLink, ChainReport, ChainStore } from "../store.ts";
import {
  digestsOf,
  hashOf,
  type LinkRow,
  type Marks,
  PARTS,
  partsOf,
  SELECT_LINK,
  START,
} from "./chain.ts";
import { createOrderCheck } from "./chain-order.ts";
import { createBoundRows } from "./chain-rows.ts";
import type { Database } from "./driver.ts";

type Before = Pick<LinkRow, "id" | "hash"> & Marks;

/** Links looked at between two looks at the clock and the signal. */
const BATCH_LINKS = 200;

export function createChainVerifier(db: Database): ChainStore["verifyChain"] {
  const rows = createBoundRows(db);
  const batch = db.prepare<[number, number], LinkRow>(/* sql */ `
    ${SELECT_LINK} WHERE id > ? AND id <= ? ORDER BY id LIMIT ${BATCH_LINKS}`);
  const last = db.prepare<[], { id: number; hash: Buffer }>(
    /* sql */ `SELECT id, hash FROM link ORDER BY id DESC LIMIT 1`,
  );
  const findNoted = db
    .prepare<[Buffer], number>(/* sql */ `SELECT id FROM link WHERE hash = ?`)
    .pluck();
  const adopted = db
    .prepare<[], number>(/* sql */ `SELECT count(*) FROM link WHERE kind = 'adopted'`)
    .pluck();
  const order = createOrderCheck(db);

  return async ({ noted, signal, onProgress } = {}): Promise<ChainReport> => {
    const head = last.get();
    const broken =
      (await links(head?.id ?? 0, signal, onProgress)) ??
      order() ??
      (noted !== undefined && findNoted.get(Buffer.from(noted, "hex")) === undefined
        ? chainBroken(`no link has the noted hash ${noted}: the chain was written anew, or cut`)
        : null);
    return {
      links: head?.id ?? 0,
      adopted: adopted.get() ?? 0,
      head: head?.hash.toString("hex") ?? null,
      broken,
    };
  };

  async function links(
    to: number,
    signal?: AbortSignal,
    onProgress?: (done: number, all: number) => void,
  ): Promise<BrokenLink | null> {
    const seqs = new Map<number | null, number>();
    let before: Before = START;
    for (;;) {
      const found = batch.all(before.id, to);
      if (found.length === 0) break;
      for (const link of found) {
        const broken = check(link, before, seqs);
        if (broken !== null) return broken;
        before = link;
      }
      onProgress?.(before.id, to);
      await setImmediate();
      signal?.throwIfAborted();
    }
    return before.id === to ? null : chainBroken(`link ${before.id + 1} is missing`);
  }

  function check(
    link: LinkRow,
    before: Before,
    seqs: Map<number | null, number>,
  ): BrokenLink | null {
    const { id, runId, seq } = link;
    if (id !== before.id + 1) return chainBroken(`link ${before.id + 1} is missing`);
    const place = { link: id, runId, seq };
    if (seq !== (seqs.get(runId) ?? 0) + 1) {
      return { ...place, table: null, detail: "its number within the run is wrong" };
    }
    seqs.set(runId, seq);
    const digests = digestsOf(rows, link, before);
    const parts = partsOf(digests);
    const size = parts.length / PARTS.length;
    const at = PARTS.findIndex(
      (_, part) =>
        !parts
          .subarray(part * size)
          .subarray(0, size)
          .equals(link.parts.subarray(part * size).subarray(0, size)),
    );
    const table = PARTS[at] ?? null;
    if (table !== null) {
      return { ...place, table, detail: `${rangeOf(table, link, before)} not as stored` };
    }
    if (!hashOf(before.hash, link, digests).equals(link.hash)) {
      return { ...place, table: null, detail: "its hash does not follow from the link before it" };
    }
    return null;
  }
}

function rangeOf(table: (typeof PARTS)[number], link: LinkRow, before: Marks): string {
  if (table === "run") return `run ${link.runId} is`;
  const [from, to] = [before[`${table}To`] + 1, link[`${table}To`]];
  if (to < from) return `${table} rows are there that were not, and`;
  return from === to ? `${table} ${to} is` : `${table} ${from} to ${to} are`;
}

export function chainBroken(detail: string): BrokenLink {
  return { link: null, runId: null, seq: null, table: null, detail };
}
