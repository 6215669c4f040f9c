/**
 * Character references in text and attribute values. The ones pages are full of are read here, all
 * others by htmlparser2, which knows every name and every rule about missing semicolons.
 */
import { isText } from "domhandler";
import { parseDocument } from "htmlparser2";

const COMMON: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["nbsp", "\u00A0"],
  ["rsquo", "\u2019"],
  ["lsquo", "\u2018"],
  ["rdquo", "\u201D"],
  ["ldquo", "\u201C"],
  ["ndash", "\u2013"],
  ["mdash", "\u2014"],
  ["hellip", "\u2026"],
  ["laquo", "\u00AB"],
  ["raquo", "\u00BB"],
  ["copy", "\u00A9"],
  ["zwnj", "\u200C"],
  ["rlm", "\u200F"],
  ["lrm", "\u200E"],
]);
const LONGEST_COMMON = 8;
const HASH = 35;

/** The text of `markup.slice(start, end)`, which holds no tag. */
export function decodeText(markup: string, start: number, end: number): string {
  const text = markup.slice(start, end);
  if (text.indexOf("&") === -1) return text;
  return decodeCommon(text) ?? decodeAnyText(text);
}

/** The same for an attribute's value, where a name without semicolon mostly stands for itself. */
export function decodeAttribute(markup: string, start: number, end: number): string {
  const text = markup.slice(start, end);
  if (text.indexOf("&") === -1) return text;
  return decodeCommon(text) ?? decodeAnyAttribute(text);
}

/** Null when a reference is none of the common ones in their full spelling. */
function decodeCommon(text: string): string | null {
  let out = "";
  let done = 0;
  for (let at = text.indexOf("&"); at !== -1; at = text.indexOf("&", done)) {
    const next = text.charCodeAt(at + 1);
    // Followed by neither letter nor number sign it is no reference.
    if (next !== HASH && !isAlphanumeric(next)) {
      out += text.slice(done, at + 1);
      done = at + 1;
      continue;
    }
    const end = text.indexOf(";", at + 2);
    if (end === -1 || end - at > LONGEST_COMMON) return null;
    const decoded =
      next === HASH ? decodeNumber(text, at + 2, end) : COMMON.get(text.slice(at + 1, end));
    if (decoded === undefined) return null;
    out += text.slice(done, at) + decoded;
    done = end + 1;
  }
  return out + text.slice(done);
}

/** Of characters that stand for themselves: the others are replaced in ways of their own. */
function decodeNumber(text: string, from: number, end: number): string | undefined {
  const isHex = (text.charCodeAt(from) | 32) === 120;
  const base = isHex ? 16 : 10;
  let value = 0;
  const start = isHex ? from + 1 : from;
  if (start >= end) return undefined;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    const lower = code | 32;
    const digit =
      code >= 48 && code <= 57 ? code - 48 : lower >= 97 && lower <= 102 ? lower - 87 : 99;
    if (digit >= base) return undefined;
    value = value * base + digit;
  }
  const isPlain = (value >= 32 && value < 127) || (value >= 160 && value < 0xd800);
  return isPlain ? String.fromCharCode(value) : undefined;
}

function isAlphanumeric(code: number): boolean {
  const lower = code | 32;
  return (code >= 48 && code <= 57) || (lower >= 97 && lower <= 122);
}

function decodeAnyText(text: string): string {
  const [first] = parseDocument(`${text}<b>`).children;
  return first !== undefined && isText(first) ? first.data : text;
}

function decodeAnyAttribute(value: string): string {
  const [first] = parseDocument(`<b a="${value.replaceAll('"', "&quot;")}">`).children;
  return first !== undefined && "attribs" in first ? (first.attribs.a ?? value) : value;
}
