/**
 * Verifying what was worked out from a version and the one before it: which fields differ, and what
 * kind of edit that is. Only where both were read by this program, and not read anew since; `import` is
 * how it once read records of others, when what they do not tell counted as an edit.
 */
import { classifyEdit, editedFields } from "../../fingerprint/index.ts";
import type { Article } from "../../model.ts";
import type { Fault } from "../upkeep.ts";
import type { Database } from "./driver.ts";
import { articleOfRow, type VersionText } from "./rows.ts";
import type { Found } from "./verify-checks.ts";

const ROWS_AT_ONCE = 100;

interface EditRow extends VersionText {
  readonly id: number;
  readonly articleId: number;
  readonly number: number;
  readonly changed: string;
  readonly changeId: number;
  readonly kind: string;
  readonly kinds: string;
  readonly summary: string;
}

const TEXT = /* sql */ `v.title, v.subtitle, v.category, v.excerpt, v.word_count AS wordCount,
  v.details, v.body`;

export function* checkEdits(db: Database, program: string): Generator<Found, void> {
  const after = db.prepare<[string, string, number], EditRow>(/* sql */ `
    SELECT v.id, v.article_id AS articleId, v.number, v.changed, e.id AS changeId, e.kind, e.kinds,
      e.summary, ${TEXT}
    FROM version v
    JOIN version w ON w.article_id = v.article_id AND w.number = v.number - 1
    JOIN change e ON e.article_id = v.article_id AND e.version_id = v.id
    WHERE v.program = ? AND w.program = ? AND v.extraction = 1 AND w.extraction = 1 AND v.id > ?
      AND v.rule <> 'import' AND w.rule <> 'import'
    ORDER BY v.id LIMIT ${ROWS_AT_ONCE}`);
  const numbered = db.prepare<[number, number], VersionText>(/* sql */ `
    SELECT ${TEXT} FROM version v WHERE v.article_id = ? AND v.number = ?`);
  for (let from = 0; ; ) {
    const rows = after.all(program, program, from);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield {
      faults: rows.flatMap((row) => {
        const before = numbered.get(row.articleId, row.number - 1);
        return before === undefined ? [] : faultsOf(row, before);
      }),
    };
    from = last.id;
  }
}

function faultsOf(row: EditRow, before: VersionText): readonly Fault[] {
  let articles: readonly [Article, Article];
  try {
    articles = [articleOfRow(before), articleOfRow(row)];
  } catch {
    return []; // named by what reads versions one by one (verify-rows.ts)
  }
  const faults: Fault[] = [];
  const fault = (table: string, id: number, what: string): void =>
    void faults.push({ table, id, digest: null, what });
  if (row.changed !== JSON.stringify(editedFields(...articles))) {
    fault("version", row.id, "the fields that changed are not those it names");
  }
  const { kind, kinds, summary } = classifyEdit(...articles);
  if (row.kind !== kind || row.kinds !== JSON.stringify(kinds) || row.summary !== summary) {
    fault("change", row.changeId, "its kinds or its words are not those of the edit");
  }
  return faults;
}
