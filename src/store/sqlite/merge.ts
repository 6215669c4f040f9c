/**
 * Merging another archive into this one: each of its captures that showed a version is settled here as
 * an import is, at its own time, with what that archive read from it. So one capture is one whatever way
 * it came, equal contents make no version, ids of this archive stay, and merging again adds nothing.
 */
import { setImmediate as letOthers } from "node:timers/promises";
import { pack } from "../../codec/index.ts";
import { WarraqError } from "../../errors.ts";
import type { Capture, FoundBy, PageKind } from "../../model.ts";
import type { ImportedPage } from "../imports.ts";
import type { MergeOptions, MergeReport } from "../upkeep.ts";
import { createCaptures, isPartOf } from "./captures.ts";
import { connect, type Database, translating } from "./driver.ts";
import type { Imports } from "./imports.ts";
import { isOlder, refuseStrangers } from "./migrations/index.ts";
import { articleOfRow, type VersionText } from "./rows.ts";
import type { Seals } from "./seals.ts";

/** Captures settled in one transaction: some 100 ms. */
const CAPTURES_AT_ONCE = 20;

interface SourceRow extends VersionText {
  readonly url: string;
  readonly siteId: string;
  readonly foundBy: FoundBy;
  readonly at: number;
  readonly runId: number;
  readonly encoding: string | null;
  readonly kind: PageKind;
  readonly content: Buffer;
  readonly text: Buffer;
  readonly near: Buffer;
  readonly program: string;
  readonly rule: string;
}

export async function mergeArchive(
  db: Database,
  path: string,
  { imports, seals }: { readonly imports: Imports; readonly seals: Seals },
  { source, signal, now, onProgress }: MergeOptions,
): Promise<MergeReport> {
  const other = connect(source, "read");
  const here = <T>(work: () => T): T => translating(path, () => db.transaction(work).immediate());
  const there = <T>(work: () => T): T => translating(source, work);
  try {
    there(() => refuseStrangers(other, source));
    if (there(() => isOlder(other))) {
      throw new WarraqError(
        "E_INPUT",
        `${source} is of an older version: "warraq stats --archive ${source}" upgrades it`,
      );
    }
    const runs = here(() => copyRuns(other, db));
    const captures = createCaptures(other);
    const ids = there(() =>
      other
        .prepare<[], number>(
          /* sql */ `SELECT id FROM capture WHERE version_id IS NOT NULL ORDER BY fetched_at, id`,
        )
        .pluck()
        .all(),
    );
    const select = other.prepare<[number], SourceRow>(/* sql */ `
      SELECT p.url, q.site_id AS siteId, p.found_by AS foundBy, c.fetched_at AS at,
        c.run_id AS runId, c.encoding, a.kind, v.content, v.text, v.near, v.program, v.rule,
        v.title, v.subtitle, v.category, v.excerpt, v.word_count AS wordCount, v.details, v.body
      FROM capture c
      JOIN version v ON v.id = c.version_id
      JOIN article a ON a.id = v.article_id
      JOIN page p ON p.id = c.page_id
      JOIN queue q ON q.id = p.queue_id
      WHERE c.id = ?`);
    const partsOf = other
      .prepare<[{ id: number }], number>(/* sql */ `
        SELECT c.id FROM capture c WHERE ${isPartOf("@id")} ORDER BY c.id`)
      .pluck();
    const report = { captures: 0, articles: 0, versions: 0, known: 0, pruned: 0, runs: runs.added };
    const firstRun = runs.idOf.values().next().value;
    if (firstRun === undefined) return { ...report, isWhole: true };
    const file = { name: source, bytes: 0, modifiedAt: 0, terms: "merge" };
    const { id: fileId } = here(() => imports.begin(file, firstRun));

    for (let from = 0; from < ids.length && !signal.aborted; from += CAPTURES_AT_ONCE) {
      const pages: ImportedPage[] = [];
      for (const id of ids.slice(from, from + CAPTURES_AT_ONCE)) {
        const row = there(() => select.get(id));
        const capture = there(() => unlessPruned(() => captures.get(id)));
        if (row === undefined) continue;
        if (capture === null) report.pruned++;
        else {
          const parts = there(() =>
            partsOf.all({ id }).flatMap((part) => unlessPruned(() => captures.get(part)) ?? []),
          );
          pages.push(pageOf(row, { capture, parts }, id, runs.idOf.get(row.runId) ?? firstRun));
        }
      }
      const fresh = pages.filter(({ page, visit }) => {
        if (visit.kind !== "read") return false;
        return !imports.has(page.url, visit.capture.fetchedAt, visit.reading.packed.digest);
      });
      const isLast = from + CAPTURES_AT_ONCE >= ids.length;
      const reached = isLast ? null : from + CAPTURES_AT_ONCE;
      const settled = here(() => imports.put(fileId, fresh, { reached, now }));
      report.captures += fresh.length;
      report.known += pages.length - fresh.length;
      for (const { result } of settled) {
        if (result === "new") report.articles++;
        if (result === "new" || result === "changed") report.versions++;
      }
      onProgress?.({ done: Math.min(ids.length, from + CAPTURES_AT_ONCE), total: ids.length });
      await letOthers();
    }
    here(() => seals.add());
    return { ...report, isWhole: !signal.aborted };
  } finally {
    other.close();
  }
}

function pageOf(
  row: SourceRow,
  { capture, parts }: { readonly capture: Capture; readonly parts: readonly Capture[] },
  offset: number,
  runId: number,
): ImportedPage {
  const { url, siteId, foundBy, at, kind, program, rule } = row;
  const hints = { title: null, publishedAt: null, lastModifiedAt: null };
  const extraction = {
    ...{ kind, reasons: [], article: articleOfRow(row) },
    ...{ nextPart: null, theme: null, rule, trace: null },
  };
  const fingerprint = {
    content: row.content.toString("hex"),
    text: row.text.toString("hex"),
    near: row.near.toString("hex"),
  };
  const encoding = row.encoding ?? "utf-8";
  const packed = pack(capture.body);
  return {
    page: { url, siteId, role: "article", foundBy, ...hints },
    offset,
    visit: {
      ...{ kind: "read", at, runId, nextAt: null, capture },
      parts: parts.map((part) => ({ capture: part, packed: pack(part.body) })),
      reading: { extraction, fingerprint, extractor: { program, rule }, packed, encoding },
    },
  };
}

/** The other's runs, where they are not here already; its numbers to ours. */
function copyRuns(
  other: Database,
  db: Database,
): { readonly idOf: ReadonlyMap<number, number>; readonly added: number } {
  const find = db
    .prepare<unknown[], number>(/* sql */ `
      SELECT id FROM run WHERE started_at = @started_at AND command = @command AND sites = @sites
        AND program = @program`)
    .pluck();
  const add = db.prepare(/* sql */ `
    INSERT INTO run (started_at, ended_at, reason, command, sites, program, options, counters)
    VALUES (@started_at, @ended_at, @reason, @command, @sites, @program, @options, @counters)`);
  const idOf = new Map<number, number>();
  let added = 0;
  const rows = other.prepare<[], { readonly id: number }>(
    /* sql */ `SELECT * FROM run ORDER BY id`,
  );
  for (const row of rows.all()) {
    const known = find.get(row);
    if (known === undefined) added++;
    idOf.set(row.id, known ?? Number(add.run(row).lastInsertRowid));
  }
  return { idOf, added };
}

function unlessPruned(read: () => Capture | null): Capture | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof WarraqError && error.code === "E_PRUNED") return null;
    throw error;
  }
}
