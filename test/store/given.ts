/** Articles, captures and visits for tests of the archive: complete, and different only where a test says so. */
import { pack } from "../../src/codec/index.ts";
import { fingerprint } from "../../src/fingerprint/index.ts";
import type { Article, Capture, PageRef } from "../../src/model.ts";
import type { Lease, Settled, Store, Visit } from "../../src/store/store.ts";

export const DAY_MS = 86_400_000;
export const NOW = Date.UTC(2024, 4, 1, 12);

export function givenArticle(fields: Partial<Article> = {}): Article {
  return {
    title: "أعيان مصراتة يلتقون وفد البلدية",
    subtitle: null,
    category: "محلي",
    categories: [{ label: "محلي", kind: "scope", detail: "national", medtops: [] }],
    body: "التقى أعيان مدينة مصراتة صباح اليوم وفدا من البلدية لبحث أوضاع الطرق.\n\nوقال المتحدث إن اللقاء ناقش صيانة الميناء والمستشفى العام ومواعيد الدراسة.",
    excerpt: null,
    authors: ["سالم الفيتوري"],
    tags: [],
    published: givenDate("2024-04-30T10:00:00+02:00"),
    modified: null,
    language: "ar",
    dir: "rtl",
    imageUrl: null,
    images: [],
    canonicalUrl: null,
    siteName: null,
    originalSource: null,
    wordCount: 24,
    method: "theme",
    confidence: 0.9,
    isPartial: false,
    from: {},
    ...fields,
  };
}

export function givenDate(iso: string): NonNullable<Article["published"]> {
  return {
    at: Date.parse(iso),
    iso,
    precision: "second",
    raw: iso,
    source: "json-ld:datePublished",
    confidence: 1,
    doubt: null,
  };
}

export function givenPage(url: string, fields: Partial<PageRef> = {}): PageRef {
  return {
    url,
    siteId: new URL(url).hostname.split(".").at(-2) ?? "site",
    role: "article",
    foundBy: "feed",
    title: null,
    publishedAt: null,
    lastModifiedAt: null,
    ...fields,
  };
}

export function givenCapture(url: string, fields: Partial<Capture> = {}): Capture {
  return {
    url,
    finalUrl: url,
    redirects: [],
    fetchedAt: NOW,
    status: 200,
    headers: [
      ["content-type", "text/html; charset=utf-8"],
      ["etag", '"v1"'],
    ],
    body: Buffer.from(`<html>${url}</html>`),
    via: "live",
    ...fields,
  };
}

export interface ReadOptions {
  readonly runId: number;
  readonly article?: Partial<Article>;
  readonly capture?: Partial<Capture>;
  readonly at?: number;
  readonly nextAt?: number | null;
}

export function givenRead(url: string, options: ReadOptions): Visit {
  const { runId, at = NOW, nextAt = null } = options;
  const article = givenArticle(options.article);
  const capture = givenCapture(url, { fetchedAt: at, ...options.capture });
  const extraction = {
    kind: "article",
    reasons: [],
    article,
    theme: null,
    nextPart: null,
    rule: "generic",
    trace: null,
  } as const;
  return {
    kind: "read",
    at,
    runId,
    nextAt,
    capture,
    reading: {
      extraction,
      fingerprint: fingerprint(article),
      extractor: { program: "warraq 0.1.0", rule: "generic" },
      packed: pack(capture.body),
      encoding: "utf-8",
    },
  };
}

/** Makes the page due, takes it on loan and settles it with the visit. */
export async function visit(store: Store, page: PageRef, result: Visit): Promise<Settled> {
  return store.settle(await leaseOf(store, page, result.at), result);
}

export async function leaseOf(store: Store, page: PageRef, now: number): Promise<Lease> {
  await store.enqueue([page], { now, known: "revisit" });
  const [lease] = await store.lease({ now, limit: 1, holdMs: 60_000, siteIds: [page.siteId] });
  if (lease === undefined) throw new Error(`nothing is due for ${page.url}`);
  return lease;
}

export async function beginRun(store: Store, at = NOW): Promise<number> {
  const run = { at, command: "crawl", sites: ["x"], program: "warraq 0.1.0", options: {} };
  return (await store.beginRun(run)).id;
}
