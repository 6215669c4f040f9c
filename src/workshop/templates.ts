/**
 * What the addresses of a site's articles look like, as templates of a rule (`/{year}/{month}/{slug}`).
 * Pure: addresses in, templates out; every template given reads at least one of the addresses.
 */
import { compileTemplates, decodePercent } from "../url/index.ts";

export interface TemplateProposal {
  /** Most used first. */
  readonly templates: readonly string[];
  /** Articles no template reads. */
  readonly unread: readonly string[];
}

/** Shapes that fewer than this share of the addresses have are strays. */
const LEAST_SHARE = 0.05;
const MOST_TEMPLATES = 6;
/** Section words a template names; more and the section is left open. */
const MOST_CHOICES = 30;
/** Section names are short; what has more words is a slug. */
const MOST_SECTION_WORDS = 3;
const FIRST_YEAR = 1990;
const LAST_YEAR = 2199;

/**
 * @param articles - absolute URLs of articles of one site
 * @param others - absolute URLs of its sections and other pages: no template may read one
 */
export function proposeTemplates(
  articles: readonly string[],
  others: readonly string[] = [],
): TemplateProposal {
  const addresses = [...new Set(articles)].filter((url) => URL.canParse(url)).map(readAddress);
  const groups = new Map<string, Address[]>();
  for (const address of addresses)
    groups.set(address.shape, [...(groups.get(address.shape) ?? []), address]);
  const templates: string[] = [];
  for (const group of [...groups.values()].sort((a, b) => b.length - a.length)) {
    if (group.length < addresses.length * LEAST_SHARE || templates.length >= MOST_TEMPLATES) break;
    const template = templateOf(group);
    if (template === null || templates.includes(template)) continue;
    if (isReadable(template, group, others)) templates.push(template);
  }
  const read = compileTemplates(templates);
  return { templates, unread: addresses.map(({ url }) => url).filter((url) => !read.find(url)) };
}

interface Part {
  /** `year`, `month`, `day`, `id`, or `text`. */
  readonly kind: "year" | "month" | "day" | "id" | "text";
  readonly text: string;
  /** Digits and a dash before the text, digits after it, a file extension. */
  readonly before: "" | "id-" | "id_";
  readonly after: "" | "-id" | "_id";
  readonly extension: string;
}

interface Address {
  readonly url: string;
  readonly parts: readonly Part[];
  /** Names of query parameters whose values are numbers. */
  readonly ids: readonly string[];
  readonly shape: string;
}

function readAddress(url: string): Address {
  const { pathname, searchParams } = new URL(url);
  const segments = pathname.split("/").filter(Boolean).map(decodePercent);
  const parts: Part[] = [];
  for (const segment of segments) parts.push(readPart(segment, parts));
  const ids = [...searchParams].flatMap(([name, value]) =>
    /^\d{1,18}$/u.test(value) && /^[\w-]+$/u.test(name) ? [name] : [],
  );
  const shape = `${parts
    .map(({ kind, before, after, extension }) => `${before}${kind}${after}${extension}`)
    .join("/")}?${ids.join("&")}`;
  return { url, parts, ids, shape };
}

const EXTENSION = /\.(?:html?|php|aspx?|jsp|shtml)$/iu;

function readPart(segment: string, before: readonly Part[]): Part {
  const extension = EXTENSION.exec(segment)?.[0] ?? "";
  const stem = segment.slice(0, segment.length - extension.length);
  const plain = { before: "", after: "", extension, text: stem } as const;
  if (/^\d{1,18}$/u.test(stem)) return { ...plain, kind: digitsAs(stem, before.at(-1)) };
  const [, front] = /^(\d{2,18}[-_])\D/u.exec(stem) ?? [];
  if (front !== undefined)
    return {
      ...{ kind: "text", after: "", extension, text: stem.slice(front.length) },
      before: front.endsWith("-") ? "id-" : "id_",
    };
  const [, back] = /\D([-_]\d{3,18})$/u.exec(stem) ?? [];
  // A year at the end of a slug is a word of the headline.
  if (back !== undefined && !isYear(back.slice(1)))
    return {
      ...{ kind: "text", before: "", extension, text: stem.slice(0, -back.length) },
      after: back.startsWith("-") ? "-id" : "_id",
    };
  return { ...plain, kind: "text" };
}

function digitsAs(digits: string, previous: Part | undefined): Part["kind"] {
  if (isYear(digits) && previous?.kind !== "year") return "year";
  const number = Number(digits);
  const isShort = digits.length <= 2;
  if (previous?.kind === "year" && isShort && number >= 1 && number <= 12) return "month";
  if (previous?.kind === "month" && isShort && number >= 1 && number <= 31) return "day";
  return "id";
}

function isYear(digits: string): boolean {
  return digits.length === 4 && Number(digits) >= FIRST_YEAR && Number(digits) <= LAST_YEAR;
}

/** One template for addresses of one shape; null when nothing in them varies. */
function templateOf(group: readonly Address[]): string | null {
  const [first] = group;
  if (first === undefined) return null;
  const hasDigits = first.parts.some(
    ({ kind, before, after }) => kind !== "text" || before || after,
  );
  const names = new Set<string>();
  const unique = (name: string): string => {
    const spare = ["page", "number", "part"];
    let chosen = name;
    while (names.has(chosen)) chosen = spare.shift() ?? `${chosen}x`;
    names.add(chosen);
    return chosen;
  };
  const lastText = first.parts.findLastIndex(({ kind }) => kind === "text");
  const written = first.parts.map((part, at) => {
    const { kind, before, after, extension } = part;
    const tail = encodeLiteral(extension);
    if (kind !== "text") return `{${unique(kind)}}${tail}`;
    const values = [...new Set(group.map(({ parts }) => parts[at]?.text ?? ""))];
    const isSlug = at === lastText && values.some((value) => value !== values[0]);
    const head = before === "" ? "" : `{${unique("id")}}${before.slice(-1)}`;
    const end = after === "" ? "" : `${after[0]}{${unique("id")}}`;
    const middle =
      isSlug && !isSections(values, group, at, first) ? `{${unique("slug")}}` : textPart(values);
    return `${head}${middle}${end}${tail}`;
  });
  const hasSlugOrId = hasDigits || written.some((part) => part.includes("{slug}"));
  const query = hasSlugOrId && written.length > 0 && first.ids.length === 0 ? [] : first.ids;
  const asked = query.map((name) => `${name}={${unique("id")}}`);
  const template = `/${written.join("/")}${asked.length > 0 ? `?${asked.join("&")}` : ""}`;
  return template.includes("{") ? template : singleTemplate(first);

  function textPart(values: readonly string[]): string {
    const [only = ""] = values;
    const isSlugAlone =
      values.length === 1 && group.length === 1 && wordsIn(only) > MOST_SECTION_WORDS;
    if (isSlugAlone) return `{${unique("slug")}}`;
    if (values.length === 1) return encodeLiteral(only);
    const name = unique("section");
    const canBeNamed =
      !hasDigits &&
      values.length <= MOST_CHOICES &&
      values.every((value) => /^[^{}|:/]+$/u.test(value));
    return canBeNamed ? `{${name}:${values.toSorted().join("|")}}` : `{${name}}`;
  }
}

/** Text before a number (`/news/123`): few short words for many addresses are sections, not slugs. */
function isSections(
  values: readonly string[],
  group: readonly Address[],
  at: number,
  { parts, ids }: Address,
): boolean {
  const hasIdElsewhere =
    ids.length > 0 || parts.some(({ kind }, index) => kind === "id" && index > at);
  if (!hasIdElsewhere) return false;
  return (
    values.every((value) => wordsIn(value) <= MOST_SECTION_WORDS) &&
    values.length <= Math.max(1, group.length / 2)
  );
}

/** One address alone: its last segment is the slug. */
function singleTemplate({ parts }: Address): string | null {
  const last = parts.at(-1);
  if (last === undefined || last.kind !== "text") return null;
  const head = parts.slice(0, -1).map(({ text, extension }) => encodeLiteral(text + extension));
  return `/${[...head, `{slug}${encodeLiteral(last.extension)}`].join("/")}`;
}

/** Reads what it was made of, and no page that is known to be something else. */
function isReadable(
  template: string,
  group: readonly Address[],
  others: readonly string[],
): boolean {
  try {
    const { find } = compileTemplates([template]);
    return (
      group.every(({ url }) => find(url) !== null) && !others.some((url) => find(url) !== null)
    );
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function wordsIn(text: string): number {
  return text.split(/[-_ +]+/u).filter(Boolean).length;
}

/** Letters stay readable; what means something in a template is escaped as in a URL. */
function encodeLiteral(text: string): string {
  return text.replace(/[{}?#%/&=]/gu, (sign) => encodeURIComponent(sign));
}
