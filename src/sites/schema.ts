/**
 * The zod twins of rule.ts: what a rule file must look like. They are strict (an unknown field is a
 * mistake, not an extension), fill in defaults, and are the source of the JSON Schema that editors
 * complete from. Checks that need more than one field are in parse.ts.
 */
import { load } from "cheerio/slim";
import * as z from "zod";
import { compileTemplates } from "../url/index.ts";

const DATE_MEANINGS = [
  "local-labelled-utc",
  "naive-local",
  "naive-utc",
  "may-be-modified",
] as const;
// At a request a second a small newsroom's server notices; above ten minutes nothing gets done.
const MAX_DELAY_MS = 600_000;
const DEFAULT_DELAY_MS = 5_000;
export const DEFAULT_TIME_ZONE = "Africa/Tripoli";

const text = z.string().min(1, { error: "should not be empty" });

const selector = text.refine(isSelector, { error: "should be a CSS selector" });

const absoluteUrl = text.refine(isAbsoluteUrl, {
  error: "should be an absolute http(s) URL",
});

const urlOrPath = text.refine((value) => value.startsWith("/") || isAbsoluteUrl(value), {
  error: 'should be an absolute http(s) URL or a path beginning with "/"',
});

const isoDay = z
  .string()
  .refine(isIsoDay, { error: "should be a date like 2026-06-17" })
  .describe("A day, YYYY-MM-DD");

const pick = z.union([
  selector,
  z.strictObject({
    css: selector,
    attr: text.optional().describe("Read this attribute instead of the text"),
    as: z.enum(DATE_MEANINGS).optional().describe("How a date found here is to be understood"),
    label: text.optional().describe("Keep only matches whose text starts with this label"),
  }),
]);

const picks = z.array(pick).optional();

const articleRule = z.strictObject({
  title: picks,
  subtitle: picks,
  category: picks,
  categoryFromPath: text
    .optional()
    .describe("Name of the part of articlePath that is the category, e.g. section"),
  author: picks,
  published: picks,
  modified: picks,
  body: picks,
  tags: picks,
  image: picks,
  originalSource: picks,
  drop: z.array(selector).optional().describe("Removed before the body is read"),
  endsAt: z.array(text).optional().describe("A paragraph with exactly this text ends the article"),
});

const evidence = text.describe("Where these facts were seen: repository and commit, page, file");
const unverified = z
  .array(text)
  .default([])
  .describe("Fields nobody has seen proven, e.g. article.author");

export const themeSchema = z.strictObject({
  $schema: z.string().optional(),
  id: text,
  name: text,
  detect: z.array(selector).min(1, { error: "should list at least one selector" }),
  article: articleRule,
  evidence,
  checkedOn: isoDay,
  unverified,
});

export const siteSchema = z.strictObject({
  $schema: z.string().optional(),
  id: text
    .refine((value) => /^[a-z0-9][a-z0-9.-]*$/u.test(value), {
      error: "should be lower-case letters, digits, dots and dashes",
    })
    .describe("Same as the file name without .json"),
  name: text.describe("In the site's own language, as a reader would say it"),
  nameEn: text.nullable().default(null),
  home: absoluteUrl,
  hosts: z
    .array(text.refine(isHost, { error: "should be a host name without scheme or path" }))
    .default([])
    .describe("Every host the site answers on; the limit of the crawl. Empty: home's host"),
  languages: z
    .array(text.refine(isLanguage, { error: "should be a language tag like ar" }))
    .default(["ar"]),
  timeZone: z
    .string()
    .refine(isTimeZone, { error: "should be an IANA time zone like Africa/Tripoli" })
    .nullable()
    .default(DEFAULT_TIME_ZONE)
    .describe(
      "For dates printed without an offset. Null: not known, the country in the address decides",
    ),
  onlineSince: isoDay
    .optional()
    .describe("The day on which the site began; an earlier date of an article is doubted"),
  theme: text.nullable().default(null).describe("Id of a theme rule; null: detected page by page"),
  listings: z.array(urlOrPath).default([]).describe("Section pages, beside the home page"),
  feeds: z.array(urlOrPath).default([]).describe("RSS, Atom or JSON Feed"),
  sitemaps: z.array(urlOrPath).default([]).describe("Those robots.txt does not name"),
  wpJson: urlOrPath.nullable().default(null).describe("WordPress REST root, e.g. /wp-json/"),
  articlePath: z
    .array(z.string().superRefine(checkTemplate))
    .default([])
    .describe("Templates of article addresses: /{year}/{month}/{day}/{slug}, /?p={id}"),
  delayMs: z
    .int({ error: "should be a whole number of milliseconds" })
    .min(0, { error: "should be 0 or more" })
    .max(MAX_DELAY_MS, { error: `should be at most ${MAX_DELAY_MS}` })
    .default(DEFAULT_DELAY_MS)
    .describe("Least time between two requests, in milliseconds"),
  dailyRequests: z
    .int({ error: "should be a whole number" })
    .min(1, { error: "should be 1 or more" })
    .optional()
    .describe("Most requests a day; 10,000 when it is left out"),
  article: articleRule.default({}),
  categoryMap: z
    .record(text, text)
    .default({})
    .describe("Outlet's label: label to read it as; the printed label is kept"),
  validFrom: isoDay.nullable().default(null),
  validUntil: isoDay.nullable().default(null),
  evidence,
  checkedOn: isoDay,
  unverified,
});

/** The JSON Schema of a site rule file, for editors and for `sites add`'s documentation. */
export function siteRuleSchema(): object {
  return {
    ...z.toJSONSchema(siteSchema, { io: "input" }),
    title: "warraq site rule",
  };
}

/** Of the document, not of another element: cheerio would also take "> p". */
function isSelector(value: string): boolean {
  try {
    load([])(value);
    return !/^\s*[>+~]|[>+~]\s*$/u.test(value);
  } catch {
    return false;
  }
}

function isAbsoluteUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/u.test(new URL(value).protocol);
}

function isHost(value: string): boolean {
  return URL.canParse(`http://${value}/`) && new URL(`http://${value}/`).host === value;
}

function isLanguage(value: string): boolean {
  return /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u.test(value);
}

function isTimeZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

function isIsoDay(value: string): boolean {
  const at = Date.parse(`${value}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/u.test(value) && new Date(at || 0).toISOString().startsWith(value);
}

function checkTemplate(value: string, context: z.RefinementCtx<string>): void {
  try {
    compileTemplates([value]);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    context.addIssue({ code: "custom", message: `should be a URL template: ${error.message}` });
  }
}
