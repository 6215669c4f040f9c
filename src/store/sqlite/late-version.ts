/**
 * Putting a capture that arrives late into an article's history, by the time it was taken. The
 * history is what the captures at the article's own address showed, in order of time: stretches of
 * equal content, each a version that begins with its first capture. So the order of arrival does not
 * matter, and numbers are places in time.
 */

import { editedFields } from "../../fingerprint/index.ts";
import type { ArticleWriter, VersionPlace } from "./articles-write.ts";
import type { Changes } from "./changes.ts";
import type { Database } from "./driver.ts";
import type { Reread } from "./reread.ts";
import { articleOfRow, type VersionText } from "./rows.ts";

export interface Late {
  /** The version the capture shows now, by number; `isNew` when there was none of that content here. */
  readonly number: number;
  readonly isNew: boolean;
}

interface Sighting {
  readonly captureId: number;
  readonly at: number;
  readonly versionId: number;
  readonly content: Buffer;
}

interface FirstShown extends VersionText {
  readonly firstAt: number;
}

interface VersionRow extends VersionText {
  readonly id: number;
  readonly number: number;
}

const SIGHTING = /* sql */ `
  SELECT c.id AS captureId, c.fetched_at AS at, v.id AS versionId, v.content
  FROM version v JOIN capture c ON c.version_id = v.id
  JOIN page p ON p.id = c.page_id
  WHERE p.article_id = @articleId AND v.article_id = @articleId AND c.id <> @captureId`;

export interface LateParts {
  readonly writer: ArticleWriter;
  readonly changes: Changes;
  readonly reread: Reread;
}

/** Makes the placing of one capture, now; it must run inside a transaction. */
export function createLateVersions(
  db: Database,
  { writer, changes, reread }: LateParts,
): (articleId: number, place: VersionPlace, now: number) => Late {
  const before = db.prepare<unknown[], Sighting>(/* sql */ `
    ${SIGHTING} AND c.fetched_at <= @at ORDER BY c.fetched_at DESC, c.id DESC LIMIT 1`);
  const after = db.prepare<unknown[], Sighting>(/* sql */ `
    ${SIGHTING} AND c.fetched_at > @at ORDER BY c.fetched_at, c.id LIMIT 1`);
  const show = db.prepare<[number, number]>(
    /* sql */ `UPDATE capture SET version_id = ? WHERE id = ?`,
  );
  const beginWith = db.prepare(/* sql */ `
    UPDATE version SET capture_id = @captureId, captured_at = @at, run_id = @runId
    WHERE id = @versionId`);
  const showLater = db.prepare(/* sql */ `
    UPDATE capture SET version_id = @copyId WHERE version_id = @versionId AND fetched_at > @at`);
  // What other migrations add to a version is copied, too.
  const columns = db
    .prepare<[], string>(
      /* sql */ `SELECT name FROM pragma_table_info('version') WHERE name <> 'id'`,
    )
    .pluck()
    .all();
  const replaced: Readonly<Record<string, string>> = {
    number: "@number",
    capture_id: "@captureId",
    captured_at: "@at",
    run_id: "(SELECT run_id FROM capture WHERE id = @captureId)",
    // What it was read as before stays with the version it is a copy of.
    extraction: "1",
  };
  const copyVersion = db.prepare(/* sql */ `
    INSERT INTO version (${columns.join(", ")})
    SELECT ${columns.map((name) => replaced[name] ?? name).join(", ")}
    FROM version WHERE id = @versionId`);
  const inOrder = db.prepare<[number], VersionRow>(/* sql */ `
    SELECT id, number, title, subtitle, category, excerpt, word_count AS wordCount, details, body
    FROM version WHERE article_id = ? ORDER BY captured_at, capture_id, id`);
  const textOf = db.prepare<[number], FirstShown>(/* sql */ `
    SELECT captured_at AS firstAt, title, subtitle, category, excerpt, word_count AS wordCount,
      details, body
    FROM version WHERE id = ?`);
  const renumber = db.prepare<[number, number]>(
    /* sql */ `UPDATE version SET number = ? WHERE id = ?`,
  );
  const setChanged = db.prepare<[string, number]>(
    /* sql */ `UPDATE version SET changed = ? WHERE id = ?`,
  );
  const numberOf = db
    .prepare<[number], number>(/* sql */ `SELECT number FROM version WHERE id = ?`)
    .pluck();
  const newestOf = db.prepare<[number], { readonly id: number }>(
    /* sql */ `SELECT version_id AS id FROM article WHERE id = ?`,
  );
  const pointTo = db.prepare<[number, number]>(
    /* sql */ `UPDATE article SET version_id = ? WHERE id = ?`,
  );
  const count = db.prepare<[number, number]>(
    /* sql */ `UPDATE article SET versions = ? WHERE id = ?`,
  );

  return (articleId, place, now) => {
    const { captureId, at, content, runId } = place;
    const earlier = before.get({ articleId, captureId, at });
    const later = after.get({ articleId, captureId, at });
    if (earlier?.content.equals(content)) return shows(earlier.versionId);
    // What the classifier of edits calls none makes no version here, either.
    if (earlier !== undefined && saysTheSame(earlier, place)) {
      const { versionId } = earlier;
      const late = shows(versionId);
      // A page of another time may have been edited in what the record does not tell.
      if (isOfItsSecond(earlier, place) && isPageOfRecord(earlier, place)) {
        beginWith.run({ captureId, at, runId, versionId });
        readAnew(versionId, late);
      }
      return late;
    }
    const isLater = later?.content.equals(content);
    if (later !== undefined && (isLater || isOfRecord(later, place))) {
      const { versionId } = later;
      beginWith.run({ captureId, at, runId, versionId });
      const late = shows(versionId);
      if (isPageOfRecord(later, place) && !isLater) readAnew(versionId, late);
      else changes.classify(versionId);
      return late;
    }
    // Numbers in use are positive: a place below them is free until all are counted again.
    const ownId = writer.writeVersion(articleId, -1, [], place);
    show.run(ownId, captureId);
    if (earlier !== undefined && later?.versionId === earlier.versionId) {
      const { versionId } = earlier;
      const again = { versionId, number: -2, captureId: later.captureId, at: later.at };
      const copyId = Number(copyVersion.run(again).lastInsertRowid);
      showLater.run({ copyId, versionId, at });
    }
    return { number: countAnew(articleId, ownId, place), isNew: true };

    /** The version begins with the page's capture: it is what `show --raw` and `reextract` look at. */
    function readAnew(versionId: number, { number }: Late): void {
      reread.replace({ articleId, version: number }, place.reading, { runId, at: now });
      const versions = inOrder.all(articleId);
      const own = versions.findIndex(({ id }) => id === versionId);
      compareAnew(versions, [own, own + 1]);
    }

    function shows(versionId: number): Late {
      show.run(versionId, captureId);
      return { number: numberOf.get(versionId) ?? 1, isNew: false };
    }
  };

  function saysTheSame({ versionId }: Sighting, { article }: VersionPlace): boolean {
    const row = textOf.get(versionId);
    return row !== undefined && editedFields(articleOfRow(row), article).length === 0;
  }

  function isOfItsSecond({ versionId }: Sighting, { at }: VersionPlace): boolean {
    const firstAt = textOf.get(versionId)?.firstAt ?? Number.NaN;
    return Math.floor(firstAt / 1_000) === Math.floor(at / 1_000);
  }

  /** A page tells more than a record of it that came before. */
  function isPageOfRecord({ versionId }: Sighting, { article }: VersionPlace): boolean {
    const row = textOf.get(versionId);
    const isRecord = row !== undefined && articleOfRow(row).method === "imported";
    return isRecord && article.method !== "imported";
  }

  /** One of the two is another program's record, which tells no more than the other does. */
  function isOfRecord({ versionId }: Sighting, { article }: VersionPlace): boolean {
    const row = textOf.get(versionId);
    if (row === undefined) return false;
    const other = articleOfRow(row);
    const isRecord = article.method === "imported" || other.method === "imported";
    return isRecord && editedFields(other, article).length === 0;
  }

  /** What these versions, by their place, changed of those before them. */
  function compareAnew(versions: readonly VersionRow[], places: readonly number[]): void {
    for (const index of places) {
      const row = versions[index];
      if (row === undefined) continue;
      const previous = versions[index - 1];
      const changed =
        previous === undefined ? [] : editedFields(articleOfRow(previous), articleOfRow(row));
      setChanged.run(JSON.stringify(changed), row.id);
      changes.classify(row.id);
    }
  }

  /** @returns the number of the version that was put in */
  function countAnew(articleId: number, ownId: number, place: VersionPlace): number {
    const versions = inOrder.all(articleId);
    for (const [index, { id }] of versions.entries()) renumber.run(-3 - index, id);
    for (const [index, { id }] of versions.entries()) renumber.run(index + 1, id);
    const own = versions.findIndex(({ id }) => id === ownId);
    // Only it and those that follow it have another version before them now.
    compareAnew(versions, [own, own + 1, own + 2]);
    const newest = newestOf.get(articleId)?.id;
    const old = versions.find(({ id }) => id === newest);
    if (own === versions.length - 1 && old !== undefined) {
      const of = { versionId: ownId, number: versions.length, before: articleOfRow(old) };
      writer.showNewest(articleId, place, of);
    } else {
      // A stretch that was cut in two ends with its copy.
      const last = versions.at(-1);
      if (last !== undefined) pointTo.run(last.id, articleId);
      count.run(versions.length, articleId);
    }
    return own + 1;
  }
}
