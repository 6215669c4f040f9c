/** What a citation of one version needs, whatever its style. Pure. */
import type { ArticleDate, ArticleRecord } from "../../model.ts";
import { isoInstant } from "../record.ts";

export interface CitedFacts {
  readonly id: string;
  readonly outlet: string;
  readonly title: string;
  readonly authors: readonly string[];
  /** As far as the outlet told it: `2019`, `2019-04`, `2019-04-23`; null when it gave no date. */
  readonly published: string | null;
  readonly url: string;
  readonly language: string;
  readonly version: number;
  readonly versions: number;
  /** When the archive captured this version, ISO 8601 UTC to the second. */
  readonly captured: string;
  readonly contentHash: string;
  readonly rawHash: string;
  readonly program: string;
  readonly rule: string;
}

export function citedFacts(record: ArticleRecord): CitedFacts {
  const { article, extractor, fingerprint } = record;
  return {
    id: record.id,
    outlet: plain(article.siteName ?? record.sourceDomain),
    title: plain(article.title),
    authors: article.authors.map(plain),
    published: article.published === null ? null : printed(article.published),
    url: record.url,
    language: article.language,
    version: record.version,
    versions: record.versions,
    captured: `${isoInstant(record.downloadedAt).slice(0, "2019-04-23T14:05:00".length)}Z`,
    contentHash: `sha256:${fingerprint.content}`,
    rawHash: `sha256:${record.rawDigest}`,
    program: extractor.program,
    rule: extractor.rule,
  };
}

/** Where the version stands, its hashes, and who read it: the note every style carries. */
export function provenanceOf(facts: CitedFacts): string {
  const { version, versions, captured, contentHash, rawHash, program, rule } = facts;
  return `Version ${version} of ${versions}, captured ${captured}; content ${contentHash}, raw ${rawHash}; read by ${program}, ${rule}`;
}

const CHARS: Readonly<Record<string, number>> = { year: 4, month: 7 };

function printed({ iso, precision }: ArticleDate): string {
  return iso.slice(0, CHARS[precision] ?? "2019-04-23".length);
}

/** One line, without what only steers a terminal or a direction. */
function plain(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
}
