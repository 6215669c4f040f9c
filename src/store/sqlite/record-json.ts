/**
 * Records as JSON, put together by SQLite: text stays the UTF-8 it is stored as. Read as values, a row
 * costs four times that, nearly all of it for strings that are written as UTF-8 again at once.
 *
 * Each expression gives the very text that JSON.stringify gives of the record's value; details are
 * JSON already. Only text that is not in normal form C, or an instant of no four-digit year, is left
 * to the program.
 */
import { isNfc } from "../../text/index.ts";
import type {
  JsonBatch,
  JsonField,
  JsonLine,
  JsonRequest,
  JsonSource,
  RecordFacts,
} from "../json-records.ts";
import type { Query } from "../query.ts";
import type { Articles } from "./articles.ts";
import { type Database, damage } from "./driver.ts";
import { FROM_RECORD, toArticleId } from "./rows.ts";
import { matchingIds } from "./scan-ids.ts";

export type ScanJson = (request: JsonRequest) => Generator<JsonBatch>;

export function createRecordJson(
  db: Database,
  expand: (query: Query) => Query,
  articles: Pick<Articles, "article">,
): ScanJson {
  return function* scanJson({ filter, versions, fields, hasFacts, lineOf }) {
    const batch = db
      .prepare<[string], readonly [lines: Buffer | null, of: string]>(/* sql */ `
        SELECT CAST(group_concat(coalesce(${lineFrom(fields)}, char(10)), '') AS BLOB),
          json_group_array(json_array(${hasFacts ? `${LINE}, ${FACTS}` : LINE}))
        FROM json_each(?) i CROSS JOIN article a ON a.id = i.value
        CROSS JOIN version v ON ${versions === "all" ? ALL : NEWEST} ${FROM_RECORD}
        JOIN queue q ON q.id = p.queue_id`)
      .raw();
    for (const ids of matchingIds(db, filter, expand, BATCH_ARTICLES)) {
      const [lines, about] = batch.get(JSON.stringify(ids)) ?? [null, "[]"];
      if (lines === null) continue;
      const of = (JSON.parse(about) as Columns[]).map(lineAbout);
      refuseDisorder(of);
      yield { lines: isExact(lines) ? lines : corrected(lines, of, lineOf), of };
    }
  };

  function corrected(
    lines: Buffer,
    of: readonly JsonLine[],
    lineOf: JsonRequest["lineOf"],
  ): Buffer {
    let from = 0;
    return Buffer.concat(
      of.map(({ id, version }) => {
        const line = lines.subarray(from, lines.indexOf(LINE_FEED, from) + 1);
        from += line.length;
        if (isExact(line)) return line;
        const record = articles.article(id, version);
        if (record === null) throw damage(`${id} has no version ${version}`);
        return Buffer.from(lineOf(record));
      }),
    );
  }
}

/** Some 300 KB: it is looked through before it has left the processor's cache. */
const BATCH_ARTICLES = 50;
const LINE_FEED = 10;

/** Whether it is what the program would have written. Two line feeds: a line that SQLite left out. */
function isExact(lines: Buffer): boolean {
  return lines[0] !== LINE_FEED && !lines.includes("\n\n") && isNfc(lines);
}

const LINE = /* sql */ `a.id, v.number`;
const FACTS = /* sql */ `a.site_id, v.details ->> '$.language', v.details ->> '$.published.at',
  v.captured_at, v.program, v.rule`;
const NEWEST = /* sql */ `v.id = a.version_id AND v.article_id = a.id`;
const ALL = /* sql */ `v.article_id = a.id`;

type Columns = readonly [id: number, version: number, ...(readonly [] | FactColumns)];
type FactColumns = readonly [
  siteId: string,
  language: string,
  publishedAt: number | null,
  downloadedAt: number,
  program: string,
  rule: string,
];

function lineAbout([id, version, ...facts]: Columns): JsonLine {
  return { id: toArticleId(id), version, facts: facts.length === 0 ? null : factsFrom(facts) };
}

function factsFrom(columns: FactColumns): RecordFacts {
  const [siteId, language, publishedAt, downloadedAt, program, rule] = columns;
  return { siteId, language, publishedAt, downloadedAt, program, rule };
}

/** Rows come in the order they are joined in, which is that of ids and versions; SQLite promises none. */
function refuseDisorder(of: readonly JsonLine[]): void {
  of.forEach(({ id, version }, index) => {
    const before = of[index - 1];
    if (before === undefined) return;
    const isInOrder =
      before.id === id
        ? before.version < version
        : Number(before.id.slice(1)) < Number(id.slice(1));
    if (!isInOrder) throw new Error(`${id} version ${version} came after ${before.id}`);
  });
}

/**
 * One call: a chain of || would copy the body at every link. Details are parsed once, their dates looked
 * up once, and not in their page again at every mention (LIMIT: or SQLite would put them there).
 * NULL when a year has not four digits, or a date is written in another way than dates are.
 */
function lineFrom(fields: readonly JsonField[]): string {
  const isInRange = ["a.first_seen_at", "a.last_seen_at", "v.captured_at"]
    .map((column) => `${column} ${FOUR_DIGITS}`)
    .join(" AND ");
  return /* sql */ `iif(${isInRange},
    (SELECT concat(${partsOf(fields).join(", ")}, char(10))
      FROM (SELECT details, ${wholeIso("published")} AS published, ${wholeIso("modified")} AS modified
        FROM (SELECT details, details ->> '$.published.iso' AS published_iso,
            details ->> '$.modified.iso' AS modified_iso
          FROM (SELECT jsonb(v.details) AS details LIMIT 1) LIMIT 1) LIMIT 1)
      WHERE published <> '' AND modified <> ''),
    NULL)`;
}

/** Years 0000 to 9999: others are printed otherwise. */
const FOUR_DIGITS = /* sql */ `BETWEEN -62167219200000 AND 253402300799999`;

const DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]";
const TIME = "T[0-9][0-9]:[0-9][0-9]";
const OFFSET = "[+-][0-9][0-9]:[0-9][0-9]";

/** The twin of text/dates' wholeIso, in quotes; empty for what only that one can tell. */
function wholeIso(field: string): string {
  const iso = `${field}_iso`;
  const minute = /* sql */ `'"' || substr(${iso}, 1, 16) || ':00' || substr(${iso}, 17) || '"'`;
  const day = /* sql */ `substr(${iso} || '-01-01', 1, 10)`;
  const minutes = /* sql */ `(unixepoch(${day}) * 1000 - (details ->> '$.${field}.at')) / 60000`;
  return /* sql */ `CASE WHEN ${iso} IS NULL THEN 'null'
    WHEN ${iso} GLOB '${DAY}${TIME}:[0-9][0-9]${OFFSET}' THEN '"' || ${iso} || '"'
    WHEN ${iso} GLOB '${DAY}${TIME}:[0-9][0-9]Z' THEN '"' || ${iso} || '"'
    WHEN ${iso} GLOB '${DAY}${TIME}${OFFSET}' THEN ${minute}
    WHEN ${iso} GLOB '${DAY}' AND ${minutes} BETWEEN -1439 AND 1439 THEN '"' || ${day} ||
      printf('T00:00:00%s%02d:%02d"', iif(${minutes} < 0, '-', '+'), abs(${minutes}) / 60, abs(${minutes}) % 60)
    ELSE '' END`;
}

const detail = (path: string): string => /* sql */ `coalesce(details -> '$.${path}', 'null')`;
const quoted = (column: string): string => /* sql */ `json_quote(${column})`;
const hexOf = (column: string): string => /* sql */ `lower(hex(${column}))`;
const instant = (column: string): string =>
  /* sql */ `strftime('"%Y-%m-%dT%H:%M:%fZ"', ${column} / 1000.0, 'unixepoch')`;
const numbered = (letter: string, column: string): string =>
  /* sql */ `iif(${column} IS NULL, 'null', '"${letter}' || ${column} || '"')`;
/** Most have none or one; a table of them costs more than the rest of the record. */
const listOf = (path: string, item: string, one: string): string => /* sql */ `
  CASE json_array_length(details, '$.${path}') WHEN 0 THEN '[]' WHEN 1 THEN '[' || ${one} || ']'
    ELSE (SELECT json_group_array(json(${item})) FROM json_each(details, '$.${path}')) END`;

/** JSON text, never NULL. */
const SOURCES: Readonly<Record<JsonSource, string>> = {
  id: /* sql */ `'"a' || a.id || '"'`,
  url: quoted("p.url"),
  siteId: quoted("a.site_id"),
  sourceDomain: quoted("q.host"),
  title: quoted("v.title"),
  category: quoted("v.category"),
  categoryLabels: listOf("categories", "value -> '$.label'", detail("categories[0].label")),
  tags: detail("tags"),
  authors: detail("authors"),
  excerpt: quoted("v.excerpt"),
  body: quoted("v.body"),
  language: detail("language"),
  dir: detail("dir"),
  canonicalUrl: detail("canonicalUrl"),
  siteName: detail("siteName"),
  imageUrl: detail("imageUrl"),
  images: listOf(
    "images",
    imageOf((key) => `value -> '$.${key}'`),
    imageOf((key) => `details -> '$.images[0].${key}'`),
  ),
  wordCount: "v.word_count",
  publishedIso: "published",
  publishedRaw: detail("published.raw"),
  publishedPrecision: detail("published.precision"),
  publishedSource: detail("published.source"),
  modifiedIso: "modified",
  places: /* sql */ `iif(a.places = '[]', '[]', json(a.places))`,
  firstSeenAt: instant("a.first_seen_at"),
  lastSeenAt: instant("a.last_seen_at"),
  downloadedAt: instant("v.captured_at"),
  version: "v.number",
  versions: "a.versions",
  status: quoted("a.status"),
  httpStatus: "c.status",
  via: quoted("c.via"),
  content: /* sql */ `'"' || ${hexOf("v.content")} || '"'`,
  rawDigest: /* sql */ `'"' || ${hexOf("b.digest")} || '"'`,
  near: /* sql */ `'"' || ${hexOf("v.near")} || '"'`,
  duplicateOf: numbered("a", "a.duplicate_of"),
  cluster: numbered("c", "a.cluster_id"),
  program: quoted("v.program"),
  rule: quoted("v.rule"),
  method: detail("method"),
  confidence: detail("confidence"),
  isPartial: detail("isPartial"),
  subtitle: quoted("v.subtitle"),
  originalSource: /* sql */ `iif(details ->> '$.originalSource' IS NULL, 'null',
    json_object('name', details -> '$.originalSource.name', 'url', details -> '$.originalSource.url'))`,
};

/** In the order of a record, whatever the order it was stored in. */
function imageOf(value: (key: string) => string): string {
  const members = ["url", "alt", "caption", "credit"].map((key) => `'${key}', ${value(key)}`);
  return /* sql */ `json_object(${members.join(", ")})`;
}

function partsOf(fields: readonly JsonField[]): string[] {
  const members = fields.flatMap(({ name, value }, index) => {
    const before = literal(`${index === 0 ? "" : ","}${JSON.stringify(name)}:`);
    if (typeof value === "string") return [before, SOURCES[value]];
    if ("of" in value) {
      const column = value.of === "content" ? "v.content" : "b.digest";
      return [before, literal(`"${value.prefix}`), hexOf(column), literal('"')];
    }
    return [before, ...partsOf(value)];
  });
  return [literal("{"), ...members, literal("}")];
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
