/** What is said where nothing was found: a label or language that the archive does not know is the likely reason. */
import { nearestId } from "../sites/index.ts";
import type { FacetName, Store } from "../store/store.ts";
import { fold } from "../text/index.ts";
import type { Context } from "./command.ts";
import type { FilterOptions } from "./options.ts";

/** As many as are taken in at a look. */
const MOST_NAMED = 5;

export async function sayNothingFound(
  { log }: Context,
  store: Store,
  { category, language }: FilterOptions,
): Promise<void> {
  log.info("nothing found");
  if (category !== undefined) await sayUnknown("category", category, "no article is filed under");
  if (language !== undefined) await sayUnknown("language", language, "no article is in");

  async function sayUnknown(facet: FacetName, word: string, what: string): Promise<void> {
    const { values } = await store.facets({}, [facet], 0);
    const known = new Map(values.map(({ value }) => [fold(value), value]));
    if (known.size === 0 || known.has(fold(word))) return;
    const near = known.get(nearestId(fold(word), [...known.keys()]) ?? "");
    const some = values.slice(0, MOST_NAMED).map(({ value }) => value);
    const more = values.length > some.length ? " …" : "";
    const hint =
      near === undefined ? `there is ${some.join(", ")}${more}` : `did you mean ${near}?`;
    log.info(`${what} "${word}" (${hint})`);
  }
}
