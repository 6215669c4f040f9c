/** What the tree builder needs to know of each tag, and the tags by their name. */
import { createNameTable, hashStep } from "./name-table.ts";

/** Bits of what a tag is. */
export const Kind = {
  /** Has no contents. */
  void: 1,
  /** Cut with its contents: script, style, svg. */
  cut: 2,
  /** Contents are text: title, textarea. */
  raw: 4,
  /** Never closed, or closed by what follows: counting it would make flat pages look deep. */
  uncounted: 8,
  /** Read by nobody but htmlparser2: whoever meets one needs the whole tokenizer. */
  foreign: 16,
  /** Somebody asks for all its attributes. */
  asked: 32,
} as const;

export interface Tag {
  readonly name: string;
  /** Bits of Kind. */
  readonly kind: number;
  /** Opening this tag closes the innermost open element as long as it is one of these. */
  readonly closes: ReadonlySet<string> | null;
}

const set = (names: string): ReadonlySet<string> => new Set(names.split(" "));

const KINDS: readonly (readonly [kind: number, names: ReadonlySet<string>])[] = [
  [
    Kind.void,
    set(
      "area base basefont br col command embed frame hr img input isindex keygen link meta param source track wbr",
    ),
  ],
  [Kind.cut, set("script style svg")],
  [Kind.raw, set("title textarea")],
  [Kind.foreign, set("math xmp")],
  [Kind.asked, set("html body base meta link input")],
  [
    Kind.uncounted,
    set(
      "area base basefont bgsound br col command embed frame hr img input keygen link meta param source track wbr p li dt dd option optgroup tr td th thead tbody tfoot colgroup rb rt rp body html head",
    ),
  ],
];
const FORM = set("input option optgroup select button datalist textarea");
const P = set("p");
const CLOSES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...[..."select input output button datalist textarea".split(" ")].map(
    (name) => [name, FORM] as const,
  ),
  ..."p h1 h2 h3 h4 h5 h6 address article aside blockquote details div dl fieldset figcaption figure footer form header hr main nav ol pre section table ul"
    .split(" ")
    .map((name) => [name, P] as const),
  ["tr", set("tr th td")],
  ["th", set("th")],
  ["td", set("thead th td")],
  ["body", set("head link script")],
  ["li", set("li")],
  ["option", set("option")],
  ["optgroup", set("optgroup option")],
  ["dd", set("dd dt")],
  ["dt", set("dd dt")],
  ["rt", set("rt rp")],
  ["rp", set("rt rp")],
  ["tbody", set("thead tbody")],
  ["tfoot", set("thead tbody")],
]);

const table = createNameTable<Tag>(describeTag);

/** @param name - in lower case */
export function describeTag(name: string): Tag {
  let kind = 0;
  for (const [bit, names] of KINDS) if (names.has(name)) kind |= bit;
  return { name, kind, closes: CLOSES.get(name) ?? null };
}

/** The tag whose name begins at `start` and ends before a space, a `/` or a `>`; null when not ASCII. */
export function readTag(markup: string, units: Uint16Array, start: number): Tag | null {
  const { length } = markup;
  let at = start;
  let hash = 0;
  for (; at < length; at++) {
    const code = units[at] as number;
    if (code === GT || code === SLASH || isSpace(code)) break;
    if (code > 127) return null;
    hash = hashStep(hash, code);
  }
  return table.find(markup, units, start, at, hash);
}

/** The same for a closing tag, whose name no slash ends. */
export function readClosingTag(markup: string, units: Uint16Array, start: number): Tag | null {
  const { length } = markup;
  let at = start;
  let hash = 0;
  for (; at < length; at++) {
    const code = units[at] as number;
    if (code === GT || isSpace(code)) break;
    if (code > 127) return null;
    hash = hashStep(hash, code);
  }
  return table.find(markup, units, start, at, hash);
}

const GT = 62;
const SLASH = 47;

export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13 && code !== 11);
}

/** White space beyond ASCII, as `\s` has it. */
export function isWideSpace(code: number): boolean {
  if (code < 0x1680) return code === 160;
  return (
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x3000 ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x1680 ||
    code === 0xfeff
  );
}

export function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}
