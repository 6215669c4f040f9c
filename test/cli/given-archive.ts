/** A small archive, filled the way the crawler fills one: pages leased, read and settled. */
import { createHash } from "node:crypto";
import { pack } from "../../src/codec/index.ts";
import { fingerprint } from "../../src/fingerprint/index.ts";
import type { Article, PageRef } from "../../src/model.ts";
import { openStore } from "../../src/store/index.ts";
import { recordOf } from "../export/records.ts";
import { temporaryFolder } from "../temporary-folder.ts";

export interface SeedPage {
  readonly url: string;
  readonly siteId?: string;
  readonly article: Partial<Article>;
}

const DAY_MS = 86_400_000;
/** Within the harness's clock: the archive's visits lie before "now". */
const FIRST_VISIT = Date.parse("2026-05-16T20:00:00Z");

/** Pages everybody may use: two Arabic ones, an English one, and one that was edited. */
export const PAGES: readonly SeedPage[] = [
  { url: "https://sahel.example/2026/05/16/maktaba/", article: {} },
  {
    url: "https://sahel.example/2026/05/17/hostile/",
    article: {
      title: '=HYPERLINK("x") \u001b[31mأحمر\u001b[0m \u202Eعكس',
      body: "نص\u001b]0;pwned\u0007 خبر في طرابلس.\n\nفقرة ثانية.",
      published: null,
      categories: [],
      category: null,
    },
  },
  {
    url: "https://marsa.example/harbour",
    siteId: "marsa",
    article: {
      title: "Harbour dredging resumes in Misrata after spring storms",
      body: "Dredging of the main channel resumed on Sunday.\n\nThe port authority said so.",
      language: "en",
      dir: "ltr",
      authors: ["Mona Ali"],
    },
  },
];

/** What the first page says on its second visit. */
export const EDITED: Partial<Article> = {
  title: "افتتاح مكتبة عامة في مصراتة اليوم",
  body: "افتُتحت في مدينة مصراتة مكتبة عامة.\n\nوتضم خمسة عشر ألف كتاب.",
};

/** @returns the path of the archive, removed with its folder when the test is over */
export async function filledArchive(pages: readonly SeedPage[] = PAGES): Promise<string> {
  const path = `${temporaryFolder()}/warraq.db`;
  await visitAll(path, pages, FIRST_VISIT);
  const [first] = pages;
  if (pages === PAGES && first !== undefined) {
    await visitAll(path, [{ ...first, article: EDITED }], FIRST_VISIT + DAY_MS);
  }
  return path;
}

export async function visitAll(
  path: string,
  pages: readonly SeedPage[],
  at: number,
): Promise<void> {
  const store = await openStore({ path, mode: "write" });
  try {
    store.lockForCrawl();
    const program = "warraq/test";
    const run = await store.beginRun({ at, command: "crawl", sites: [], program, options: {} });
    for (const [index, { url, siteId = "sahel", article }] of pages.entries()) {
      const page: PageRef = {
        ...{ url, siteId, title: null, publishedAt: null, lastModifiedAt: null },
        role: "article",
        foundBy: "feed",
      };
      await store.enqueue([page], { now: at, known: "revisit" });
      const [lease] = await store.lease({ now: at, limit: 1, holdMs: 60_000 });
      if (lease === undefined) throw new Error(`nothing to lease for ${url}`);
      const whole = recordOf({ article }).article;
      const body = Buffer.from(`<!doctype html><title>${index}</title><p>${whole.body}`);
      await store.settle(lease, {
        ...{ kind: "read", at: at + index, runId: run.id, nextAt: null },
        capture: {
          ...{ url, finalUrl: url, redirects: [], fetchedAt: at + index, status: 200 },
          ...{ headers: [["content-type", "text/html"]], body, via: "live" },
        },
        reading: {
          extraction: {
            ...{ kind: "article", reasons: [], article: whole },
            ...{ theme: null, nextPart: null, rule: "generic", trace: null },
          },
          fingerprint: fingerprint(whole),
          extractor: { program, rule: "generic" },
          packed: pack(body),
          encoding: "utf-8",
        },
      });
    }
    const counters = {
      ...{ new: pages.length, changed: 0, same: 0, gone: 0, skipped: 0, failed: 0 },
      ...{ notModified: 0, requests: pages.length, bytes: 1_000 },
    };
    await store.endRun(run.id, { at: at + 1_000, reason: "finished", counters });
  } finally {
    await store.close();
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
