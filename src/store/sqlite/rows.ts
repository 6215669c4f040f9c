/** Between rows and the records that travel: the only file that knows how an article is spread over columns. */
import type { Article, ArticleRecord, Fingerprint, PageKind, Via } from "../../model.ts";
import { hostKeyOf } from "../../url/index.ts";

/** The columns of a version that hold its article. */
export interface VersionText {
  readonly title: string;
  readonly subtitle: string | null;
  readonly category: string | null;
  readonly excerpt: string | null;
  readonly wordCount: number;
  readonly body: string;
  readonly details: string;
}

export interface RecordRow extends VersionText {
  readonly articleId: number;
  readonly url: string;
  readonly siteId: string;
  readonly kind: PageKind;
  readonly number: number;
  readonly versions: number;
  readonly status: ArticleRecord["status"];
  readonly httpStatus: number;
  readonly via: Via;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  readonly capturedAt: number;
  readonly captureId: number;
  readonly runId: number;
  readonly changed: string;
  readonly rawDigest: Buffer;
  readonly places: string;
  readonly content: Buffer;
  readonly text: Buffer;
  readonly near: Buffer;
  readonly duplicateOf: number | null;
  readonly clusterId: number | null;
  readonly program: string;
  readonly rule: string;
}

/** Everything of a record; callers add WHERE and ORDER over a (article) and v (version). */
export const SELECT_RECORD = /* sql */ `
  SELECT a.id AS articleId, p.url, a.site_id AS siteId, a.kind, v.number, a.versions, a.status,
    c.status AS httpStatus, c.via, a.first_seen_at AS firstSeenAt, a.last_seen_at AS lastSeenAt,
    v.captured_at AS capturedAt, v.capture_id AS captureId, v.run_id AS runId, v.changed,
    b.digest AS rawDigest, a.places, v.content, v.text, v.near, a.duplicate_of AS duplicateOf,
    a.cluster_id AS clusterId, v.program, v.rule, v.title, v.subtitle, v.category, v.excerpt,
    v.word_count AS wordCount, v.body, v.details`;
export const FROM_RECORD = /* sql */ `
  JOIN page p ON p.id = a.page_id
  JOIN capture c ON c.id = v.capture_id
  JOIN body b ON b.id = c.body_id`;

/** Article ids as people see them: `a` and the row's number, never reused. */
export function toArticleId(id: number): string {
  return `a${id}`;
}

/** @returns null for what is no article id */
export function fromArticleId(text: string): number | null {
  const digits = /^a([1-9]\d{0,14})$/i.exec(text.trim())?.[1];
  return digits === undefined ? null : Number(digits);
}

export function recordOf(row: RecordRow): ArticleRecord {
  return {
    id: toArticleId(row.articleId),
    url: row.url,
    siteId: row.siteId,
    sourceDomain: hostKeyOf(row.url),
    article: articleOfRow(row),
    fingerprint: {
      content: row.content.toString("hex"),
      text: row.text.toString("hex"),
      near: row.near.toString("hex"),
    },
    places: JSON.parse(row.places) as string[],
    version: row.number,
    versions: row.versions,
    status: row.status,
    httpStatus: row.httpStatus,
    via: row.via,
    firstSeenAt: row.firstSeenAt,
    lastSeenAt: row.lastSeenAt,
    downloadedAt: row.capturedAt,
    rawDigest: row.rawDigest.toString("hex"),
    duplicateOf: row.duplicateOf === null ? null : toArticleId(row.duplicateOf),
    cluster: row.clusterId === null ? null : `c${row.clusterId}`,
    extractor: { program: row.program, rule: row.rule },
  };
}

/** As columns hold them. */
export function hashesOf({ content, text, near }: Fingerprint) {
  return {
    content: Buffer.from(content, "hex"),
    text: Buffer.from(text, "hex"),
    near: Buffer.from(near, "hex"),
  };
}

type Details = Omit<Article, keyof Omit<VersionText, "details">>;

/** The fields of an article that have no column of their own, as JSON. */
export function detailsOf(article: Article): string {
  const {
    title: _1,
    subtitle: _2,
    category: _3,
    excerpt: _4,
    wordCount: _5,
    body: _6,
    ...rest
  } = article;
  return JSON.stringify(rest satisfies Details);
}

export function articleOfRow(row: VersionText): Article {
  const { title, subtitle, category, excerpt, wordCount, body } = row;
  const details = JSON.parse(row.details) as Details;
  return { title, subtitle, category, excerpt, wordCount, body, ...details };
}
