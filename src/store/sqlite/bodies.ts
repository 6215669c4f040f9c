/**
 * Bodies: the same bytes once, by digest, whoever sent them. A body stands by itself, or in a block
 * with others, or was pruned and only its digest is left. What is handed out was checked.
 */
import { bodyInBlock, checked, type PackedBlock, unpack, unpackBlock } from "../../codec/index.ts";
import { WarraqError } from "../../errors.ts";
import type { PackedBody } from "../../model.ts";
import type { BlockOfBodies } from "../store.ts";
import type { Database } from "./driver.ts";

export interface Bodies {
  /** Keeps it, unless it is kept already. @returns its id */
  add(packed: PackedBody): number;
  /** Keeps those of its bodies that are not kept already, where they are in the block. */
  addBlock(packed: BlockOfBodies): void;
  /** @throws {WarraqError} E_PRUNED, E_ARCHIVE_CORRUPT */
  read(id: number): Uint8Array;
}

export interface BodyRow {
  readonly codec: string;
  readonly bytes: Buffer;
  readonly digest: Buffer;
  readonly unpackedBytes: number;
  readonly blockId: number | null;
  readonly blockAt: number | null;
  readonly prunedAt: number | null;
}

export const SELECT_BODY = /* sql */ `
  SELECT codec, bytes, digest, unpacked_bytes AS unpackedBytes, block_id AS blockId,
    block_at AS blockAt, pruned_at AS prunedAt
  FROM body`;

/** A block's number is never given twice and a block never changes, so this never grows old. */
interface OpenBlock {
  readonly id: number;
  readonly whole: Buffer;
}

export function createBodies(db: Database): Bodies {
  const find = db.prepare<[Buffer], { readonly id: number; readonly prunedAt: number | null }>(
    /* sql */ `SELECT id, pruned_at AS prunedAt FROM body WHERE digest = ?`,
  );
  const insert = db.prepare<[Buffer, string, number, Uint8Array]>(
    /* sql */ `INSERT INTO body (digest, codec, unpacked_bytes, bytes) VALUES (?, ?, ?, ?)`,
  );
  const restore = db.prepare<[string, Uint8Array, number]>(
    /* sql */ `UPDATE body SET codec = ?, bytes = ?, pruned_at = NULL WHERE id = ?`,
  );
  const insertBlock = db.prepare(/* sql */ `
    INSERT INTO block (codec, unpacked_bytes, digest, bytes)
    VALUES (@codec, @unpackedBytes, @digest, @bytes)`);
  const insertMember = db.prepare(/* sql */ `
    INSERT INTO body (digest, codec, unpacked_bytes, bytes, block_id, block_at)
    VALUES (@key, 'block', @unpackedBytes, x'', @blockId, @blockAt)
    ON CONFLICT (digest) DO UPDATE SET codec = 'block', block_id = @blockId, block_at = @blockAt,
      pruned_at = NULL`);
  const select = db.prepare<[number], BodyRow>(/* sql */ `${SELECT_BODY} WHERE id = ?`);
  const selectBlock = db.prepare<[number], Omit<PackedBlock, "digest">>(
    /* sql */ `SELECT codec, bytes, unpacked_bytes AS unpackedBytes FROM block WHERE id = ?`,
  );
  let open: OpenBlock | null = null;

  function blockOf(id: number): Buffer | null {
    if (open?.id === id) return open.whole;
    const block = selectBlock.get(id);
    if (block === undefined) return null;
    open = { id, whole: unpackBlock(block) };
    return open.whole;
  }

  function bytesOf(id: number, isAgain: boolean): Uint8Array {
    const row = select.get(id);
    if (row === undefined) throw new Error(`there is no body ${id}`);
    const { bytes, unpackedBytes, blockId, blockAt, prunedAt } = row;
    const digest = row.digest.toString("hex");
    if (prunedAt !== null) throw pruned(digest, prunedAt);
    const codec = row.codec as PackedBody["codec"];
    if (blockId === null) return unpack({ codec, bytes, digest, unpackedBytes });
    const whole = blockOf(blockId);
    // Between the two questions somebody else may have packed it otherwise.
    if (whole === null && !isAgain) return bytesOf(id, true);
    const body = bodyInBlock(whole ?? Buffer.alloc(0), blockAt ?? 0, unpackedBytes);
    return checked(body, { codec, digest, unpackedBytes });
  }

  return {
    add({ codec, bytes, digest, unpackedBytes }) {
      const key = Buffer.from(digest, "hex");
      const known = find.get(key);
      if (known === undefined) {
        return Number(insert.run(key, codec, unpackedBytes, bytes).lastInsertRowid);
      }
      if (known.prunedAt !== null) restore.run(codec, bytes, known.id);
      return known.id;
    },
    addBlock({ block, members }) {
      let blockAt = 0;
      const wanted = members.flatMap(({ digest, unpackedBytes }) => {
        const one = { key: Buffer.from(digest, "hex"), unpackedBytes, blockAt };
        blockAt += unpackedBytes;
        const known = find.get(one.key);
        return known !== undefined && known.prunedAt === null ? [] : [one];
      });
      if (wanted.length === 0) return;
      const row = { ...block, digest: Buffer.from(block.digest, "hex") };
      const blockId = Number(insertBlock.run(row).lastInsertRowid);
      for (const one of wanted) insertMember.run({ ...one, blockId });
    },
    read: (id) => bytesOf(id, false),
  };
}

function pruned(digest: string, at: number): WarraqError {
  const day = new Date(at).toISOString().slice(0, "2019-04-23".length);
  return new WarraqError(
    "E_PRUNED",
    `the page's own bytes were pruned on ${day}; what is left is their digest, sha256:${digest}`,
  );
}
