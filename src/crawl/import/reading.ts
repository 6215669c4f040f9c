/** From a capture of an import to the visit that is stored. */
import { pack } from "../../codec/index.ts";
import { fingerprint } from "../../fingerprint/index.ts";
import type { Article, Capture, PageKind } from "../../model.ts";
import type { Workers } from "../../process/index.ts";
import type { ImportedPage } from "../../store/store.ts";

export interface Stamp {
  readonly runId: number;
  readonly program: string;
}

/** Kinds of page that become versions; the others are recorded as skipped, with their kind. */
const STORED_KINDS: ReadonlySet<PageKind> = new Set(["article", "live-blog", "gallery", "video"]);

/** Reads a page in a worker thread, by the rules of its site. */
export async function pageVisit(
  capture: Capture,
  siteId: string,
  workers: Workers,
  { runId, program }: Stamp,
): Promise<ImportedPage["visit"]> {
  const { url, fetchedAt: at, headers, body } = capture;
  const base = { at, runId, nextAt: null };
  const outcome = await workers.read({
    ...{ url, fetchedAt: at, headers, body, siteId, explain: false, pack: "later" },
  });
  if (outcome.kind === "unreadable") {
    return { ...base, kind: "skipped", reason: "unreadable", detail: outcome.detail };
  }
  const { extraction, fingerprint: prints, packed, encoding, rule } = outcome.reading;
  const { kind, article, nextPart } = extraction;
  if (!STORED_KINDS.has(kind) || article === null || packed === null) {
    const reason = kind === "article" ? "empty" : kind;
    return {
      ...base,
      kind: "skipped",
      reason,
      detail: extraction.reasons[0] ?? "no article found",
    };
  }
  return {
    ...{ ...base, kind: "read", capture },
    reading: {
      // Further parts were captured at other times, if at all: what is here is less than the article.
      extraction:
        nextPart === null
          ? extraction
          : { ...extraction, article: { ...article, isPartial: true } },
      ...{ fingerprint: prints, packed, encoding },
      extractor: { program, rule },
    },
  };
}

/** The second: what a record does not tell is no edit. Edits by the first are not worked out again. */
const RECORD_RULE = "import@2";

/** An article that another program has read. */
export function articleVisit(
  { capture, article }: { readonly capture: Capture; readonly article: Article },
  { runId, program }: Stamp,
): ImportedPage["visit"] {
  return {
    ...{ kind: "read", at: capture.fetchedAt, runId, nextAt: null, capture },
    reading: {
      extraction: {
        ...{ kind: "article", reasons: ["read by another program"], article },
        ...{ theme: null, nextPart: null, rule: RECORD_RULE, trace: null },
      },
      ...{ fingerprint: fingerprint(article), packed: pack(capture.body), encoding: "utf-8" },
      extractor: { program, rule: RECORD_RULE },
    },
  };
}
