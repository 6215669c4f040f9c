/**
 * The hash chain: every settle that stores something appends a link, in its own transaction. A link is
 * SHA-256 over the link before it and the rows added since, so no row that was bound can be changed,
 * removed, put in or moved without breaking every link from there on. One chain runs through all
 * runs: the first link of a run binds the end of the one before. Who can write to the file can
 * compute the whole chain anew; who noted a head elsewhere will see it.
 */
import { hash } from "node:crypto";
import { type BoundRows, createBoundRows, NO_ROWS, type Range } from "./chain-rows.ts";
import type { Database } from "./driver.ts";

export type LinkKind = "adopted" | "visit" | "import" | "extraction" | "end";

export interface Chain {
  /** Binds the rows added since the last link; does nothing when there are none. */
  append(kind: Exclude<LinkKind, "adopted" | "end">, runId: number, at: number): void;
  /** Binds how a run ended, and notes its head and its number of links with it. */
  endRun(runId: number, at: number): void;
  /** Binds rows from before there was a chain: captures up to an id, and as many versions. */
  adopt(captureTo: number, rows: number): void;
}

export interface LinkRow extends Marks {
  readonly id: number;
  readonly runId: number | null;
  readonly seq: number;
  readonly kind: LinkKind;
  readonly at: number;
  readonly parts: Buffer;
  readonly hash: Buffer;
}

/** The last row of each table that is bound. */
export interface Marks {
  readonly captureTo: number;
  readonly versionTo: number;
  readonly changeTo: number;
  readonly extractionTo: number;
}

/** Before the first link. */
export const START: Omit<LinkRow, "kind" | "at" | "parts"> = {
  ...{ id: 0, runId: null, seq: 0 },
  ...{ captureTo: 0, versionTo: 0, changeTo: 0, extractionTo: 0 },
  hash: Buffer.alloc(32),
};

export const SELECT_LINK = /* sql */ `
  SELECT id, run_id AS runId, seq, kind, at, capture_to AS captureTo, version_to AS versionTo,
    change_to AS changeTo, extraction_to AS extractionTo, parts, hash FROM link`;
/** Of each table's digest this much is kept, to tell which one differs. The hash binds them whole. */
const PART_BYTES = 8;
export const PARTS = ["capture", "version", "change", "extraction", "run"] as const;

export function createChain(db: Database): Chain {
  const rows = createBoundRows(db);
  const newest = db.prepare<[], LinkRow>(/* sql */ `${SELECT_LINK} ORDER BY id DESC LIMIT 1`);
  const ends = db.prepare<[], Marks>(/* sql */ `
    SELECT coalesce((SELECT max(id) FROM capture), 0) AS captureTo,
      coalesce((SELECT max(id) FROM version), 0) AS versionTo,
      coalesce((SELECT max(id) FROM change), 0) AS changeTo,
      coalesce((SELECT max(id) FROM extraction), 0) AS extractionTo`);
  const lastSeq = db
    .prepare<[number | null], number>(
      /* sql */ `SELECT seq FROM link WHERE run_id IS ? ORDER BY seq DESC LIMIT 1`,
    )
    .pluck();
  const add = db.prepare(/* sql */ `
    INSERT INTO link (id, run_id, seq, kind, at, capture_to, version_to, change_to, extraction_to,
      parts, hash)
    VALUES (@id, @runId, @seq, @kind, @at, @captureTo, @versionTo, @changeTo, @extractionTo, @parts,
      @hash)`);
  const noteEnd = db.prepare<[Buffer, number, number]>(
    /* sql */ `UPDATE run SET chain_head = ?, chain_links = ? WHERE id = ?`,
  );
  const someVersions = db
    .prepare<[number, number, number], number>(/* sql */ `
      SELECT max(id) FROM (SELECT id FROM version WHERE id > ? AND id <= ? ORDER BY id LIMIT ?)`)
    .pluck();
  const newestCapture = db.prepare<[number], { at: number }>(
    /* sql */ `SELECT fetched_at AS at FROM capture WHERE id = ?`,
  );

  function link(kind: LinkKind, runId: number | null, at: number, to: Marks): LinkRow {
    const before = newest.get() ?? START;
    const last = before.id > 0 && before.runId === runId ? before.seq : lastSeq.get(runId);
    const seq = (last ?? 0) + 1;
    const marks: Marks = {
      // A row that was the last and is gone makes a mark no smaller.
      captureTo: Math.max(to.captureTo, before.captureTo),
      versionTo: Math.max(to.versionTo, before.versionTo),
      changeTo: Math.max(to.changeTo, before.changeTo),
      extractionTo: Math.max(to.extractionTo, before.extractionTo),
    };
    const head = { id: before.id + 1, runId, seq, kind, at, ...marks };
    const digests = digestsOf(rows, head, before);
    const next = { ...head, parts: partsOf(digests), hash: hashOf(before.hash, head, digests) };
    add.run(next);
    return next;
  }

  return {
    append(kind, runId, at) {
      const before = newest.get() ?? START;
      const to = ends.get() as Marks;
      const isMore =
        to.captureTo > before.captureTo ||
        to.versionTo > before.versionTo ||
        to.changeTo > before.changeTo ||
        to.extractionTo > before.extractionTo;
      if (isMore) link(kind, runId, at, to);
    },
    endRun(runId, at) {
      const { seq, hash: head } = link("end", runId, at, ends.get() as Marks);
      noteEnd.run(head, seq, runId);
    },
    adopt(captureTo, count) {
      const all = ends.get() as Marks;
      const before = newest.get() ?? START;
      const isLast = captureTo >= all.captureTo;
      const versionTo = isLast
        ? all.versionTo
        : (someVersions.get(before.versionTo, all.versionTo, count) ?? before.versionTo);
      const changeTo = isLast ? all.changeTo : 0;
      const extractionTo = isLast ? all.extractionTo : 0;
      const at = newestCapture.get(captureTo)?.at ?? 0;
      link("adopted", null, at, { captureTo, versionTo, changeTo, extractionTo });
    },
  };
}

type Head = Omit<LinkRow, "parts" | "hash">;

/** One for each of PARTS, computed from the rows as they are now. */
export function digestsOf(rows: BoundRows, link: Head, before: Marks): readonly Buffer[] {
  const range = (name: keyof Marks): Range => [before[name], link[name]];
  return [
    rows.digest("capture", range("captureTo")),
    rows.digest("version", range("versionTo")),
    rows.digest("change", range("changeTo")),
    rows.digest("extraction", range("extractionTo")),
    link.kind === "end" && link.runId !== null ? rows.digestRun(link.runId) : NO_ROWS,
  ];
}

export function partsOf(digests: readonly Buffer[]): Buffer {
  return Buffer.concat(digests.map((digest) => digest.subarray(0, PART_BYTES)));
}

export function hashOf(before: Buffer, link: Head, digests: readonly Buffer[]): Buffer {
  const { id, runId, seq, kind, at, captureTo, versionTo, changeTo, extractionTo } = link;
  const head = [id, runId, seq, kind, at, captureTo, versionTo, changeTo, extractionTo];
  return hash(
    "sha256",
    Buffer.concat([before, Buffer.from(JSON.stringify(head)), ...digests]),
    "buffer",
  );
}
