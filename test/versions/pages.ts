/** Fixture pages that look like real themes, read by the real pipeline and settled in a real archive. */
import { pack } from "../../src/codec/index.ts";
import { createPageReader, type ReadPage } from "../../src/process/index.ts";
import { loadBundledSites, loadThemes } from "../../src/sites/index.ts";
import type { Settled, Store, Visit } from "../../src/store/index.ts";
import { type FixturePage, fixturePages } from "../fixtures/pages.ts";
import { givenPage, visit } from "../store/given.ts";

/** One page of each theme or CMS that has a folder. */
const NAMES = [
  "jannah/water-tanks",
  "newspaper/fuel-depot",
  "jnews/crafts-fair",
  "sahifa/school-opening",
  "drupal/nine-arabic",
  "publisher/old-road-page-2",
  "voice/aggregator",
  "blogger/olive-press",
  "foxiz/weather-live",
  "wordpress-block/cinema-lorry",
  "joomla/town-clock",
];
const HOUR_MS = 3_600_000;

export interface Page {
  readonly name: string;
  readonly html: string;
  readonly url: string;
  readonly capturedAt: number;
  /** As the fixture says it reads. */
  readonly title: string;
  readonly paragraphs: readonly string[];
}

export function themePages(): readonly Page[] {
  const all = fixturePages();
  return NAMES.map((name) => {
    const { bytes, expected } = all.find((one) => one.name === `pages/${name}`) as FixturePage;
    const { url, capturedAt, title = "", body = [] } = expected;
    const html = Buffer.from(bytes).toString("utf8");
    return { name, html, url, capturedAt: Date.parse(capturedAt), title, paragraphs: body };
  });
}

let reader: ReadPage | undefined;

/** Visits a page that answers `html`, so many hours after its first visit. */
export async function answer(
  store: Store,
  runId: number,
  page: Page,
  html: string,
  hours: number,
): Promise<Settled> {
  reader ??= createPageReader({ sites: loadBundledSites(), themes: loadThemes() });
  const at = page.capturedAt + hours * HOUR_MS;
  const headers = [["content-type", "text/html; charset=utf-8"]] as const;
  const body = Buffer.from(html);
  const job = { url: page.url, fetchedAt: at, headers, body };
  const reading = reader({ ...job, siteId: null, explain: false, pack: false });
  const { extraction, fingerprint, rule, encoding } = reading;
  const capture = { url: page.url, finalUrl: page.url, redirects: [], status: 200 };
  const base = { at, runId, nextAt: null };
  const seen: Visit =
    extraction.article === null
      ? { ...base, kind: "skipped", reason: extraction.kind, detail: "" }
      : {
          ...{ ...base, kind: "read" },
          capture: { ...capture, fetchedAt: at, headers, body, via: "live" },
          reading: {
            ...{ extraction, fingerprint, encoding, packed: pack(body) },
            extractor: { program: "warraq/test", rule },
          },
        };
  return visit(store, givenPage(page.url), seen);
}
