/** What a dataset holds, counted while its records go by: the facts of its card. */
import type { ArticleRecord } from "../model.ts";

export interface DatasetFacts {
  readonly records: number;
  /** UTC ms of the earliest and latest publication, or null when no record has a date. */
  readonly publishedFrom: number | null;
  readonly publishedTo: number | null;
  /** When the pages were fetched. */
  readonly fetchedFrom: number | null;
  readonly fetchedTo: number | null;
  /** Records by each, most first. */
  readonly sources: readonly Count[];
  readonly languages: readonly Count[];
  /** Which programs and rules read the pages; a rule's suffix is its digest. */
  readonly programs: readonly Count[];
  readonly rules: readonly Count[];
}

export interface Count {
  readonly name: string;
  readonly records: number;
}

export interface Tally {
  add(record: ArticleRecord): void;
  facts(): DatasetFacts;
}

export function createTally(): Tally {
  let records = 0;
  const published = createSpan();
  const fetched = createSpan();
  const sources = createCounts();
  const languages = createCounts();
  const programs = createCounts();
  const rules = createCounts();
  return {
    add({ article, siteId, downloadedAt, extractor }) {
      records++;
      if (article.published !== null) published.add(article.published.at);
      fetched.add(downloadedAt);
      sources.add(siteId);
      languages.add(article.language);
      programs.add(extractor.program);
      rules.add(extractor.rule);
    },
    facts: () => ({
      records,
      publishedFrom: published.from(),
      publishedTo: published.to(),
      fetchedFrom: fetched.from(),
      fetchedTo: fetched.to(),
      sources: sources.list(),
      languages: languages.list(),
      programs: programs.list(),
      rules: rules.list(),
    }),
  };
}

function createSpan() {
  let least: number | null = null;
  let most: number | null = null;
  return {
    add(at: number): void {
      least = least === null ? at : Math.min(least, at);
      most = most === null ? at : Math.max(most, at);
    },
    from: () => least,
    to: () => most,
  };
}

function createCounts() {
  const counts = new Map<string, number>();
  return {
    add: (name: string) => void counts.set(name, (counts.get(name) ?? 0) + 1),
    list: (): readonly Count[] =>
      [...counts]
        .map(([name, records]) => ({ name, records }))
        .sort((a, b) => b.records - a.records || (a.name < b.name ? -1 : 1)),
  };
}
