/** How the articles that match are spread over sites, categories, years, authors, places and languages. */
import { fold } from "../../text/index.ts";
import { dayOf } from "../days.ts";
import type { FacetName, Facets } from "../store.ts";
import type { Database } from "./driver.ts";
import type { Condition } from "./filter.ts";
import { COUNT_UP_TO, type Newest } from "./newest.ts";

interface Row {
  readonly siteId: string;
  readonly category: string | null;
  readonly dateAt: number;
  readonly authorKey: string;
  readonly places: string;
  readonly language: string;
}

/** What an article counts for. */
const VALUES: Readonly<Record<FacetName, (row: Row) => readonly string[]>> = {
  site: ({ siteId }) => [siteId],
  category: ({ category }) => (category === null ? [] : [category]),
  year: ({ dateAt }) => [String(dayOf(dateAt).year)],
  author: ({ authorKey }) => (authorKey === "" ? [] : [...new Set(authorKey.split("\n"))]),
  place: ({ places }) => JSON.parse(places) as string[],
  language: ({ language }) => [language],
};

export function createFacets(
  db: Database,
  newest: Newest,
): (condition: Condition, names: readonly FacetName[], most: number) => Facets {
  const rows = db.prepare<[string], Row>(/* sql */ `
    SELECT a.site_id AS siteId, a.category, a.date_at AS dateAt, a.author_key AS authorKey, a.places,
      a.language
    FROM json_each(?) m JOIN article a ON a.id = m.value`);
  const authorsOf = db
    .prepare<[string, string], string>(/* sql */ `
      SELECT v.details ->> '$.authors' FROM article a JOIN version v ON v.id = a.version_id
      WHERE a.id = (SELECT m.value FROM json_each(?) m JOIN article b ON b.id = m.value
        WHERE instr(char(10) || b.author_key || char(10), char(10) || ? || char(10)) > 0 LIMIT 1)`)
    .pluck();

  return (condition, names, most) => {
    const sample = condition.isEmpty ? [] : newest.sample(condition, COUNT_UP_TO + 1);
    const isExact = sample.length <= COUNT_UP_TO;
    const ids = JSON.stringify(sample.slice(0, COUNT_UP_TO));
    const counts = new Map(names.map((name) => [name, new Map<string, Group>()]));
    for (const row of rows.iterate(ids)) {
      for (const [name, groups] of counts) {
        for (const value of VALUES[name](row)) count(groups, name, value);
      }
    }
    const values = [...counts].flatMap(([facet, groups]) =>
      [...groups.values()]
        .sort((a, b) => b.articles - a.articles || (a.value < b.value ? -1 : 1))
        .slice(0, most === 0 ? undefined : most)
        .map(({ value, articles }) => ({
          facet,
          value: facet === "author" ? nameOf(value, ids) : value,
          articles,
        })),
    );
    return { articles: Math.min(sample.length, COUNT_UP_TO), isExact, values };
  };

  /** An author's name as an article has it: the row has it folded. */
  function nameOf(key: string, ids: string): string {
    const names = JSON.parse(authorsOf.get(ids, key) ?? "[]") as string[];
    return names.find((name) => fold(name) === key) ?? key;
  }
}

interface Group {
  readonly value: string;
  readonly articles: number;
}

/** Labels that fold alike are one, shown as met first. */
function count(groups: Map<string, Group>, name: FacetName, value: string): void {
  const key = name === "category" ? fold(value) : value;
  const { value: shown, articles } = groups.get(key) ?? { value, articles: 0 };
  groups.set(key, { value: shown, articles: articles + 1 });
}
