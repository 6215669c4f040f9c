/**
 * What a page says about its own encoding: the charset of its Content-Type, of its `<meta>` and of
 * its XML declaration, brought to names that TextDecoder knows. Labels are claims, not facts.
 */
import type { Headers } from "../model.ts";

/** HTML asks for the meta within 1,024 bytes; themes put comments and scripts before it. */
const SNIFF_BYTES = 4096;

const META_CHARSET = /<meta\s[^>]*?charset\s*=\s*["']?\s*([^"'>/\s][^"'>/\s]*)/i;
const XML_ENCODING = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"']+)["']/i;
const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;
const HEADER_CHARSET = /;\s*charset\s*=\s*["']?\s*([^"']+)/i;

/** Spellings of code pages that TextDecoder refuses: `cp-1256`, `win1256`, `windows1256`, `cp_1252`. */
const CODE_PAGE = /^(?:x-)?(?:cp|win|windows|ms|ansi|ibm)[-_ ]?(125\d|874)$/;
const ISO_8859 = /^(?:x-)?iso[-_ ]?8859[-_ ]?(\d{1,2})(?:[-_ ]?[ei])?$/;

/** The cleaned charset of the Content-Type header, or null. */
export function headerLabel(headers: Headers): string | null {
  for (const [name, value] of headers) {
    if (name === "content-type") return cleanLabel(HEADER_CHARSET.exec(value)?.[1] ?? "");
  }
  return null;
}

/** The cleaned charset of the first `<meta>` (or the XML declaration) in the page's first 4 KB, or null. */
export function metaLabel(body: Buffer): string | null {
  const head = body.toString("latin1", 0, SNIFF_BYTES);
  const xml = XML_ENCODING.exec(head)?.[1];
  if (xml !== undefined) return cleanLabel(xml);
  const markup = head.includes("<!--") ? head.replace(COMMENT, "") : head;
  return cleanLabel(META_CHARSET.exec(markup)?.[1] ?? "");
}

/** WHATWG name of a label in any of the spellings seen in the wild; null when it names no encoding. */
export function cleanLabel(label: string): string | null {
  const text = label.toLowerCase().split(/[;,]/)[0]?.replace(/["']/g, "").trim() ?? "";
  if (text === "") return null;
  for (const name of [text, text.replace(/[\s_]+/g, "-"), aliasOf(text)]) {
    const known = name === null ? null : encodingName(name);
    if (known !== null) return known;
  }
  return null;
}

function aliasOf(label: string): string | null {
  const page = CODE_PAGE.exec(label)?.[1];
  if (page !== undefined) return `windows-${page}`;
  const part = ISO_8859.exec(label)?.[1];
  if (part !== undefined) return `iso-8859-${part}`;
  if (/^utf[-_ ]?8/.test(label)) return "utf-8";
  if (/^utf[-_ ]?16[-_ ]?be/.test(label)) return "utf-16be";
  if (/^(?:utf[-_ ]?16|ucs[-_ ]?2|unicode)/.test(label)) return "utf-16le";
  return null;
}

function encodingName(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null; // a RangeError is how TextDecoder says "no such label"
  }
}
