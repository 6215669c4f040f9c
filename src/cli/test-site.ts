/** The work of `sites test`: pages from folder and archive, tried and shown. */
import { existsSync } from "node:fs";
import { ExitCode, WarraqError } from "../errors.ts";
import { findSite, loadThemes, type SiteRule } from "../sites/index.ts";
import type { Store } from "../store/store.ts";
import { displayUrl, hostKeyOf, withoutWww } from "../url/index.ts";
import {
  articleValues,
  readFixtures,
  type TestedField,
  type TestPage,
  testRule,
} from "../workshop/index.ts";
import type { Context } from "./command.ts";
import { counted } from "./counted.ts";
import { paged } from "./open-archive.ts";
import { type Listing, printRows } from "./output.ts";
import { readRule } from "./rule-file.ts";
import { knownSites, noSuchSite, withArchiveIfAny } from "./rules.ts";
import type { SitesTestOptions } from "./sites-test.ts";

/**
 * @throws {WarraqError} E_UNKNOWN_SITE, E_SITE_RULE, E_INPUT (no fixtures), E_NOT_FOUND (no page at all)
 */
export async function testSite(
  context: Context,
  word: string,
  options: SitesTestOptions,
): Promise<ExitCode> {
  const { rule, archived } = await withArchiveIfAny(context, async (store) => {
    const chosen = await ruleOf(context, store, word);
    const isAsked = store !== null && options.last > 0;
    return { rule: chosen, archived: isAsked ? await lastPages(store, chosen, options.last) : [] };
  });
  const kept = options.fixtures === undefined ? [] : await readFixtures(options.fixtures);
  const pages = [...kept, ...archived];
  if (pages.length === 0)
    throw new WarraqError(
      "E_NOT_FOUND",
      `there is no page of ${rule.id} to test with: give --fixtures, or crawl it first`,
    );
  context.log.info(
    `${rule.id}: ${counted(kept.length, "fixture")}, ${counted(archived.length, "page")} of the archive`,
  );
  const result = testRule(rule, pages, loadThemes());
  await printRows(context, options, FIELDS, result.fields);
  for (const { url, kind } of result.notArticles)
    context.log.warn(`${displayUrl(url)} is read as ${kind}, no article`);
  if (result.hasDrifted) return ExitCode.alarm;
  return result.isEqual ? ExitCode.ok : ExitCode.partial;
}

async function ruleOf(context: Context, store: Store | null, word: string): Promise<SiteRule> {
  if (word === "-" || word.endsWith(".json") || existsSync(word)) return readRule(context, word);
  const known = (await knownSites(store)).map(({ rule }) => rule);
  const rule = findSite(known, word);
  if (rule === null) {
    throw noSuchSite(
      word,
      known.map(({ id }) => id),
    );
  }
  return rule;
}

/** The newest articles of the site with the bytes they were read from, as they read when stored. */
async function lastPages(store: Store, rule: SiteRule, last: number): Promise<readonly TestPage[]> {
  // Pages crawled before there was a rule are filed under their host.
  const hosts = rule.hosts.map((host) => hostKeyOf(`http://${host}/`));
  const bare = rule.hosts.map(withoutWww);
  const siteIds = [...new Set([rule.id, ...hosts, ...bare])];
  const pages: TestPage[] = [];
  const records = paged(
    (filter, paging) => store.list(filter, paging),
    { siteIds },
    { limit: last, sort: "date" },
  );
  for await (const record of records) {
    const capture = await store.rawCapture(record.id);
    if (capture === null) continue;
    pages.push({
      url: capture.finalUrl,
      capturedAt: capture.fetchedAt,
      headers: capture.headers,
      body: capture.body,
      expected: articleValues(record.article),
      isFirstCategoryOnly: false,
    });
  }
  return pages;
}

const FIELDS: Listing<TestedField> = {
  fields: [
    "field",
    "pages",
    "wanted",
    "filled",
    "equal",
    "gained",
    "lost",
    "differs",
    "by_selector",
    "drift",
    "example",
  ],
  toJson: ({ bySelector, cleaner: _, example, ...field }) => ({
    ...field,
    by_selector: bySelector,
    example:
      example === null ? null : { url: example.url, before: example.before, after: example.after },
  }),
  columns: [
    { title: "field", cell: ({ field }) => field },
    { title: "pages", cell: ({ pages }) => pages, align: "right" },
    { title: "wanted", cell: ({ wanted }) => wanted, align: "right" },
    { title: "filled", cell: ({ filled }) => filled, align: "right" },
    { title: "equal", cell: ({ equal }) => equal, align: "right" },
    { title: "gained", cell: ({ gained }) => gained, align: "right" },
    { title: "lost", cell: ({ lost }) => lost, align: "right" },
    { title: "differs", cell: ({ differs }) => differs, align: "right" },
    { title: "by selector", cell: ({ bySelector }) => bySelector ?? "-", align: "right" },
    { title: "drift", cell: ({ drift }) => drift, shrinkTo: 12, isOptional: true },
  ],
  details({ example }) {
    if (example === null) return [];
    const { url, before, after } = example;
    const [was, is] = firstDifference(before, after);
    return [{ text: displayUrl(url) }, { text: `was ${shown(was)}` }, { text: `is  ${shown(is)}` }];
  },
};

const SHOWN_CHARS = 100;

function firstDifference(
  before: readonly string[],
  after: readonly string[],
): readonly [string | undefined, string | undefined] {
  const longest = Math.max(before.length, after.length);
  for (let at = 0; at < longest; at += 1)
    if (before[at] !== after[at]) return [before[at], after[at]];
  return [undefined, undefined];
}

function shown(text: string | undefined): string {
  if (text === undefined) return "nothing";
  return text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text;
}
