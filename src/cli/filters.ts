/** From the filter options of a command line to a question the archive understands. */
import type { ArticleFilter } from "../store/store.ts";
import { localToUtc } from "../text/index.ts";
import { TIME_ZONE } from "./libya-time.ts";
import type { FilterOptions } from "./options.ts";
import type { Day, Span } from "./parse.ts";

/**
 * @param words - free text, in the search language; none for no limit by text
 * @param now - UTC ms; `--since` counts back from it
 */
export function toFilter(
  words: readonly string[],
  options: FilterOptions,
  now: number,
): ArticleFilter {
  const { site, category, author, place, language, from, to, since, status } = options;
  const text = words.join(" ").trim();
  return {
    ...(text !== "" && { text }),
    ...(site !== undefined && { siteIds: site }),
    ...(category !== undefined && { category }),
    ...(author !== undefined && { author }),
    ...(place !== undefined && { place }),
    ...(language !== undefined && { language }),
    ...(from !== undefined && { from: startOf(from) }),
    ...(to !== undefined && { to: endOf(to) }),
    ...(since !== undefined && { seenSince: now - since }),
    ...(status !== undefined && { status }),
  };
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
