/** Records for tests: one article as an archive would hand it out, and variations of it. */
import { factsOf } from "../../src/export/tally.ts";
import type { ArticleRecord } from "../../src/model.ts";
import type { JsonBatch, JsonRequest } from "../../src/store/store.ts";

const DIGEST = "0123456789abcdef".repeat(4);

export function recordOf(
  changes: Partial<Omit<ArticleRecord, "article">> & {
    readonly article?: Partial<ArticleRecord["article"]>;
  } = {},
): ArticleRecord {
  const { article, ...rest } = changes;
  return {
    id: "a1",
    url: "https://sahel.example/2026/05/16/maktaba/",
    siteId: "sahel",
    sourceDomain: "sahel.example",
    fingerprint: { content: DIGEST, text: DIGEST, near: "0123456789abcdef" },
    version: 1,
    versions: 1,
    status: "live",
    httpStatus: 200,
    via: "live",
    firstSeenAt: Date.parse("2026-05-16T20:00:00Z"),
    lastSeenAt: Date.parse("2026-05-17T20:00:00Z"),
    downloadedAt: Date.parse("2026-05-16T20:00:01Z"),
    rawDigest: DIGEST,
    duplicateOf: null,
    places: [],
    cluster: null,
    extractor: { program: "warraq/0.1.0", rule: "theme:tielabs-jannah@1a2b3c4d" },
    ...rest,
    article: {
      title: "افتتاح مكتبة عامة في مصراتة",
      subtitle: null,
      category: "محلي",
      categories: [
        { label: "محلي", kind: "scope", detail: "national", medtops: [] },
        { label: "ثقافة", kind: "topic", detail: null, medtops: ["medtop:01000000"] },
      ],
      body: "افتُتحت في مدينة مصراتة مكتبة عامة.\n\nوتضم عشرين ألف كتاب.",
      excerpt: null,
      authors: ["سالم أحمد", "منى علي"],
      tags: [],
      published: {
        at: Date.parse("2026-05-15T22:00:00Z"),
        iso: "2026-05-16T00:00:00+02:00",
        precision: "day",
        raw: "16 الماء/مايو 2026",
        source: "theme:tielabs-jannah .date",
        confidence: 0.9,
        doubt: null,
      },
      modified: null,
      language: "ar",
      dir: "rtl",
      imageUrl: null,
      images: [{ url: "https://sahel.example/a.jpg", alt: "المكتبة", caption: null, credit: null }],
      canonicalUrl: null,
      siteName: "وكالة الساحل",
      originalSource: null,
      wordCount: 9,
      method: "theme",
      confidence: 0.95,
      isPartial: false,
      from: {},
      ...article,
    },
  };
}

/** A store that can only be read through, as far as `records` goes. */
export function storeOf(records: Iterable<ArticleRecord> | AsyncIterable<ArticleRecord>) {
  return {
    async *scan(): AsyncGenerator<ArticleRecord> {
      yield* records;
    },
    async *scanJson({ lineOf }: JsonRequest): AsyncGenerator<JsonBatch> {
      for await (const record of records) {
        const { id, version } = record;
        const lines = Buffer.from(lineOf(record));
        yield { lines, of: [{ id, version, facts: factsOf(record) }] };
      }
    },
    extent: async () => ({ records: 0, fromAt: null, toAt: null }),
    siteIds: async () => [],
    async *sightings() {},
    increment: () => Promise.reject(new Error("this store keeps no increments")),
  };
}
