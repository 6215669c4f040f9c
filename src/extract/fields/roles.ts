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

const SPACES = /\s+/u;
const TOKEN_BREAK = /[-_:./]+|(?<=[\p{Ll}\d])(?=\p{Lu})/u;

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
      meaning = readNames(attribute);
      known.set(attribute, meaning);
    }
    return meaning;
  };
}

function readNames(attribute: string): NameMeaning {
  let roles = 0;
  let region = 0;
  for (const name of attribute.split(SPACES)) {
    const parts = name.split(TOKEN_BREAK).filter((token) => token !== "");
    if (parts.length > 1 && TAXONOMY.has((parts[0] as string).toLowerCase())) {
      // `category-sport`, `has-sidebar` say nothing about the place; `cat-links` still names a role.
      if (parts.length > 2 || !/^(?:links?|list|name|label)$/iu.test(parts[1] as string)) continue;
    }
    let before = "";
    for (const part of parts) {
      const token = part.toLowerCase();
      roles |= ROLE_OF.get(token) ?? 0;
      region |= REGION_OF.get(token) ?? 0;
      if (before !== "") region |= REGION_OF_PAIR.get(`${before} ${token}`) ?? 0;
      before = token;
    }
  }
  return roles === 0 && region === 0 ? NOTHING : { roles, region };
}
