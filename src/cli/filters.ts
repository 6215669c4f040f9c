/** From the filter options of a command line to a question the archive understands. */
import { WarraqError } from "../errors.ts";
import type { ArticleFilter, Store } from "../store/store.ts";
import { localToUtc, placeNamed } from "../text/index.ts";
import { TIME_ZONE } from "./libya-time.ts";
import type { FilterOptions } from "./options.ts";
import type { Day, Span } from "./parse.ts";

/**
 * @param words - free text, in the search language; none for no limit by text
 * @param now - UTC ms; `--since` counts back from it
 * @throws {WarraqError} E_USAGE when no day lies between the dates or for a place that is none,
 *   E_UNKNOWN_SITE for a site that is none, in the words too; E_QUERY
 */
export async function askedFilter(
  store: Store,
  words: readonly string[],
  options: FilterOptions,
  now: number,
): Promise<ArticleFilter> {
  const { site, category, author, place, language, since, status } = options;
  if (place !== undefined && placeNamed(place) === null) {
    throw new WarraqError("E_USAGE", `"${place}" is no place of Libya that data/places.json names`);
  }
  const text = words.join(" ").trim();
  await checkSitesNamed(store, text);
  const window = windowOf(options);
  return {
    ...(text !== "" && { text }),
    ...(site !== undefined && { siteIds: await askedSites(store, site) }),
    ...(category !== undefined && { category }),
    ...(author !== undefined && { author }),
    ...(place !== undefined && { place }),
    ...(language !== undefined && { language }),
    ...window,
    ...(since !== undefined && { seenSince: now - since }),
    ...(status !== undefined && { status }),
  };
}

/** A mistyped `site:` would find nothing, and nobody would know why. */
async function checkSitesNamed(store: Store, text: string): Promise<void> {
  // Most queries name none, and need no look at the rules.
  if (!text.includes(":")) return;
  const { sitesNamed } = await import("../store/index.ts");
  for (const word of sitesNamed(text)) {
    const [id = word] = await askedSites(store, [word]);
    if (id === word) continue;
    throw new WarraqError("E_QUERY", `site:${word}: in a query a site goes by its id, site:${id}`);
  }
}

/** The ids that `--site` means. @throws {WarraqError} E_UNKNOWN_SITE */
export async function askedSites(
  store: Store,
  words: readonly string[],
): Promise<readonly string[]> {
  const { filteredSites } = await import("./archived-sites.ts");
  return filteredSites(store, words);
}

/** Instants [from, to) of `--from` and `--to`. @throws {WarraqError} E_USAGE when none lies between */
export function windowOf({ from, to }: { readonly from?: Span; readonly to?: Span }): {
  readonly from?: number;
  readonly to?: number;
} {
  const window = {
    ...(from !== undefined && { from: startOf(from) }),
    ...(to !== undefined && { to: endOf(to) }),
  };
  if (window.from !== undefined && window.to !== undefined && window.from >= window.to) {
    throw new WarraqError("E_USAGE", "--from is later than --to: no day lies between");
  }
  return window;
}

/** The first instant of a `--from`. */
export function startOf(span: Span): number {
  return "at" in span ? span.at : midnight(span.from);
}

/** Exclusive: `--to 2024` takes in the whole of 2024. */
export function endOf(span: Span): number {
  return "at" in span ? span.at + 1 : midnight(span.to);
}

function midnight({ year, month, day }: Day): number {
  // Rolls 13 months or 32 days over into the next year or month.
  const date = new Date(Date.UTC(year, month - 1, day));
  const parts = {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
  };
  return localToUtc(parts, TIME_ZONE);
}
