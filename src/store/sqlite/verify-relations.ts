/** Verifying the file's own structure, and how its tables point at each other. */
import type { Fault } from "../upkeep.ts";
import type { Database } from "./driver.ts";
import type { Finding } from "./verify.ts";

/** More lines about one broken tree tell nobody anything. */
const MOST_LINES = 100;

/** SQLite's own check: pages, trees, indexes against tables, the search index against itself. */
export function* checkFile(db: Database): Generator<Finding, void> {
  const lines = db.prepare<[], string>(`PRAGMA integrity_check(${MOST_LINES})`).pluck().all();
  yield {
    faults: lines
      .flatMap((line) => line.split("\n"))
      .filter((line) => line !== "ok" && line !== "" && !line.startsWith("***"))
      .map((what) => ({ table: "file", id: null, digest: null, what })),
  };
}

/** A page is stored some seconds after it was fetched; a day says that one of the two is wrong. */
const DAY_MS = 86_400_000;

interface Relation {
  readonly table: string;
  readonly what: string;
  /** Ids of the rows at fault. */
  readonly sql: string;
}

const RELATIONS: readonly Relation[] = [
  {
    table: "article",
    what: "its newest version is none of its own, or not the last",
    sql: /* sql */ `
      SELECT a.id FROM article a LEFT JOIN version v ON v.id = a.version_id
      WHERE v.id IS NULL OR v.article_id <> a.id OR v.number <> a.versions`,
  },
  {
    table: "article",
    what: "its versions are not numbered from 1 on without a gap",
    sql: /* sql */ `
      SELECT a.id FROM article a LEFT JOIN version v ON v.article_id = a.id
      GROUP BY a.id
      HAVING count(v.id) <> a.versions OR min(v.number) <> 1 OR max(v.number) <> a.versions`,
  },
  {
    table: "article",
    what: "what it says in short is not what its newest version says",
    sql: /* sql */ `
      SELECT a.id FROM article a JOIN version v ON v.id = a.version_id
      WHERE a.category IS NOT v.category OR a.has_title <> (v.title <> '')
        OR a.language IS NOT v.details ->> '$.language'
        OR a.published_at IS NOT v.details ->> '$.published.at'
        OR a.date_at <> coalesce(a.published_at, a.first_seen_at)
        OR v.published IS NOT v.details ->> '$.published.iso'`,
  },
  {
    table: "article",
    what: "no page of its site is known",
    sql: /* sql */ `SELECT id FROM article WHERE site_id NOT IN (SELECT site_id FROM queue)`,
  },
  {
    table: "article",
    what: "it was last seen before it was first seen, or after every visit",
    sql: /* sql */ `
      SELECT id FROM article WHERE first_seen_at > last_seen_at
        OR last_seen_at > (SELECT max(at) FROM visit) + ${DAY_MS}`,
  },
  {
    table: "article",
    what: "its kind is none",
    sql: /* sql */ `
      SELECT id FROM article WHERE kind NOT IN ('article', 'live-blog', 'gallery', 'video')`,
  },
  {
    table: "article",
    what: "it is not in the search index",
    sql: /* sql */ `SELECT id FROM article WHERE id NOT IN (SELECT rowid FROM search_index)`,
  },
  {
    table: "search_index",
    what: "there is no such article",
    sql: /* sql */ `SELECT rowid FROM search_index WHERE rowid NOT IN (SELECT id FROM article)`,
  },
  {
    table: "version",
    what: "its run or its time is not that of its capture",
    sql: /* sql */ `
      SELECT v.id FROM version v JOIN capture c ON c.id = v.capture_id
      WHERE v.run_id <> c.run_id OR abs(v.captured_at - c.fetched_at) > ${DAY_MS}`,
  },
  {
    table: "page",
    what: "no host's line has it",
    sql: /* sql */ `SELECT id FROM page WHERE queue_id NOT IN (SELECT id FROM queue)`,
  },
  {
    table: "capture",
    what: "it is a part of a part",
    sql: /* sql */ `
      SELECT c.id FROM capture c JOIN capture f ON f.id = c.part_of WHERE f.part_of IS NOT NULL`,
  },
  {
    table: "capture",
    what: "its headers or redirects are no JSON",
    sql: /* sql */ `
      SELECT id FROM capture WHERE NOT json_valid(headers) OR NOT json_valid(coalesce(redirects, '[]'))`,
  },
  {
    table: "run",
    what: "its options or counters are no JSON",
    sql: /* sql */ `
      SELECT id FROM run
      WHERE NOT (json_valid(sites) AND json_valid(options) AND json_valid(counters))`,
  },
];

export function* checkRelations(db: Database): Generator<Finding, void> {
  const broken = db.prepare<[], { table: string; rowid: number | null; parent: string }>(
    `PRAGMA foreign_key_check`,
  );
  yield {
    faults: broken.all().map(({ table, rowid, parent }) => {
      return { table, id: rowid, digest: null, what: `it points at a ${parent} that is not there` };
    }),
  };
  for (const { table, what, sql } of RELATIONS) {
    yield { faults: idsOf(db, sql).map((id): Fault => ({ table, id, digest: null, what })) };
  }
}

/** Rows whose JSON is none are named by what reads them one by one (verify-rows.ts). */
function idsOf(db: Database, sql: string): readonly number[] {
  try {
    return db.prepare<[], number>(sql).pluck().all();
  } catch (error) {
    if (error instanceof Error && error.message === "malformed JSON") return [];
    throw error;
  }
}
