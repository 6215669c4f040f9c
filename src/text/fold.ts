/**
 * The search key of a text: spellings that readers treat as equal become equal.
 *
 * The same function feeds the index, the query and the fingerprint, so a word found by one is found by
 * all, on every storage backend. Pure, total, idempotent; the result holds lower-case words of letters,
 * ASCII digits and the marks of scripts that need them, one space apart, nothing else.
 *
 * How: text is read in clusters (a character with the marks that follow it). A cluster of one UTF-16
 * unit is looked up in a table that grows with the characters met; any other cluster takes the
 * slow road through Unicode normalisation. `fold` and `foldWithMap` are one loop, so they cannot differ.
 */

import { createUnits } from "./units.ts";

/** Folded text with, for every unit of `folded`, the range of the original it came from. */
export interface FoldedText {
  readonly folded: string;
  /** Index in the original of the first unit behind `folded[i]`. */
  readonly starts: Uint32Array;
  /** Index in the original just past the last unit behind `folded[i]`, marks included. */
  readonly ends: Uint32Array;
}

/**
 * Folds any text; it need not be cleaned.
 *
 * @returns the key, `""` when the text has no word
 * @example fold("الإعلاميُّ: ٧٢ ساعـــة") === "الاعلامي 72 ساعه"
 */
export function fold(text: string): string {
  return foldPlain(text) ?? run(text, null);
}

/** Folds and remembers where each folded unit came from: what highlighting the original needs. */
export function foldWithMap(text: string): FoldedText {
  const map = { starts: [] as number[], ends: [] as number[] };
  const folded = run(text, map);
  return {
    folded,
    starts: Uint32Array.from(map.starts.slice(0, folded.length)),
    ends: Uint32Array.from(map.ends.slice(0, folded.length)),
  };
}

interface OffsetMap {
  starts: number[];
  ends: number[];
}

const SEPARATOR = 0x20;
const DELETED = 0;
// Units that are not characters of any text, so free to mean something in the table.
const EXTENDS_CLUSTER = 0xffff;
const NEEDS_SLOW_ROAD = 0xfffe;
const HIGH_SURROGATE = 0xfffd;
const NOT_MET_YET = 0xfffc;

// Deleted before anything else. U+FE70–FE7F and U+FC5E–FC63 are harakat drawn alone: compatibility
// normalisation would turn each into a space and a mark and split the word they stand in.
const DELETED_FIRST =
  /(?![\t\n\v\f\r\x85])\p{Cc}|[\p{Default_Ignorable_Code_Point}\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06ED\u08D3-\u08FF\uFC5E-\uFC63\uFE70-\uFE7F\uFFF9-\uFFFC]/gu;
const ARABIC_MARKS = /[\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06ED\u08D3-\u08FF]/gu;
// Marks, and the units that compose with what stands before them without being marks (Korean letters,
// half-width Japanese voicing signs).
const EXTENDER =
  /^[\p{M}\p{Default_Ignorable_Code_Point}\u1160-\u11FF\u3131-\u318E\uD7B0-\uD7FF\uFF9E\uFF9F\uFFA0-\uFFDC]$/u;
const ACCENTED = /([\p{Script=Latin}\p{Script=Greek}])[\u0300-\u036F]+/gu;
const RUSSIAN_YO = /е\u0308/gu;
const NOT_WORD = /[^\p{L}\p{N}\p{M}]+/gu;
const MARKS_AFTER_SEPARATOR = / \p{M}+/gu;
const LEADING_MARKS = /^\p{M}+/u;
const ASCII = /^[\t\n\v\f\r -~]*$/;
const NOT_ASCII_WORD = /[^a-z0-9]+/g;

// Letters that newsrooms type in more than one way. Alef, yeh and teh marbuta follow Lucene's
// ArabicNormalizer; Persian code points come from keyboards that print the same shape; گ ڤ ڨ are how
// Libyan and Tunisian names are written beside ك ف ق. Hamza seats fall to their letter by NFKD.
const LETTERS: Readonly<Record<string, string>> = {
  ٱ: "ا",
  ى: "ي",
  ی: "ي",
  ې: "ي",
  ے: "ي",
  ک: "ك",
  گ: "ك",
  ة: "ه",
  ھ: "ه",
  ہ: "ه",
  ۀ: "ه",
  ە: "ه",
  ۃ: "ه",
  ڤ: "ف",
  ڨ: "ق",
  ß: "ss",
  ø: "o",
  đ: "d",
  ł: "l",
  ŀ: "l",
  æ: "ae",
  œ: "oe",
  ð: "d",
  þ: "th",
  ı: "i",
  ς: "σ",
};
const FOLDABLE = new RegExp(`[${Object.keys(LETTERS).join("")}٠-٩۰-۹]`, "gu");

// A cluster longer than this is an attack ("zalgo" text): the marks beyond it say nothing.
const MAX_CLUSTER_UNITS = 64;

/** What is known of every unit. */
const entries = new Uint16Array(0x10000).fill(NOT_MET_YET);

/** Longer texts take the road of `run`. */
const SCRATCH_UNITS = 32_768;
const unitsOf = createUnits(SCRATCH_UNITS);
const scratch = new Uint16Array(SCRATCH_UNITS);
const scratchBytes = Buffer.from(scratch.buffer);
/** For keys of Latin letters: strings of bytes take half the room and are compared faster. */
const narrow = Buffer.alloc(SCRATCH_UNITS);

/** Most texts hold no cluster longer than one unit: `run` without its bookkeeping; null for the others. */
function foldPlain(text: string): string | null {
  const { length } = text;
  if (length > SCRATCH_UNITS) return null;
  const source = unitsOf(text);
  let size = 0;
  let last = SEPARATOR;
  let widest = 0;
  for (let index = 0; index < length; index++) {
    let entry = entries[source[index] as number] as number;
    if (entry === NOT_MET_YET) entry = entryOf(source[index] as number);
    if (entry === DELETED) continue;
    if (entry >= NOT_MET_YET) return null;
    if (entry === SEPARATOR && last === SEPARATOR) continue;
    scratch[size++] = entry;
    widest |= entry;
    last = entry;
  }
  if (size > 0 && last === SEPARATOR) size--;
  if (widest < 256) {
    for (let index = 0; index < size; index++) narrow[index] = scratch[index] as number;
    return narrow.toString("latin1", 0, size);
  }
  return scratchBytes.toString("utf16le", 0, size * 2);
}

function run(text: string, map: OffsetMap | null): string {
  if (map === null && ASCII.test(text)) {
    return text.toLowerCase().replace(NOT_ASCII_WORD, " ").trim();
  }
  const length = text.length;
  let output = new Uint16Array(length + 16);
  let size = 0;
  let clusterStart = 0;
  let sizeAtCluster = 0;
  const put = (unit: number, start: number, end: number) => {
    if (unit === SEPARATOR && (size === 0 || output[size - 1] === SEPARATOR)) {
      return;
    }
    if (size === output.length) {
      const larger = new Uint16Array(size * 2);
      larger.set(output);
      output = larger;
    }
    if (map !== null) {
      map.starts[size] = start;
      map.ends[size] = end;
    }
    output[size++] = unit;
  };
  let index = 0;
  while (index < length) {
    const unit = text.charCodeAt(index);
    let entry = entryOf(unit);
    if (entry < NOT_MET_YET && entry !== DELETED) {
      clusterStart = index;
      sizeAtCluster = size;
      put(entry, index, ++index);
      continue;
    }
    if (entry === DELETED) {
      index++;
      if (map !== null && size > sizeAtCluster) {
        map.ends[size - 1] = index;
      }
      continue;
    }
    if (entry === HIGH_SURROGATE) {
      const isExtender = EXTENDER.test(String.fromCodePoint(text.codePointAt(index) as number));
      entry = isExtender ? EXTENDS_CLUSTER : NEEDS_SLOW_ROAD;
    }
    if (entry === EXTENDS_CLUSTER) {
      size = sizeAtCluster;
    } else {
      clusterStart = index;
      sizeAtCluster = size;
    }
    index = endOfCluster(text, index);
    const isAtWordStart = size === 0 || output[size - 1] === SEPARATOR;
    const cluster = text.slice(clusterStart, Math.min(index, clusterStart + MAX_CLUSTER_UNITS));
    const folded = foldCluster(cluster, isAtWordStart);
    for (let at = 0; at < folded.length; at++) {
      put(folded.charCodeAt(at), clusterStart, index);
    }
  }
  if (size > 0 && output[size - 1] === SEPARATOR) {
    size--;
  }
  return Buffer.from(output.buffer, 0, size * 2).toString("utf16le");
}

/** Just past the character at `index` and everything that extends it. */
function endOfCluster(text: string, index: number): number {
  let end = index;
  do {
    end += (text.codePointAt(end) as number) > 0xffff ? 2 : 1;
  } while (end < text.length && isExtenderAt(text, end));
  return end;
}

function isExtenderAt(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  const entry = entryOf(unit);
  return (
    entry === EXTENDS_CLUSTER ||
    entry === DELETED ||
    (entry === HIGH_SURROGATE &&
      EXTENDER.test(String.fromCodePoint(text.codePointAt(index) as number)))
  );
}

/** What the table says of a unit, worked out when it is first met. */
function entryOf(unit: number): number {
  const known = entries[unit] as number;
  if (known !== NOT_MET_YET) return known;
  const entry = classify(unit);
  entries[unit] = entry;
  return entry;
}

function classify(unit: number): number {
  if (unit >= 0xd800 && unit <= 0xdbff) {
    return HIGH_SURROGATE;
  }
  const character = String.fromCharCode(unit);
  if (character.replace(DELETED_FIRST, "") === "") {
    return DELETED;
  }
  if (EXTENDER.test(character)) {
    return EXTENDS_CLUSTER;
  }
  const folded = foldCluster(character, false);
  return folded.length === 1 ? folded.charCodeAt(0) : NEEDS_SLOW_ROAD;
}

function foldCluster(cluster: string, isAtWordStart: boolean): string {
  const folded = cluster
    .replace(DELETED_FIRST, "")
    .normalize("NFKD")
    .replace(ARABIC_MARKS, "")
    .toLowerCase()
    .replace(ACCENTED, "$1")
    .replace(RUSSIAN_YO, "е")
    .replace(FOLDABLE, (letter) => LETTERS[letter] ?? asciiDigit(letter))
    .normalize("NFC")
    .replace(NOT_WORD, " ")
    .replace(MARKS_AFTER_SEPARATOR, " ");
  return isAtWordStart ? folded.replace(LEADING_MARKS, "") : folded;
}

/** The value of one Arabic-Indic digit (U+0660…, U+06F0…) as "0"…"9": both blocks start at xxx0. */
function asciiDigit(character: string): string {
  return String(character.charCodeAt(0) & 0xf);
}
