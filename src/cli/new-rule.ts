/** The work of `sites new`: gather, propose, show, write. Heavy: imported inside the action only. */
import { basename } from "node:path";
import { ExitCode, WarraqError } from "../errors.ts";
import { refuseExisting, writeAtomically } from "../export/index.ts";
import { openFetcher } from "../fetch/index.ts";
import { findSite, loadThemes, type SiteRule } from "../sites/index.ts";
import { wordCount } from "../text/index.ts";
import { displayUrl, parseHttpUrl } from "../url/index.ts";
import {
  type Compared,
  type FieldSummary,
  type Found,
  gather,
  type ProposedRule,
  proposeRule,
  saveFixtures,
  verdictOf,
} from "../workshop/index.ts";
import type { Context } from "./command.ts";
import { counted } from "./counted.ts";
import { type Listing, printObject, printRows, toJsonText } from "./output.ts";
import { knownSites, withArchiveIfAny } from "./rules.ts";
import type { SitesNewOptions } from "./sites-new.ts";
import { userAgent } from "./user-agent.ts";

/**
 * @throws {WarraqError} E_BAD_URL, E_USAGE (an id that is none), E_TARGET_EXISTS, E_IO
 */
export async function newRule(
  context: Context,
  word: string,
  options: SitesNewOptions,
): Promise<ExitCode> {
  const url = parseHttpUrl(word);
  if (url === null) throw new WarraqError("E_BAD_URL", `"${word}" is not an http(s) URL`);
  const { output } = options;
  const id = idFrom(options);
  if (output !== undefined) await refuseExisting([output], options.force === true);
  await sayIfKnown(context, url.href);

  const found = await gatherFrom(context, url.href, options);
  if (found === null) return ExitCode.partial;
  const proposed = proposeRule(found, { id, themes: loadThemes(), now: context.now() });
  if (options.saveFixtures !== undefined)
    await save(context, options.saveFixtures, found, proposed);
  if (output !== undefined) {
    const text = Buffer.from(`${JSON.stringify(proposed.rule, null, 2)}\n`);
    await writeAtomically(output, options.force === true, (write) => write(text));
    context.log.info(`wrote ${output}`);
  }
  if (options.json === true) {
    await printObject(context, asJson(proposed));
    return ExitCode.ok;
  }
  if (output === undefined) await context.stdout(`${toJsonText(proposed.rule, 2)}\n`);
  // stdout is the rule's when it has no file of its own.
  const talk: Context =
    output === undefined ? { ...context, stdout: (text) => context.stderr(String(text)) } : context;
  await show(talk, proposed);
  return ExitCode.ok;
}

function idFrom({ id, output }: SitesNewOptions): string | null {
  const chosen = id ?? (output === undefined ? null : basename(output).replace(/\.json$/u, ""));
  if (chosen !== null && !/^[a-z0-9][a-z0-9.-]*$/u.test(chosen))
    throw new WarraqError(
      "E_USAGE",
      `"${chosen}" is no id: lower-case letters, digits, dots and dashes (--id)`,
    );
  return chosen;
}

async function sayIfKnown(context: Context, url: string): Promise<void> {
  const known = (await withArchiveIfAny(context, knownSites)).map(({ rule }) => rule);
  const site = findSite(known, url);
  if (site !== null)
    context.log.info(`there is a rule for this site: warraq sites show ${site.id}`);
}

async function gatherFrom(
  context: Context,
  url: string,
  options: SitesNewOptions,
): Promise<Found | null> {
  const fetcher = openFetcher({
    userAgent: userAgent(options, context.env),
    allowPrivate: options.allowPrivate === true,
    now: context.now,
    ...(options.delay !== undefined && { delayMs: options.delay }),
  });
  try {
    const gathered = await gather({
      url,
      pages: options.pages,
      themes: loadThemes(),
      delayMs: options.delay ?? null,
      fetcher,
      signal: context.signal,
      onPage: (page, what) => context.log.info(`looked at ${displayUrl(page)}: ${what}`),
    });
    if (gathered.kind === "found") return gathered.found;
    context.signal.throwIfAborted();
    const { detail } = gathered;
    context.log.error(detail.includes("://") ? detail : `${url}: ${detail}`);
    return null;
  } finally {
    await fetcher.close();
  }
}

async function save(
  context: Context,
  folder: string,
  { pages }: Found,
  { articles }: ProposedRule,
): Promise<void> {
  const { saved, kept } = await saveFixtures(
    folder,
    pages.map(({ capture, generic }, at) => ({ capture, article: articles[at] ?? generic })),
  );
  const left = kept > 0 ? `, ${kept} that were there left alone` : "";
  context.log.info(`saved ${counted(saved, "page")} in ${folder}${left}`);
}

/** Fields shown page by page; the others in one line each. */
const PROPOSED: ReadonlySet<string> = new Set(["title", "category", "published", "author", "body"]);

interface PageRow extends Compared {
  readonly page: number;
}

/** What every field is read from and how sure that is, then page by page what both read. */
async function show(
  context: Context,
  { rule, byTheme, notKept, pages, summaries }: ProposedRule,
): Promise<void> {
  const fields: Listing<(typeof summaries)[number]> = {
    fields: ["field", "selector", "verdict"],
    toJson: ({ field }) => ({ field }),
    columns: [
      { title: "field", cell: ({ field }) => field },
      { title: "read by", cell: ({ field }) => readBy(rule, byTheme, field), shrinkTo: 16 },
      { title: "rule beside generic", cell: verdictOf, shrinkTo: 24 },
    ],
  };
  const isWorthShowing = ({ field, filled, equal, pages: all }: FieldSummary): boolean =>
    PROPOSED.has(field) || filled > 0 || equal < all;
  await printRows(context, {}, fields, summaries.filter(isWorthShowing));
  await context.stdout("\n");
  const rows = pages.flatMap(({ compared }, at) =>
    compared
      .filter(({ field }) => field !== "tags")
      .map((one): PageRow => ({ ...one, page: at + 1 })),
  );
  await printRows(context, {}, PAGES, rows);
  const urls = pages.map(({ url }, at) => `${at + 1}  ${displayUrl(url)}`);
  await context.stdout(`\n${urls.join("\n")}\n`);
  for (const { css, summary } of notKept)
    context.log.info(`tried for ${summary.field} and not kept: ${css} (${verdictOf(summary)})`);
  if (rule.unverified.length > 0)
    context.log.info(`not proven, look at these: ${rule.unverified.join(", ")}`);
}

const PAGES: Listing<PageRow> = {
  fields: ["page", "field", "generic", "rule", "verdict"],
  toJson: ({ page, field }) => ({ page, field }),
  columns: [
    { title: "page", cell: ({ page }) => page, align: "right" },
    { title: "field", cell: ({ field }) => field },
    { title: "generic", cell: ({ field, before }) => shown(field, before), shrinkTo: 12 },
    {
      title: "rule",
      cell: ({ field, after, verdict }) => (verdict === "equal" ? "=" : shown(field, after)),
      shrinkTo: 12,
    },
    { title: "verdict", cell: ({ verdict }) => verdict },
  ],
};

function shown(field: string, values: readonly string[]): string {
  if (values.length === 0) return "-";
  if (field !== "body") return values.join("، ");
  return `${counted(values.length, "paragraph")}, ${counted(wordCount(values.join("\n")), "word")}`;
}

function readBy(rule: SiteRule, byTheme: readonly string[], field: string): string {
  const picks =
    field in rule.article ? rule.article[field as keyof typeof rule.article] : undefined;
  const [first] = picks ?? [];
  if (typeof first === "string") return first;
  if (first !== undefined) return `${first.css}${first.attr === undefined ? "" : `@${first.attr}`}`;
  return byTheme.includes(field) ? `theme ${rule.theme}` : "generic reading";
}

function asJson({ rule, byTheme, notKept, pages, summaries, unreadUrls }: ProposedRule): object {
  return {
    rule,
    by_theme: byTheme,
    fields: summaries.map((summary) => ({
      field: summary.field,
      read_by: readBy(rule, byTheme, summary.field),
      verdict: verdictOf(summary),
      pages: summary.pages,
      filled: summary.filled,
      equal: summary.equal,
      gained: summary.gained,
      cleaner: summary.cleaner,
      lost: summary.lost,
      differs: summary.differs,
    })),
    pages: pages.map(({ url, compared }) => ({
      url,
      fields: compared.map(({ field, before, after, verdict }) => ({
        field,
        ...(field === "body"
          ? { generic: sizeOf(before), rule: sizeOf(after) }
          : { generic: before, rule: after }),
        verdict,
      })),
    })),
    not_kept: notKept.map(({ css, summary }) => ({
      field: summary.field,
      css,
      verdict: verdictOf(summary),
    })),
    unread_urls: unreadUrls,
  };
}

function sizeOf(paragraphs: readonly string[]): object {
  return { paragraphs: paragraphs.length, words: wordCount(paragraphs.join("\n")) };
}
