/** Verifying bodies and blocks: the bytes of every page, unpacked and held against their digests. */
import { hash } from "node:crypto";
import { bodyInBlock, checked, type PackedBlock, unpack, unpackBlock } from "../../codec/index.ts";
import { WarraqError } from "../../errors.ts";
import type { PackedBody } from "../../model.ts";
import type { Fault } from "../upkeep.ts";
import { type BodyRow, SELECT_BODY } from "./bodies.ts";
import type { Database } from "./driver.ts";
import type { Found } from "./verify-checks.ts";

interface BlockRow extends Omit<PackedBlock, "digest"> {
  readonly id: number;
  readonly digest: Buffer;
}

interface Row extends BodyRow {
  readonly id: number;
}

export function* checkBodies(db: Database): Generator<Found, void> {
  const select = SELECT_BODY.replace("SELECT", "SELECT id,");
  const blockAfter = db.prepare<[number], BlockRow>(/* sql */ `
    SELECT id, codec, bytes, digest, unpacked_bytes AS unpackedBytes FROM block
    WHERE id > ? ORDER BY id LIMIT 1`);
  const members = db.prepare<[number], Row>(/* sql */ `${select} WHERE block_id = ?`);
  const bodyAfter = db.prepare<[number], Row>(/* sql */ `
    ${select} WHERE block_id IS NULL AND id > ? ORDER BY id LIMIT 1`);

  for (let block = blockAfter.get(0); block !== undefined; block = blockAfter.get(block.id)) {
    yield checkBlock(block, members.all(block.id));
  }
  for (let row = bodyAfter.get(0); row !== undefined; row = bodyAfter.get(row.id)) {
    const kept =
      row.codec === "pruned" ? { pruned: 1 } : { bodies: 1, rawBytes: row.unpackedBytes };
    yield { faults: checkAlone(row), ...kept };
  }
}

function checkBlock(block: BlockRow, members: readonly Row[]): Found {
  const faults: Fault[] = [];
  const digest = block.digest.toString("hex");
  const looked = { blocks: 1, bodies: members.length, rawBytes: block.unpackedBytes };
  const fault = (what: string): void =>
    void faults.push({ table: "block", id: block.id, digest, what });
  if (hash("sha256", block.bytes, "hex") !== digest) fault("its bytes do not match the digest");
  if (members.length === 0) fault("no body is in it");
  const whole = attempt(() => unpackBlock(block), fault);
  if (whole === null) {
    for (const { id, digest: body } of members) {
      faults.push({
        table: "body",
        id,
        digest: body.toString("hex"),
        what: "its block is damaged",
      });
    }
    return { faults, ...looked };
  }
  for (const { id, unpackedBytes, blockAt, ...row } of members) {
    const body = { codec: "brotli", unpackedBytes, digest: row.digest.toString("hex") } as const;
    const say = (what: string): void => {
      faults.push({ table: "body", id, digest: body.digest, what });
    };
    if (row.codec !== "block" || row.bytes.length > 0 || row.prunedAt !== null) {
      say("it is in a block and yet is not");
    }
    attempt(() => checked(bodyInBlock(whole, blockAt ?? -1, unpackedBytes), body), say);
  }
  return { faults, ...looked };
}

function checkAlone({ id, codec, bytes, unpackedBytes, prunedAt, ...row }: Row): readonly Fault[] {
  const digest = row.digest.toString("hex");
  const faults: Fault[] = [];
  const say = (what: string): void => void faults.push({ table: "body", id, digest, what });
  if (prunedAt !== null || codec === "pruned") {
    const isSo = prunedAt !== null && codec === "pruned" && bytes.length === 0;
    if (!isSo) say("it is pruned and yet is not");
    return faults;
  }
  attempt(() => unpack({ codec: codec as PackedBody["codec"], bytes, digest, unpackedBytes }), say);
  return faults;
}

function attempt<T>(work: () => T, fault: (what: string) => void): T | null {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof WarraqError)) throw error;
    fault(error.message);
    return null;
  }
}
