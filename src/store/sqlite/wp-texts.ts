/** What WordPress REST gave beside the pages: names of its terms, and the text of each post. */
import type { Capture, PackedBody, PageRef } from "../../model.ts";
import type { Captures } from "./captures.ts";
import type { Database } from "./driver.ts";
import type { Frontier } from "./frontier.ts";

export interface WpTexts {
  terms(siteId: string): Map<string, string>;
  putTerms(siteId: string, names: ReadonlyMap<string, string>): void;
  /** Keeps the text of a page when it is not the one kept last. */
  put(
    text: { readonly page: PageRef; readonly capture: Capture; readonly packed: PackedBody },
    runId: number,
  ): void;
  /** Id of the newest text of a page's captures, or null. */
  newest(pageId: number): number | null;
}

export function createWpTexts(db: Database, frontier: Frontier, captures: Captures): WpTexts {
  const terms = db.prepare<[string], { taxonomy: string; id: number; name: string }>(
    /* sql */ `SELECT taxonomy, id, name FROM wp_term WHERE site_id = ?`,
  );
  const putTerm = db.prepare(/* sql */ `
    INSERT INTO wp_term (site_id, taxonomy, id, name) VALUES (@siteId, @taxonomy, @id, @name)
    ON CONFLICT DO UPDATE SET name = excluded.name`);
  const newest = db.prepare<[number], { id: number; digest: Buffer }>(/* sql */ `
    SELECT c.id, b.digest FROM capture c JOIN body b ON b.id = c.body_id
    WHERE c.page_id = ? AND c.via = 'wp-json' ORDER BY c.id DESC LIMIT 1`);

  return {
    terms: (siteId) =>
      new Map(terms.all(siteId).map(({ taxonomy, id, name }) => [`${taxonomy} ${id}`, name])),
    putTerms(siteId, names) {
      for (const [key, name] of names) {
        const [taxonomy = "", id = ""] = key.split(" ");
        putTerm.run({ siteId, taxonomy, id: Number(id), name });
      }
    },
    put({ page, capture, packed }, runId) {
      const pageId = frontier.pageOf(page, capture.fetchedAt);
      const before = newest.get(pageId);
      if (before?.digest.equals(Buffer.from(packed.digest, "hex")) === true) return;
      captures.add(capture, packed, { pageId, runId, encoding: "utf-8" });
    },
    newest: (pageId) => newest.get(pageId)?.id ?? null,
  };
}
