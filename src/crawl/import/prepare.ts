/**
 * From an item of a file to a page that can be stored: pages are read in a worker thread unless they are
 * here already, revisits get the bytes they refer to.
 */
import { hash } from "node:crypto";
import { WarraqError } from "../../errors.ts";
import type { Capture } from "../../model.ts";
import type { Workers } from "../../process/index.ts";
import type { ImportedPage, Store } from "../../store/store.ts";
import { articleVisit, pageVisit, type Stamp } from "./reading.ts";
import type { ImportItem } from "./source.ts";
import type { ImportTally } from "./tally.ts";
import type { Wanted } from "./wanted.ts";

/** An item and what came of it: a page to be stored, or nothing. */
export interface Taken {
  readonly offset: number;
  readonly page: ImportedPage | null;
}

export interface PrepareParts {
  readonly archive: Store;
  readonly workers: Workers;
  readonly wanted: Wanted;
  readonly tally: ImportTally;
  readonly stamp: Stamp;
}

export function createPrepare({
  archive,
  workers,
  wanted,
  tally,
  stamp,
}: PrepareParts): (item: ImportItem) => Promise<Taken> {
  return prepare;

  async function prepare(item: ImportItem): Promise<Taken> {
    const { offset } = item;
    const nothing = { offset, page: null };
    switch (item.kind) {
      case "page":
      case "article": {
        const { capture } = item;
        const ref = await wanted.page(capture.url, capture.fetchedAt);
        if (ref === null) return nothing;
        if (await isKnown(capture, archive)) {
          tally.known(ref);
          return nothing;
        }
        if (item.kind === "article") {
          const visit = articleVisit(item, stamp);
          return { offset, page: { page: ref, offset, visit, told: item.told } };
        }
        const visit = await pageVisit(capture, ref.siteId, workers, stamp);
        return { offset, page: { page: ref, offset, visit } };
      }
      case "revisit": {
        const ref = await wanted.page(item.url, item.at);
        if (ref === null) return nothing;
        const { original, at, headers, url } = item;
        const before = original === null ? null : await originalOf(original, archive);
        if (before !== null) {
          const capture = {
            ...before,
            ...{ url, finalUrl: url, redirects: [] },
            // A copy: the archive may hand out a part of what it holds.
            ...{ headers, body: new Uint8Array(before.body) },
            fetchedAt: at,
          };
          return prepare({ kind: "page", offset, capture });
        }
        const visit = await archive.lastVisit(url);
        if (visit === null || visit.articleId === null) {
          tally.pass("revisit of a page that is not here");
          return nothing;
        }
        return {
          offset,
          page: {
            page: ref,
            offset,
            visit: { kind: "not-modified", at, runId: stamp.runId, nextAt: null },
          },
        };
      }
      default:
        return nothing;
    }
  }
}

/** Whether this very capture is in the archive. */
export async function isKnown(
  { url, fetchedAt, body }: Capture,
  archive: Store | null,
): Promise<boolean> {
  if (archive === null || !(await archive.isKnown(url))) return false;
  return archive.hasCapture(url, fetchedAt, hash("sha256", body, "hex"));
}

/** What a revisit refers to; null when it is not here, or its bytes were pruned. */
async function originalOf(
  { url, at }: { readonly url: string; readonly at: number },
  archive: Store,
): Promise<Capture | null> {
  try {
    return await archive.captureAt(url, at);
  } catch (error) {
    if (error instanceof WarraqError && error.code === "E_PRUNED") return null;
    throw error;
  }
}
