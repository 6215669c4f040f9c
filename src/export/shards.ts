/** One dataset in several files: by month of publication (else first sight), or by source. */

import type { ArticleFilter, Store } from "../store/store.ts";
import { localToUtc } from "../text/index.ts";
import { numbered } from "./dataset.ts";

export const SHARDS = ["month", "source"] as const;

export type Shard = (typeof SHARDS)[number];

/** One file of a dataset. */
export interface Part {
  readonly target: string;
  readonly filter: ArticleFilter;
  /** A part of which nothing matches makes no file; a whole dataset makes an empty one. */
  readonly isOptional: boolean;
}

/**
 * The files of a dataset, in order. `news/articles.csv.gz` by month is `news/articles-2019-04.csv.gz` …
 *
 * @param zone - whose months
 */
export async function partsOf(
  store: Pick<Store, "extent" | "siteIds">,
  target: string,
  filter: ArticleFilter,
  shard: Shard | null,
  zone: string,
): Promise<readonly Part[]> {
  switch (shard) {
    case null:
      return [{ target, filter, isOptional: false }];
    case "month": {
      const { fromAt, toAt } = await store.extent(filter, "latest");
      if (fromAt === null || toAt === null) return [];
      return monthsBetween(fromAt, toAt, zone).map(({ name, from, to }) => ({
        target: withSuffix(target, name),
        filter: {
          ...filter,
          from: Math.max(from, filter.from ?? from),
          to: Math.min(to, filter.to ?? to),
        },
        isOptional: true,
      }));
    }
    case "source": {
      const known = await store.siteIds();
      const asked = filter.siteIds;
      const names = fileNamesOf(known);
      return known
        .filter((siteId) => asked === undefined || asked.includes(siteId))
        .map((siteId) => ({
          target: withSuffix(target, names.get(siteId) ?? siteId),
          filter: { ...filter, siteIds: [siteId] },
          isOptional: true,
        }));
    }
  }
}

interface Month {
  /** `2019-04`. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

function monthsBetween(fromAt: number, toAt: number, zone: string): Month[] {
  const months: Month[] = [];
  // A day early: local time may still be in the month before.
  const start = new Date(fromAt - 24 * 60 * 60_000);
  let year = start.getUTCFullYear();
  let month = start.getUTCMonth() + 1;
  for (;;) {
    const next = month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 };
    const from = localToUtc({ year, month, day: 1 }, zone);
    const to = localToUtc({ ...next, day: 1 }, zone);
    if (from > toAt) return months;
    if (to > fromAt) {
      const name = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
      months.push({ name, from, to });
    }
    ({ year, month } = next);
  }
}

/** Before the suffixes: `articles.csv.gz` and `2019-04` make `articles-2019-04.csv.gz`. */
function withSuffix(target: string, part: string): string {
  const [, stem = target, suffixes = ""] =
    /^(.*?[^/]*?)((?:\.[A-Za-z0-9]+){1,2})$/u.exec(target) ?? [];
  return `${stem}-${part}${suffixes}`;
}

/** Of all sites, so that a filter changes nobody's name: no two have the same file. */
function fileNamesOf(siteIds: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set(siteIds.filter((siteId) => fileNameOf(siteId) === siteId));
  return new Map(
    siteIds.map((siteId) => {
      const plain = fileNameOf(siteId);
      return [siteId, plain === siteId ? plain : numbered(plain, taken)];
    }),
  );
}

/** A site's id may hold a host and a port; a file's name holds nothing that means something to a disk. */
function fileNameOf(siteId: string): string {
  return siteId.replace(/[^\p{L}\p{N}._-]/gu, "_").replace(/^\.+/u, "_");
}
