/**
 * What class and id names say about an element for the fields stage: who wrote, when, where it is
 * filed, or that it is a part of the page no field may come from. Names are read as whole tokens,
 * never as substrings (`update` is not `date`).
 */
import { readFileSync } from "node:fs";

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
  meta: 256,
  title: 512,
  logo: 1_024,
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
} as const;

/** Regions no field of the article comes from. */
export const ELSEWHERE =
  Region.nav | Region.footer | Region.aside | Region.comments | Region.related | Region.topbar;

interface RoleLists {
  readonly regions: Readonly<Record<RegionName, readonly string[]>>;
  readonly pairs: Readonly<Partial<Record<RegionName | "bio", readonly string[]>>>;
  readonly taxonomy: readonly string[];
}
type RoleName = keyof typeof Role;
type RegionName = "nav" | "footer" | "aside" | "comments" | "related" | "topbar";

const lists: RoleLists & Readonly<Record<RoleName, readonly string[]>> = JSON.parse(
  readFileSync(new URL("../../../data/extract/fields/roles.json", import.meta.url), "utf8"),
);

const ROLE_OF = new Map<string, number>();
for (const name of Object.keys(Role) as RoleName[]) {
  for (const token of lists[name]) ROLE_OF.set(token, (ROLE_OF.get(token) ?? 0) | Role[name]);
}
const REGION_OF = new Map<string, number>();
for (const name of Object.keys(lists.regions) as RegionName[]) {
  for (const token of lists.regions[name]) {
    REGION_OF.set(token, (REGION_OF.get(token) ?? 0) | Region[name]);
  }
}
const REGION_OF_PAIR = new Map<string, number>();
for (const name of Object.keys(lists.pairs) as (RegionName | "bio")[]) {
  for (const pair of lists.pairs[name] ?? []) REGION_OF_PAIR.set(pair, Region[name]);
}
const TAXONOMY = new Set(lists.taxonomy);

export interface NameMeaning {
  readonly roles: number;
  readonly region: number;
}

const NOTHING: NameMeaning = { roles: 0, region: 0 };

/** A reader with a memory: one page repeats few names many times. Make one per page. */
export function createRoleReader(): (attribute: string | undefined) => NameMeaning {
  const known = new Map<string, NameMeaning>();
  return (attribute) => {
    if (attribute === undefined || attribute === "") return NOTHING;
    let meaning = known.get(attribute);
    if (meaning === undefined) {
      meaning = readAttribute(attribute);
      known.set(attribute, meaning);
    }
    return meaning;
  };
}

/** After a taxonomy token these still name a part of the page: `cat-links`. */
const PARTS_OF_PAGE = new Set(["link", "links", "list", "name", "label"]);
/** `- _ : . /` end a token; anything up to a space ends a name. */
const BREAKS = new Set([45, 95, 58, 46, 47]);

/** One loop over the characters: attributes are many and most mean nothing. */
function readAttribute(attribute: string): NameMeaning {
  let roles = 0;
  let region = 0;
  let tokens: string[] = [];
  let start = -1;
  let wasLower = false;
  for (let at = 0; at <= attribute.length; at++) {
    const code = at < attribute.length ? attribute.charCodeAt(at) : 32;
    const isSpace = code <= 32;
    const isUpper = code >= 65 && code <= 90;
    if (isSpace || BREAKS.has(code) || (isUpper && wasLower)) {
      if (start !== -1) tokens.push(attribute.slice(start, at).toLowerCase());
      start = isUpper ? at : -1;
    } else if (start === -1) start = at;
    wasLower = !isSpace && !isUpper && !BREAKS.has(code);
    if (!isSpace || tokens.length === 0) continue;
    if (!isTaxonomy(tokens)) {
      for (let nth = 0; nth < tokens.length; nth++) {
        const token = tokens[nth] as string;
        roles |= ROLE_OF.get(token) ?? 0;
        region |= REGION_OF.get(token) ?? 0;
        if (nth > 0) region |= REGION_OF_PAIR.get(`${tokens[nth - 1]} ${token}`) ?? 0;
      }
    }
    tokens = [];
  }
  return roles === 0 && region === 0 ? NOTHING : { roles, region };
}

/** `category-sport`, `has-sidebar` say nothing about the place. */
function isTaxonomy(tokens: readonly string[]): boolean {
  if (tokens.length < 2 || !TAXONOMY.has(tokens[0] as string)) return false;
  return tokens.length > 2 || !PARTS_OF_PAGE.has(tokens[1] as string);
}
