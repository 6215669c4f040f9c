/**
 * What class and id names say about an element. Names are read as whole tokens (`has-sidebar` is the
 * token pair has, sidebar), never as substrings: matching substrings was by far the largest loss of
 * article text in every extractor measured.
 */
import { readFileSync } from "node:fs";
import { remember } from "../remember.ts";

/** Bits of what a name says. */
export const Names = { hard: 1, soft: 2, strong: 4, weak: 8, paid: 16, lead: 32 } as const;

/** Bits above Names, one for each group of the data file, in its order. */
export const FIRST_GROUP = 6;

interface NameLists {
  readonly hard: readonly string[];
  readonly hardPairs: readonly string[];
  readonly soft: readonly string[];
  readonly taxonomy: readonly string[];
  readonly strongFirst: readonly string[];
  readonly strongSecond: readonly string[];
  readonly strong: readonly string[];
  readonly weak: readonly string[];
  readonly paid: readonly string[];
  readonly lead: readonly string[];
  readonly groups: Readonly<Record<string, readonly string[]>>;
}

const lists: NameLists = JSON.parse(
  readFileSync(new URL("../../../data/extract/body/names.json", import.meta.url), "utf8"),
);
const HARD = new Set(lists.hard);
const HARD_PAIRS = new Set(lists.hardPairs);
const SOFT = new Set(lists.soft);
const TAXONOMY = new Set(lists.taxonomy);
const STRONG_FIRST = new Set(lists.strongFirst);
const STRONG_SECOND = new Set(lists.strongSecond);
const STRONG = new Set(lists.strong);
const WEAK = new Set(lists.weak);
const PAID = new Set(lists.paid);
const LEAD = new Set(lists.lead);
export const GROUP_NAMES = Object.keys(lists.groups);
const GROUPS = new Map<string, number>();
for (const [index, tokens] of Object.values(lists.groups).entries()) {
  const bit = 1 << (FIRST_GROUP + index);
  for (const token of tokens) GROUPS.set(token, (GROUPS.get(token) ?? 0) | bit);
}

const SPACES = /\s+/u;

/** Reads one class or id attribute. Bits of Names. */
export const readNames = remember((attribute) => {
  let bits = 0;
  for (const name of attribute.split(SPACES)) if (name !== "") bits |= recallName(name);
  return bits;
});

/** The attributes that differ from page to page still share their names. */
const recallName = remember(readName);

function readName(name: string): number {
  const tokens = tokensOf(name);
  let bits = 0;
  const isTaxonomy = tokens.length > 1 && TAXONOMY.has(tokens[0] as string);
  let before = "";
  for (const token of tokens) {
    if (!isTaxonomy) {
      if (HARD.has(token)) bits |= Names.hard;
      if (SOFT.has(token)) bits |= Names.soft;
    }
    if (STRONG.has(token)) bits |= Names.strong;
    if (WEAK.has(token)) bits |= Names.weak;
    bits |= GROUPS.get(token) ?? 0;
    if (LEAD.has(token)) bits |= Names.lead;
    if (PAID.has(token)) bits |= Names.paid;
    if (before !== "") {
      if (HARD_PAIRS.has(`${before} ${token}`)) bits |= Names.hard;
      if (STRONG_FIRST.has(before) && STRONG_SECOND.has(token)) bits |= Names.strong;
    }
    before = token;
  }
  return bits;
}

/** Splits at `- _ : . /` and where a capital follows a small letter or digit; lower case. */
function tokensOf(name: string): readonly string[] {
  const tokens: string[] = [];
  let start = 0;
  let wasSmall = false;
  for (let at = 0; at <= name.length; at++) {
    const code = at < name.length ? name.charCodeAt(at) : HYPHEN;
    const isBreak =
      code === HYPHEN || code === UNDERSCORE || code === COLON || code === DOT || code === SLASH;
    const isCapital = code >= 65 && code <= 90;
    if (isBreak || (isCapital && wasSmall)) {
      if (at > start) tokens.push(name.slice(start, at).toLowerCase());
      start = isBreak ? at + 1 : at;
    }
    wasSmall = !isBreak && !isCapital;
  }
  return tokens;
}

const HYPHEN = 45;
const UNDERSCORE = 95;
const COLON = 58;
const DOT = 46;
const SLASH = 47;
