/** What a dataset holds, counted while its records go by: the facts of its card. */
import type { ArticleRecord } from "../model.ts";
import type { RecordFacts } from "../store/store.ts";

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
  add(record: RecordFacts): void;
  facts(): DatasetFacts;
}

/** What is counted of a record. */
export function factsOf({ article, siteId, downloadedAt, extractor }: ArticleRecord): RecordFacts {
  const { published, language } = article;
  return { siteId, language, publishedAt: published?.at ?? null, downloadedAt, ...extractor };
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
    add({ siteId, language, publishedAt, downloadedAt, program, rule }) {
      records++;
      if (publishedAt !== null) published.add(publishedAt);
      fetched.add(downloadedAt);
      sources.add(siteId);
      languages.add(language);
      programs.add(program);
      rules.add(rule);
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
