/**
 * Filling gaps from public archives: a page the archive lacks is stored as it was captured there, at
 * the time of that capture, under its own address, and `via` says who kept it. Only pages without any
 * article are filled: a version is never put before or after one that was seen live.
 */
import type { Capture, PageKind, RefusalReason } from "../../model.ts";
import type { Reading as PageReading } from "../../store/store.ts";
import { urlKey } from "../../url/index.ts";
import type { IndexRow } from "./cdx.ts";
import type { FillContext } from "./fill.ts";
import { strayLease } from "./lookup.ts";
import { FOUND_BY } from "./options.ts";
import type { WayContext } from "./way.ts";
import { publishedIn, widened } from "./window.ts";

/** A page captured somewhere else: where and when, and its name there. */
export interface Memento extends IndexRow {
  /** The address the service gives this very capture; what became of it is recorded there. */
  readonly address: string;
}

export type MementoOutcome =
  | { readonly kind: "captured"; readonly capture: Capture }
  /** This capture cannot be had; another of the same page may. */
  | { readonly kind: "absent"; readonly detail: string }
  /** The service does not answer, or asks to be left alone. */
  | { readonly kind: "failed"; readonly detail: string; readonly isFinal: boolean };

export interface MementoService<M extends Memento = Memento> {
  /** Captures of the site's articles, those of one page together and oldest first. */
  find(context: WayContext): AsyncGenerator<readonly M[]>;
  fetch(memento: M, signal: AbortSignal): Promise<MementoOutcome>;
}

/** Captures of one page tried in turn: the first may be a bot wall or cut short. */
const MOST_TRIES = 3;

const STORED_KINDS: ReadonlySet<string> = new Set(["article", "live-blog", "gallery", "video"]);

/** Captures by page, in order of first mention; at most three a page, one of each moment. */
export function byPage<M extends Memento>(mementos: readonly M[]): M[][] {
  const pages = new Map<string, M[]>();
  for (const memento of mementos) {
    const key = urlKey(memento.url);
    const same = pages.get(key) ?? [];
    pages.set(key, same);
    if (same.length < MOST_TRIES && !same.some(({ at }) => at === memento.at)) same.push(memento);
  }
  return [...pages.values()];
}

export type Filled = "stored" | "known" | "skipped" | "failed" | "stopped";

/** Stores the first of a page's captures that is an article. Each is asked for once, ever. */
export async function fillFromMementos<M extends Memento>(
  mementos: readonly M[],
  service: MementoService<M>,
  context: FillContext,
): Promise<Filled> {
  const { store, way } = context;
  let result: Filled = "skipped";
  for (const memento of mementos) {
    if ((await store.lastVisit(memento.address)) !== null) continue;
    if (!context.take()) return "stopped";
    const outcome = await service.fetch(memento, context.signal);
    if (outcome.kind === "failed") {
      if (context.signal.aborted) return "stopped"; // let go of, not failed
      context.onTrouble(outcome.detail, outcome.isFinal);
      context.count("failed");
      return "failed";
    }
    if (outcome.kind === "absent") {
      await skip(memento, "filtered", outcome.detail, context);
      continue;
    }
    const { capture } = outcome;
    const read = await context.workers.read({
      ...{ url: capture.finalUrl, fetchedAt: capture.fetchedAt, headers: capture.headers },
      ...{ body: capture.body, siteId: context.site.id, explain: false, pack: true },
    });
    if (read.kind === "unreadable") {
      await skip(memento, "unreadable", read.detail, context);
      continue;
    }
    const { extraction, fingerprint, packed, encoding, rule } = read.reading;
    const { article, kind } = extraction;
    if (article === null || packed === null || !STORED_KINDS.has(kind)) {
      const why = extraction.reasons[0] ?? "no article found";
      await skip(memento, kind === "article" ? "empty" : kind, why, context);
      continue;
    }
    const page = {
      ...{ url: memento.url, siteId: context.site.id, role: "article" as const },
      ...{ foundBy: FOUND_BY[way], title: null, lastModifiedAt: null },
    };
    const dated = { ...page, publishedAt: article.published?.at ?? null };
    if (publishedIn(dated, widened(context.window), context.timeZone) === false) {
      await skip(memento, "filtered", `published ${article.published?.iso}`, context);
      return "skipped"; // its other captures are of the same day
    }
    if (article.canonicalUrl !== null && (await context.hasArticle(article.canonicalUrl))) {
      await skip(memento, "filtered", "archived under its canonical URL", context);
      return "known";
    }
    const reading: PageReading = {
      // Further parts were captured at other times, if at all: what is here is less than the article.
      extraction:
        extraction.nextPart === null
          ? extraction
          : { ...extraction, article: { ...article, isPartial: true } },
      ...{ fingerprint, packed, encoding },
      extractor: { program: context.program, rule },
    };
    const settled = await store.settle(strayLease(dated), {
      ...{ kind: "read", at: capture.fetchedAt, runId: context.runId, nextAt: null },
      ...{ capture, reading },
    });
    context.settled(dated, settled, article.title);
    result = settled.result === "new" ? "stored" : "known";
    return result;
  }
  return result;
}

/** Recorded at the capture's own address: the page itself was not visited, and may be elsewhere. */
async function skip(
  memento: Memento,
  reason: RefusalReason | PageKind,
  detail: string,
  context: FillContext,
): Promise<void> {
  const page = {
    ...{ url: memento.address, siteId: context.site.id, role: "article" as const },
    ...{ foundBy: FOUND_BY[context.way], title: null, publishedAt: null, lastModifiedAt: null },
  };
  const settled = await context.store.settle(strayLease(page), {
    ...{ kind: "skipped", at: context.now(), runId: context.runId, nextAt: null },
    ...{ reason, detail: `${memento.address}: ${detail}` },
  });
  context.settled(page, settled, detail);
}
