/** The charts under `stats`: articles by source, by category, and by day up to the newest. */
import type { ArchiveStats, Store } from "../store/store.ts";
import { type Bar, barLines, timeLines } from "./chart.ts";
import type { Context } from "./command.ts";
import { dayInLibya } from "./libya-time.ts";

const DAY_MS = 24 * 60 * 60_000;
/** Two months of days fit 80 cells, one column each. */
const DAYS = 60;
/** Longer charts are lists: `search --facets` has those. */
const MOST_BARS = 10;

/** @returns lines with a blank one before each chart; nothing of what there is nothing to draw */
export async function statsCharts(
  { columns, color, now }: Pick<Context, "columns" | "color" | "now">,
  store: Pick<Store, "facets" | "pace">,
  stats: ArchiveStats,
  siteIds: readonly string[] | undefined,
): Promise<string> {
  const style = { width: columns, color };
  const ofSites = siteIds === undefined ? {} : { siteIds };
  const sources = stats.bySite
    .filter(({ articles }) => articles > 0)
    .map(({ siteId, articles }) => ({ label: siteId, count: articles }));
  const { values, articles, isExact } = await store.facets(ofSites, ["category"], MOST_BARS);
  const categories = values.map(({ value, articles: count }) => ({ label: value, count }));
  const newest = Math.max(...stats.bySite.map(({ last }) => last ?? 0), 0) || now();
  // A site's clock may be wrong; what lies ahead of ours is no news.
  const to = Math.min(newest, now()) + 1;
  const pace = await store.pace({ from: to - (DAYS + 1) * DAY_MS, to, ...ofSites });
  return [
    ...titled("by source", sources.length < 2 ? [] : barLines(top(sources), stats.articles, style)),
    ...titled(
      `by category${isExact ? "" : `, of the ${articles} archived last`}`,
      barLines(categories, articles, style),
    ),
    ...titled("by day", timeLines(daysUpTo(to, pace), style)),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", title, ...lines];
}

function top(bars: readonly Bar[]): readonly Bar[] {
  return bars.toSorted((a, b) => b.count - a.count).slice(0, MOST_BARS);
}

function daysUpTo(to: number, pace: readonly { at: number; articles: number }[]): Bar[] {
  const counts = new Map<string, number>();
  for (let back = DAYS - 1; back >= 0; back--) counts.set(dayInLibya(to - 1 - back * DAY_MS), 0);
  for (const { at, articles } of pace) {
    const day = dayInLibya(at);
    if (counts.has(day)) counts.set(day, (counts.get(day) ?? 0) + articles);
  }
  return [...counts].map(([label, count]) => ({ label, count }));
}
