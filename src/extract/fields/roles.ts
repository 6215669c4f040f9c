/**
 * What class and id names say about an element for the fields stage: who wrote, when, where it is
 * filed, or that it is a part of the page no field may come from. Names are read as whole tokens,
 * never as substrings (`update` is not `date`).
 */
import { readFileSync } from "node:fs";
import { type Known, remember } from "../remember.ts";

/** Bits of what an element is, by its own names. */
export const Role = {
  author: 1,
  date: 2,
  updated: 4,
  category: 8,
  crumb: 16,
  tags: 32,
  caption: 64,
  credit: 128,
  logo: 256,
  subtitle: 512,
} as const;

/** Bits of where an element stands; inherited by all that is inside. */
export const Region = {
  nav: 1,
  header: 2,
  footer: 4,
  aside: 8,
  comments: 16,
  related: 32,
  topbar: 64,
  bio: 128,
  article: 256,
  main: 512,
  crumb: 1_024,
  hidden: 2_048,
  heading: 4_096,
  /** Inside the body as found. */
  container: 8_192,
  /** Named the foot of an article: whose, its place tells. */
  ownFoot: 16_384,
} as const;

/** Regions no field of the article comes from. */
export const ELSEWHERE =
  Region.nav | Region.footer | Region.aside | Region.comments | Region.related | Region.topbar;

interface RoleLists {
  readonly regions: Readonly<Record<RegionName, readonly string[]>>;
  readonly pairs: Readonly<Partial<Record<RegionName | "bio", readonly string[]>>>;
  /** Pairs that name an article's foot: the author, date and tags of the one it stands below. */
  readonly ownFoot: readonly string[];
  /** Two tokens that are one word: `sub-title`. */
  readonly subtitlePairs: readonly string[];
  readonly taxonomy: readonly string[];
}
type RoleName = keyof typeof Role;
type RegionName = "nav" | "footer" | "aside" | "comments" | "related" | "topbar";

const lists: RoleLists & Readonly<Record<RoleName, readonly string[]>> = JSON.parse(
  readFileSync(new URL("../../../data/extract/fields/roles.json", import.meta.url), "utf8"),
);

/** Token → roles in the low bits, regions above them: one look-up per token. */
const REGION_SHIFT = 12;
const ROLE_MASK = (1 << REGION_SHIFT) - 1;
const MEANING_OF = new Map<string, number>();
function learn(token: string, bits: number): void {
  MEANING_OF.set(token, (MEANING_OF.get(token) ?? 0) | bits);
}
for (const name of Object.keys(Role) as RoleName[]) {
  for (const token of lists[name]) learn(token, Role[name]);
}
for (const name of Object.keys(lists.regions) as RegionName[]) {
  for (const token of lists.regions[name]) learn(token, Region[name] << REGION_SHIFT);
}
const REGION_OF_PAIR = new Map<string, number>();
const PAIR_ENDS = new Set<string>();
for (const name of Object.keys(lists.pairs) as (RegionName | "bio")[]) {
  for (const pair of lists.pairs[name] ?? []) {
    REGION_OF_PAIR.set(pair, Region[name] << REGION_SHIFT);
    PAIR_ENDS.add(pair.slice(pair.indexOf(" ") + 1));
  }
}
const OWN_FOOT = new Set(lists.ownFoot);
for (const pair of OWN_FOOT) PAIR_ENDS.add(pair.slice(pair.indexOf(" ") + 1));
const SUBTITLE_PAIRS = new Set(lists.subtitlePairs);
for (const pair of SUBTITLE_PAIRS) PAIR_ENDS.add(pair.slice(pair.indexOf(" ") + 1));
const FOOTER = Region.footer << REGION_SHIFT;
const FOOT_OF_ARTICLE = Region.ownFoot << REGION_SHIFT;
const TAXONOMY = new Set(lists.taxonomy);

export interface NameMeaning {
  readonly roles: number;
  readonly region: number;
}

const NOTHING: NameMeaning = { roles: 0, region: 0 };

const recall = remember(readAttribute);

export function readRoles(known: Known | null): NameMeaning {
  return known === null ? NOTHING : recall.of(known);
}

/** `- _ : . /` and capitals end a token, spaces a name. After a taxonomy token these still name a part of the page: `cat-links`. */
const PARTS_OF_PAGE = new Set(["link", "links", "list", "name", "label"]);

/** One loop over the characters, without allocating what is not needed: attributes are many. */
function readAttribute(attribute: string): NameMeaning {
  let bits = 0;
  let nameBits = 0;
  let before = "";
  let nth = 0;
  let isTaxonomy = false;
  let start = -1;
  let wasLower = false;
  let hasUpper = false;
  for (let at = 0; at <= attribute.length; at++) {
    const code = at < attribute.length ? attribute.charCodeAt(at) : 32;
    const isUpper = code >= 65 && code <= 90;
    const isBreak =
      code <= 32 || code === 45 || code === 95 || code === 58 || code === 46 || code === 47;
    if (isBreak || (isUpper && wasLower)) {
      if (start !== -1) {
        const written = attribute.slice(start, at);
        const token = hasUpper ? written.toLowerCase() : written;
        if (nth === 0) isTaxonomy = TAXONOMY.has(token);
        // `category-sport`, `has-sidebar` say nothing about the place; `cat-links` does.
        else if (nth === 1 && isTaxonomy && PARTS_OF_PAGE.has(token)) isTaxonomy = false;
        nameBits |= MEANING_OF.get(token) ?? 0;
        if (nth > 0 && PAIR_ENDS.has(token)) {
          const pair = `${before} ${token}`;
          nameBits |= REGION_OF_PAIR.get(pair) ?? 0;
          if (OWN_FOOT.has(pair)) nameBits = (nameBits & ~FOOTER) | FOOT_OF_ARTICLE;
          // A theme's own prefix (`td-post-sub-title`) says nothing against it.
          if (SUBTITLE_PAIRS.has(pair)) {
            nameBits |= Role.subtitle;
            isTaxonomy = false;
          }
          if (nth === 1) nameBits |= REGION_OF_PAIR.get(`^${before} ${token}`) ?? 0;
        }
        before = token;
        nth++;
      }
      start = isBreak ? -1 : at;
      hasUpper = isUpper;
    } else {
      if (start === -1) start = at;
      if (isUpper) hasUpper = true;
    }
    wasLower = !isBreak && !isUpper;
    if (code <= 32) {
      if (!(isTaxonomy && nth > 1)) bits |= nameBits;
      nameBits = 0;
      nth = 0;
    }
  }
  return bits === 0 ? NOTHING : { roles: bits & ROLE_MASK, region: bits >> REGION_SHIFT };
}
