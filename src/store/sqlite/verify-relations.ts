/** Verifying the file's own structure, and how its tables point at each other. */
import type { Fault } from "../upkeep.ts";
import type { Database } from "./driver.ts";
import { PAGE_STATE } from "./migrations/011-page-states.ts";
import type { Found } from "./verify-checks.ts";

/** More lines about one broken tree tell nobody anything. */
const MOST_LINES = 100;

/** SQLite's own check: pages, trees, indexes against tables, the search index against itself. */
export function* checkFile(db: Database): Generator<Found, void> {
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
    // Captures are of the time that their file says, also by a clock that was fast.
    table: "article",
    what: "it was last seen before it was first seen, or after every visit",
    sql: /* sql */ `
      SELECT id FROM article WHERE first_seen_at > last_seen_at
        OR last_seen_at > ${DAY_MS} + max(
          (SELECT coalesce(max(at), 0) FROM visit), (SELECT coalesce(max(fetched_at), 0) FROM capture))`,
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
    // The second part of a stretch that a late capture cut in two had the run of its first until 0.1.0.
    table: "version",
    what: "its run or its time is not that of its capture",
    sql: /* sql */ `
      SELECT v.id FROM version v JOIN capture c ON c.id = v.capture_id
      WHERE abs(v.captured_at - c.fetched_at) > ${DAY_MS}
        OR v.run_id <> c.run_id AND NOT EXISTS (
          SELECT 1 FROM version w WHERE w.article_id = v.article_id AND w.content = v.content
            AND w.id < v.id AND w.captured_at < v.captured_at AND w.run_id = v.run_id)`,
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
    // Sent on to another site's page, until 0.1.0 an article was of the site that was asked.
    table: "article",
    what: "its own page is of another site",
    sql: /* sql */ `
      SELECT a.id FROM article a JOIN page p ON p.id = a.page_id JOIN queue q ON q.id = p.queue_id
      WHERE q.site_id <> a.site_id AND NOT EXISTS (
        SELECT 1 FROM page o JOIN queue r ON r.id = o.queue_id
        WHERE o.article_id = a.id AND r.site_id = a.site_id)`,
  },
  {
    table: "article",
    what: "its status is not the last thing that happened to its page",
    sql: /* sql */ `
      SELECT a.id FROM article a
      WHERE iif(a.status = 'live', a.status_detail IS NOT NULL, NOT EXISTS (
        SELECT 1 FROM change e WHERE e.article_id = a.id AND e.version_id IS NULL
          AND e.kind = iif(a.status = 'gone', 'takedown', a.status) AND e.at = a.status_at
          AND e.summary = coalesce(a.status_detail, '')))`,
  },
  {
    // An unchanged record of an imported file was seen at a time that only the file knows.
    table: "article",
    what: "nothing was looked at when it was first or last seen, or got its status",
    sql: /* sql */ `
      WITH look (at) AS (SELECT at FROM visit UNION SELECT fetched_at FROM capture),
        unknown (id) AS (
          SELECT p.article_id FROM visit v JOIN page p ON p.id = v.page_id
          WHERE v.result = 'not-modified' AND p.article_id IS NOT NULL
            AND EXISTS (SELECT 1 FROM import_file))
      SELECT id FROM article
      WHERE NOT (first_seen_at IN look AND last_seen_at IN look AND status_at IN look)
        AND id NOT IN unknown`,
  },
  {
    table: "article",
    what: "its cluster is none, or it is alone in it",
    sql: /* sql */ `
      SELECT id FROM article WHERE cluster_id IS NOT NULL
        AND cluster_id NOT IN (SELECT id FROM cluster WHERE merged_into IS NULL)
      UNION SELECT min(id) FROM article WHERE cluster_id IS NOT NULL
      GROUP BY cluster_id HAVING count(*) = 1`,
  },
  {
    table: "copy",
    what: "the two tell one story and are not in one cluster",
    sql: /* sql */ `
      SELECT c.article_id FROM copy c
      JOIN article a ON a.id = c.article_id JOIN article b ON b.id = c.other_id
      WHERE c.article_id >= c.other_id OR c.is_story NOT IN (0, 1)
        OR c.is_story AND (a.cluster_id IS NULL OR a.cluster_id IS NOT b.cluster_id)`,
  },
  {
    table: "cluster",
    what: "it went into a younger one, or one that is not there",
    sql: /* sql */ `
      SELECT id FROM cluster WHERE merged_into >= id OR merged_into NOT IN (SELECT id FROM cluster)`,
  },
  {
    table: "version",
    what: "its extractions are not numbered from 1 on without a gap",
    sql: /* sql */ `
      SELECT v.id FROM version v LEFT JOIN extraction e ON e.version_id = v.id
      WHERE v.extraction <> 1 OR e.id IS NOT NULL
      GROUP BY v.id HAVING count(e.id) <> v.extraction - 1
        OR max(e.number) IS NOT v.extraction - 1 OR min(e.number) IS NOT 1`,
  },
  {
    table: "version",
    what: "it is an edit and no change was noted, or the other way round",
    sql: /* sql */ `
      SELECT v.id FROM version v
      LEFT JOIN change e ON e.article_id = v.article_id AND e.version_id = v.id
      GROUP BY v.id HAVING count(e.id) <> (v.number > 1)
        OR v.number = 1 AND v.changed <> '[]' OR NOT json_valid(v.changed)`,
  },
  {
    table: "change",
    what: "it is not of its article, its version's time, or a kind of edit",
    sql: /* sql */ `
      SELECT e.id FROM change e LEFT JOIN version v ON v.id = e.version_id
      LEFT JOIN article a ON a.id = e.article_id
      WHERE a.site_id IS NOT e.site_id OR NOT json_valid(e.kinds)
        OR instr(e.kinds, json_quote(e.kind)) = 0
        OR e.version_id IS NOT NULL AND (v.article_id IS NOT e.article_id OR v.captured_at IS NOT e.at)
        OR e.version_id IS NULL AND e.kinds <> json_array(e.kind)`,
  },
  {
    table: "run",
    what: "its options or counters are no JSON",
    sql: /* sql */ `
      SELECT id FROM run
      WHERE NOT (json_valid(sites) AND json_valid(options) AND json_valid(counters))`,
  },
];

/** What is counted as rows come, so that nobody has to count them. */
const COUNTS: readonly Relation[] = [
  {
    table: "site_count",
    what: "counted anew it is another",
    sql: differing(
      "site_id, articles, versions, with_title, with_category, with_date, with_author",
      "site_count WHERE articles > 0",
      /* sql */ `
        SELECT site_id, count(*), sum(versions), sum(has_title), count(category), count(published_at),
          sum(author_key <> '') FROM article GROUP BY site_id`,
    ),
  },
  {
    table: "capture_count",
    what: "counted anew it is another",
    sql: differing(
      "queue_id, captures",
      "capture_count WHERE captures > 0",
      /* sql */ `
        SELECT p.queue_id, count(*) FROM capture c JOIN page p ON p.id = c.page_id GROUP BY 1`,
    ),
  },
  {
    table: "page_count",
    what: "counted anew it is another",
    sql: differing(
      "queue_id, state, pages",
      "page_count WHERE pages > 0",
      /* sql */ `
        SELECT queue_id, ${PAGE_STATE("page")}, count(*) FROM page GROUP BY 1, 2`,
    ),
  },
  {
    table: "byte_count",
    what: "counted anew it is another",
    sql: differing(
      "raw, packed",
      "byte_count",
      /* sql */ `
        SELECT coalesce(sum(unpacked_bytes), 0), coalesce(sum(length(bytes)), 0) +
          (SELECT coalesce(sum(length(bytes)), 0) FROM block) FROM body`,
    ),
  },
  {
    table: "date_block",
    what: "an article's date is out of its bounds",
    sql: /* sql */ `
      SELECT a.id / 512 FROM article a LEFT JOIN date_block b ON b.id = a.id / 512
      GROUP BY 1 HAVING b.id IS NULL OR min(a.date_at) < b.first_at OR max(a.date_at) > b.last_at`,
  },
];

/** Rows that only one of two has; they have no number to name. */
function differing(columns: string, kept: string, counted: string): string {
  return /* sql */ `
    WITH kept AS (SELECT ${columns} FROM ${kept}), counted AS (${counted})
    SELECT DISTINCT NULL FROM (
      SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM counted)
      UNION ALL SELECT * FROM (SELECT * FROM counted EXCEPT SELECT * FROM kept))`;
}

export function* checkRelations(db: Database): Generator<Found, void> {
  const broken = db.prepare<[], { table: string; rowid: number | null; parent: string }>(
    `PRAGMA foreign_key_check`,
  );
  yield {
    faults: broken.all().map(({ table, rowid, parent }) => {
      return { table, id: rowid, digest: null, what: `it points at a ${parent} that is not there` };
    }),
  };
  for (const { table, what, sql } of [...RELATIONS, ...COUNTS]) {
    yield { faults: idsOf(db, sql).map((id): Fault => ({ table, id, digest: null, what })) };
  }
}

/** Rows whose JSON is none are named by what reads them one by one (verify-rows.ts). */
function idsOf(db: Database, sql: string): readonly (number | null)[] {
  try {
    return db.prepare<[], number | null>(sql).pluck().all();
  } catch (error) {
    if (error instanceof Error && error.message === "malformed JSON") return [];
    throw error;
  }
}
