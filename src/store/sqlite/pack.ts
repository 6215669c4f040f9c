/**
 * Packing bodies into blocks. A block and its members' rows change in one transaction: a kill leaves
 * every body in its old form or its new one. What belongs together is packed together: the bodies of
 * one site once they fill a block; those of sites with few pages in a pool, once that is large.
 */
import { decompress, type Packable, packBlock, planBlocks, sketchOf } from "../../codec/index.ts";
import { WarraqError } from "../../errors.ts";
import type { PackedBody } from "../../model.ts";
import { type BodyRow, createBodies, SELECT_BODY } from "./bodies.ts";
import type { Database } from "./driver.ts";

/** A block, or bodies that were looked at and left. */
export interface PackStep {
  readonly bodies: number;
  readonly unpackedBytes: number;
  readonly beforeBytes: number;
  /** 0: left as they were. */
  readonly afterBytes: number;
  readonly damaged: readonly string[];
}

export interface Packer {
  /** Unpacked bytes of the bodies that stand by themselves, and how many they are. */
  waiting(): { readonly bodies: number; readonly bytes: number };
  /** Between two steps the connection is free for other work; whoever stops asking loses nothing. */
  steps(everything: boolean): Generator<PackStep, void>;
  /** Packs the members of a block anew, without those that are gone from it. */
  repack(blockId: number): void;
}

/** A site with less than fills a block (codec/plan.ts) goes into the pool. */
const SHELF_BYTES = 3 * 2 ** 20;
/** The pool waits for this much: the more it has to choose from, the more alike its neighbours are. */
const POOL_BYTES = 96 * 2 ** 20;
/** Unpacked at once: bounds memory. Real pages of many sites: .853 of gzip -6 with 64 MB, .846 with 96 or 128. */
const BATCH_BYTES = 96 * 2 ** 20;
/** A block with less in it is packed again when more has come. */
const HALF_EMPTY = { unpackedBytes: 1.5 * 2 ** 20, packedBytes: 160 * 1024 } as const;

interface Candidate {
  readonly id: number;
  readonly siteId: string | null;
  readonly unpackedBytes: number;
  readonly packedBytes: number;
  readonly blockId: number | null;
}

interface Loaded extends Packable {
  readonly candidate: Candidate;
  readonly body: Uint8Array;
}

export function createPacker(db: Database): Packer {
  const bodies = createBodies(db);
  const count = db.prepare<[], { bodies: number; bytes: number }>(/* sql */ `
    SELECT count(*) AS bodies, coalesce(sum(unpacked_bytes), 0) AS bytes FROM body
    WHERE block_id IS NULL AND pruned_at IS NULL`);
  const SELECT_CANDIDATES = /* sql */ `
    SELECT b.id, q.site_id AS siteId, b.unpacked_bytes AS unpackedBytes, b.block_id AS blockId,
      coalesce(length(k.bytes) * b.unpacked_bytes / max(1, k.unpacked_bytes), length(b.bytes))
        AS packedBytes
    FROM body b
    LEFT JOIN block k ON k.id = b.block_id
    LEFT JOIN capture c ON c.id = (SELECT min(id) FROM capture WHERE body_id = b.id)
    LEFT JOIN page p ON p.id = c.page_id
    LEFT JOIN queue q ON q.id = p.queue_id
    WHERE b.block_id IS NULL AND b.pruned_at IS NULL`;
  const ORDER = /* sql */ `ORDER BY q.site_id, p.role, c.via, b.id`;
  const alone = db.prepare<[], Candidate>(`${SELECT_CANDIDATES} ${ORDER}`);
  const aloneOrHalfEmpty = db.prepare<[], Candidate>(/* sql */ `
    ${SELECT_CANDIDATES} OR b.block_id IN (
      SELECT id FROM block WHERE unpacked_bytes < ${HALF_EMPTY.unpackedBytes}
        AND length(bytes) < ${HALF_EMPTY.packedBytes})
    ${ORDER}`);
  const select = db.prepare<[number], BodyRow>(/* sql */ `${SELECT_BODY} WHERE id = ?`);
  const addBlock = db.prepare(/* sql */ `
    INSERT INTO block (codec, unpacked_bytes, digest, bytes)
    VALUES (@codec, @unpackedBytes, @digest, @bytes)`);
  const move = db.prepare(/* sql */ `
    UPDATE body SET codec = 'block', bytes = x'', block_id = @blockId, block_at = @blockAt
    WHERE id = @id AND block_id IS @from AND pruned_at IS NULL`);
  const dropEmpty = db.prepare<[number]>(/* sql */ `
    DELETE FROM block WHERE id = ? AND NOT EXISTS (SELECT 1 FROM body WHERE block_id = block.id)`);
  const members = db.prepare<[number], Candidate>(/* sql */ `
    SELECT id, NULL AS siteId, unpacked_bytes AS unpackedBytes, 0 AS packedBytes,
      block_id AS blockId
    FROM body WHERE block_id = ? ORDER BY block_at, id`);

  /** @returns null when the body has changed its place meanwhile, or a digest when it is damaged */
  function load(candidate: Candidate): Loaded | string | null {
    const row = select.get(candidate.id);
    if (row === undefined || row.prunedAt !== null || row.blockId !== candidate.blockId)
      return null;
    const { bytes, unpackedBytes } = row;
    const digest = row.digest.toString("hex");
    try {
      const codec = row.codec as PackedBody["codec"];
      const body =
        row.blockId === null
          ? decompress({ codec, bytes, digest, unpackedBytes })
          : bodies.read(candidate.id);
      if (body.byteLength !== unpackedBytes) return digest;
      return {
        candidate,
        body,
        sketch: sketchOf(body),
        unpackedBytes,
        packedBytes: candidate.packedBytes,
      };
    } catch (error) {
      if (error instanceof WarraqError && error.code === "E_ARCHIVE_CORRUPT") return digest;
      throw error;
    }
  }

  function put(loaded: readonly Loaded[]): number {
    const block = packBlock(loaded.map(({ body }) => body));
    const row = { ...block, digest: Buffer.from(block.digest, "hex") };
    db.transaction(() => {
      const blockId = Number(addBlock.run(row).lastInsertRowid);
      let blockAt = 0;
      for (const { candidate, unpackedBytes } of loaded) {
        const { id, blockId: from } = candidate;
        if (move.run({ id, blockId, blockAt, from }).changes !== 1) {
          throw new Error(`body ${id} was changed by somebody else while it was packed`);
        }
        blockAt += unpackedBytes;
      }
      for (const id of blocksOf(loaded)) dropEmpty.run(id);
    }).immediate();
    return block.bytes.byteLength;
  }

  /** Packs what fills blocks. @returns the rest */
  function* shelve(shelf: readonly Candidate[], isLast: boolean): Generator<PackStep, Candidate[]> {
    let rest: Loaded[] = [];
    for (let from = 0; from < shelf.length; ) {
      const batch = [...rest];
      const damaged: string[] = [];
      let bytes = sum(rest, "unpackedBytes");
      for (; from < shelf.length && (bytes < BATCH_BYTES || batch.length === rest.length); from++) {
        const loaded = load(shelf[from] as Candidate);
        if (typeof loaded === "string") damaged.push(loaded);
        if (loaded === null || typeof loaded === "string") continue;
        batch.push(loaded);
        bytes += loaded.unpackedBytes;
      }
      rest = [];
      if (damaged.length > 0) {
        yield { bodies: 0, unpackedBytes: 0, beforeBytes: 0, afterBytes: 0, damaged };
      }
      for (const { members: indexes, isFull } of planBlocks(batch)) {
        const block = indexes.map((index) => batch[index] as Loaded);
        if (!isFull && !(isLast && from >= shelf.length)) rest = block;
        else {
          const beforeBytes = sum(block, "packedBytes");
          const afterBytes = put(block);
          const unpackedBytes = sum(block, "unpackedBytes");
          yield { bodies: block.length, unpackedBytes, beforeBytes, afterBytes, damaged: [] };
        }
      }
    }
    return rest.map(({ candidate }) => candidate);
  }

  return {
    waiting: () => count.get() ?? { bodies: 0, bytes: 0 },

    *steps(everything) {
      if (this.waiting().bodies === 0) return;
      const pool: Candidate[] = [];
      for (const shelf of bySite((everything ? aloneOrHalfEmpty : alone).all())) {
        if (sum(shelf, "unpackedBytes") < SHELF_BYTES) pool.push(...shelf);
        else pool.push(...(yield* shelve(shelf, false)));
      }
      if (!everything && sum(pool, "unpackedBytes") < POOL_BYTES) return;
      yield* shelve(pool, everything);
    },

    repack(blockId) {
      const loaded = members.all(blockId).map(load);
      const damaged = loaded.find((one) => typeof one === "string");
      if (damaged !== undefined) {
        throw new WarraqError("E_ARCHIVE_CORRUPT", `the stored body sha256:${damaged} is damaged`);
      }
      const whole = loaded.filter((one) => one !== null && typeof one !== "string");
      if (whole.length > 0) put(whole);
      else dropEmpty.run(blockId);
    },
  };
}

function blocksOf(loaded: readonly Loaded[]): ReadonlySet<number> {
  return new Set(loaded.flatMap(({ candidate }) => candidate.blockId ?? []));
}

/** Rows are in order of site. */
function* bySite(rows: readonly Candidate[]): Generator<readonly Candidate[]> {
  let from = 0;
  for (let at = 1; at <= rows.length; at++) {
    if (at < rows.length && rows[at]?.siteId === rows[from]?.siteId) continue;
    yield rows.slice(from, at);
    from = at;
  }
}

function sum<Field extends string>(
  rows: readonly Readonly<Record<Field, number>>[],
  field: Field,
): number {
  return rows.reduce((total, row) => total + row[field], 0);
}
