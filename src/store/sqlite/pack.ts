/**
 * Packing bodies into blocks. A block and its members' rows change in one transaction: a kill leaves
 * every body in its old form or its new one. What belongs together is packed together: the bodies of
 * one site once they fill a block; those of sites with few pages in a pool, once that is large.
 */
import {
  beginningOf,
  decompress,
  type Packable,
  type PackedBlock,
  packBlock,
  planBlocks,
  sketchOf,
} from "../../codec/index.ts";
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
/** Planned at once, by their sketches (about 5 KB each in memory): some 300 MB of pages. */
const MOST_PLANNED = 2_048;
/** A block with less in it is packed again when more has come. */
const HALF_EMPTY = { unpackedBytes: 1.5 * 2 ** 20, packedBytes: 160 * 1024 } as const;

interface Candidate {
  readonly id: number;
  readonly siteId: string | null;
  readonly unpackedBytes: number;
  readonly packedBytes: number;
  readonly blockId: number | null;
}

/** Looked at: what planning needs to know of it. */
interface Sketched extends Packable {
  readonly candidate: Candidate;
}

const NOTHING = new Uint8Array(0);

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

  /** @returns null when the body has changed its place meanwhile */
  function rowOf({ id, blockId }: Candidate): PackedBody | null {
    const row = select.get(id);
    if (row === undefined || row.prunedAt !== null || row.blockId !== blockId) return null;
    const { bytes, unpackedBytes } = row;
    return {
      ...{ codec: row.codec as PackedBody["codec"], digest: row.digest.toString("hex") },
      ...{ bytes, unpackedBytes },
    };
  }

  function look(candidate: Candidate): readonly Sketched[] {
    const { unpackedBytes, packedBytes } = candidate;
    const row = rowOf(candidate);
    if (row === null) return [];
    const beginning = candidate.blockId === null ? beginningOf(row) : load(candidate);
    const sketch = sketchOf(beginning instanceof Uint8Array ? beginning : NOTHING);
    return [{ candidate, sketch, unpackedBytes, packedBytes }];
  }

  /** @returns the bytes; null when the body has changed its place meanwhile, or its digest when it is damaged */
  function load(candidate: Candidate): Uint8Array | string | null {
    const row = rowOf(candidate);
    if (row === null) return null;
    try {
      const body = candidate.blockId === null ? decompress(row) : bodies.read(candidate.id);
      return body.byteLength === row.unpackedBytes ? body : row.digest;
    } catch (error) {
      if (error instanceof WarraqError && error.code === "E_ARCHIVE_CORRUPT") return row.digest;
      throw error;
    }
  }

  /** One block of those that are still where they were and whole. */
  function put(candidates: readonly Candidate[]): PackStep {
    const members: Candidate[] = [];
    const contents: Uint8Array[] = [];
    const damaged: string[] = [];
    for (const candidate of candidates) {
      const body = load(candidate);
      if (typeof body === "string") damaged.push(body);
      if (body === null || typeof body === "string") continue;
      members.push(candidate);
      contents.push(body);
    }
    const unpackedBytes = sum(members, "unpackedBytes");
    const beforeBytes = sum(members, "packedBytes");
    const afterBytes = members.length === 0 ? 0 : write(members, packBlock(contents));
    return { bodies: members.length, unpackedBytes, beforeBytes, afterBytes, damaged };
  }

  function write(members: readonly Candidate[], block: PackedBlock): number {
    const row = { ...block, digest: Buffer.from(block.digest, "hex") };
    db.transaction(() => {
      const blockId = Number(addBlock.run(row).lastInsertRowid);
      let blockAt = 0;
      for (const { id, blockId: from, unpackedBytes } of members) {
        if (move.run({ id, blockId, blockAt, from }).changes !== 1) {
          throw new Error(`body ${id} was changed by somebody else while it was packed`);
        }
        blockAt += unpackedBytes;
      }
      for (const id of blocksOf(members)) dropEmpty.run(id);
    }).immediate();
    return block.bytes.byteLength;
  }

  /** Packs what fills blocks. @returns the rest */
  function* shelve(shelf: readonly Candidate[], isLast: boolean): Generator<PackStep, Candidate[]> {
    let rest: readonly Sketched[] = [];
    for (let from = 0; from < shelf.length; ) {
      const sketched = [...rest, ...shelf.slice(from, from + MOST_PLANNED).flatMap(look)];
      from += MOST_PLANNED;
      rest = [];
      for (const { members, isFull } of planBlocks(sketched)) {
        const block = members.map((index) => sketched[index] as Sketched);
        if (!isFull && !(isLast && from >= shelf.length)) rest = block;
        else yield put(block.map(({ candidate }) => candidate));
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
      const kept = members.all(blockId);
      const damaged = kept.map(load).find((body) => typeof body === "string");
      if (damaged !== undefined) {
        throw new WarraqError("E_ARCHIVE_CORRUPT", `the stored body sha256:${damaged} is damaged`);
      }
      if (kept.length > 0) put(kept);
      else dropEmpty.run(blockId);
    },
  };
}

function blocksOf(members: readonly Candidate[]): ReadonlySet<number> {
  return new Set(members.flatMap(({ blockId }) => blockId ?? []));
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
