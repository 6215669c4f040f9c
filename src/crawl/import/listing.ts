/** An import that only names what would be read. */
import type { Store } from "../../store/store.ts";
import type { ImportDeps } from "./options.ts";
import { isKnown } from "./prepare.ts";
import type { ImportItem, Source } from "./source.ts";
import type { ImportTally } from "./tally.ts";
import type { Wanted } from "./wanted.ts";

/** Tells `onFound` of an item that would be read. */
export function createListing(
  store: Store | null,
  wanted: Wanted,
  tally: ImportTally,
  deps: Pick<ImportDeps, "onFound" | "onDamage">,
): (source: Source, item: ImportItem) => Promise<void> {
  return list;

  async function list(source: Source, item: ImportItem): Promise<void> {
    tally.item(item);
    if (item.kind === "damage") {
      deps.onDamage?.({ file: source.name, offset: item.offset, detail: item.detail });
    }
    if (item.kind === "address") {
      const page = await wanted.address(item);
      if (page === null) return;
      const isQueued = (await store?.isKnown(page.url)) === true;
      const { url, siteId } = page;
      const place = { file: source.name, offset: item.offset };
      await deps.onFound?.({ url, siteId, capturedAt: null, ...place, isKnown: isQueued });
      return;
    }
    if (item.kind !== "page" && item.kind !== "article") return;
    const { url, fetchedAt } = item.capture;
    const page = await wanted.page(url, fetchedAt);
    if (page === null) return;
    await deps.onFound?.({
      ...{ url, siteId: page.siteId, capturedAt: fetchedAt, file: source.name },
      ...{ offset: item.offset, isKnown: await isKnown(item.capture, store) },
    });
  }
}
