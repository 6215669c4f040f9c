/** Captures: every answer as it came. Its bytes are a body's. */
import type { Capture, Headers, PackedBody, RedirectHop, Via } from "../../model.ts";
import { type Bodies, createBodies } from "./bodies.ts";
import type { Database } from "./driver.ts";

export interface Captures extends Pick<Bodies, "addBlock"> {
  /** @returns the capture's id */
  add(capture: Capture, packed: PackedBody, where: CapturePlace): number;
  /** The bytes of a capture that is here, where they were pruned. */
  bringBack(packed: PackedBody): void;
  /** This version of its article is what the capture showed, at the article's own address. */
  shows(captureId: number, articleId: number, version: number): void;
  /** @throws {WarraqError} E_PRUNED, E_ARCHIVE_CORRUPT */
  get(id: number): Capture | null;
}

export interface CapturePlace {
  readonly pageId: number;
  readonly runId: number;
  readonly encoding: string | null;
  /** Capture of the article's first page, when this is a later part. */
  readonly partOf?: number;
  /** The file it was imported from. */
  readonly source?: { readonly fileId: number; readonly offset: number };
}

/** Parts are added with their first, so they follow it: no index leads to them. */
const MOST_BETWEEN = 1_000;

/** Condition: capture c is a further part of the capture with this id. */
export function isPartOf(id: string): string {
  return /* sql */ `c.part_of = ${id} AND c.id > ${id} AND c.id <= ${id} + ${MOST_BETWEEN}`;
}

interface CaptureRow {
  readonly url: string;
  readonly finalUrl: string | null;
  readonly redirects: string | null;
  readonly headers: string;
  readonly fetchedAt: number;
  readonly status: number;
  readonly via: Via;
  readonly bodyId: number;
}

export function createCaptures(db: Database): Captures {
  const bodies = createBodies(db);
  const addCapture = db.prepare(/* sql */ `
    INSERT INTO capture (page_id, run_id, body_id, part_of, fetched_at, status, via, encoding, url,
      final_url, redirects, headers, file_id, file_offset)
    VALUES (@pageId, @runId, @bodyId, @partOf, @fetchedAt, @status, @via, @encoding, @url,
      @finalUrl, @redirects, @headers, @fileId, @fileOffset)`);
  const shows = db.prepare<[number, number, number]>(/* sql */ `
    UPDATE capture SET version_id = (SELECT id FROM version WHERE article_id = ? AND number = ?)
    WHERE id = ?`);
  const getCapture = db.prepare<[number], CaptureRow>(/* sql */ `
    SELECT url, final_url AS finalUrl, redirects, headers, fetched_at AS fetchedAt, status, via,
      body_id AS bodyId
    FROM capture WHERE id = ?`);

  return {
    addBlock: bodies.addBlock,
    add(capture, packed, { pageId, runId, encoding, partOf, source }) {
      const bodyId = bodies.add(packed);
      const { url, finalUrl, redirects, headers, fetchedAt, status, via } = capture;
      const added = addCapture.run({
        pageId,
        runId,
        bodyId,
        partOf: partOf ?? null,
        fetchedAt,
        status,
        via,
        encoding,
        url,
        finalUrl: finalUrl === url ? null : finalUrl,
        redirects: redirects.length === 0 ? null : JSON.stringify(redirects),
        headers: JSON.stringify(headers),
        fileId: source?.fileId ?? null,
        fileOffset: source?.offset ?? null,
      });
      return Number(added.lastInsertRowid);
    },

    bringBack(packed) {
      bodies.add(packed);
    },

    shows(captureId, articleId, version) {
      shows.run(articleId, version, captureId);
    },

    get(id) {
      const row = getCapture.get(id);
      if (row === undefined) return null;
      const { url, fetchedAt, status, via, bodyId } = row;
      const finalUrl = row.finalUrl ?? url;
      const redirects = JSON.parse(row.redirects ?? "[]") as readonly RedirectHop[];
      const headers = JSON.parse(row.headers) as Headers;
      const body = bodies.read(bodyId);
      return { url, finalUrl, redirects, fetchedAt, status, headers, body, via };
    },
  };
}
