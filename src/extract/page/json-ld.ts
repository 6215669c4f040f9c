/**
 * JSON-LD as news pages really write it: with trailing commas, HTML comments or CDATA around it, raw
 * line breaks inside strings, several roots in one script, HTML entities, or cut off in the middle.
 * What cannot be read is left out; nothing throws. Linear in the text's length.
 */
import type { JsonLdNode } from "../context.ts";

/** Nodes nested deeper than this are not looked for: graphs of articles are 3 or 4 levels deep. */
const MAX_NESTING = 6;
/** A page with more nodes is a catalogue; the article is always among the first. */
const MAX_NODES = 500;

/** Every object with a type, flattened out of `@graph`, lists and `mainEntity`, in page order. */
export function readJsonLd(scripts: readonly string[]): readonly JsonLdNode[] {
  const nodes: JsonLdNode[] = [];
  for (const script of scripts) for (const root of parseRoots(script)) flatten(root, nodes, 0);
  return nodes;
}

const CONTAINERS = ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"];

function flatten(value: unknown, nodes: JsonLdNode[], nesting: number): void {
  if (nesting > MAX_NESTING || nodes.length >= MAX_NODES) return;
  if (Array.isArray(value)) {
    for (const entry of value) flatten(entry, nodes, nesting + 1);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  const node = value as JsonLdNode;
  if (node["@type"] !== undefined || node["@id"] !== undefined) nodes.push(node);
  for (const key of CONTAINERS) if (node[key] !== undefined) flatten(node[key], nodes, nesting + 1);
}

function parseRoots(script: string): readonly unknown[] {
  const text = unwrap(script);
  if (text === "") return [];
  const plain = tryParse(text);
  if (plain !== undefined) return [plain];
  const roots: unknown[] = [];
  for (const part of splitRoots(repair(text))) {
    const root = tryParse(part);
    if (root !== undefined) roots.push(root);
  }
  return roots;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const WRAPPERS: readonly (readonly [string, string])[] = [
  ["<!--", "-->"],
  ["//<![CDATA[", "//]]>"],
  ["/*<![CDATA[*/", "/*]]>*/"],
  ["<![CDATA[", "]]>"],
];

function unwrap(script: string): string {
  let text = script.trim();
  for (const [open, close] of WRAPPERS) {
    if (text.startsWith(open)) text = text.slice(open.length).trim();
    if (text.endsWith(close)) text = text.slice(0, -close.length).trim();
  }
  while (text.endsWith(";")) text = text.slice(0, -1).trimEnd();
  return text;
}

/**
 * Rewrites what JSON.parse refuses, character by character: control characters inside strings are
 * escaped, commas before a closing bracket and comments outside strings are dropped, quotes inside a string
 * (a title pasted in unescaped) are escaped when no delimiter follows them.
 */
function repair(text: string): string {
  const out: string[] = [];
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (!isInString) {
      if (character === '"') isInString = true;
      if (character === "," && closesNext(text, at + 1)) continue;
      if (character === "/" && text[at + 1] === "*") {
        const end = text.indexOf("*/", at + 2);
        at = end === -1 ? text.length : end + 1;
        continue;
      }
      out.push(character);
    } else if (character === "\\") {
      const next = text[at + 1] ?? "";
      // `\'` and `\ ` are not JSON: keep the character, drop the backslash.
      if (next !== "" && '"\\/bfnrtu'.includes(next)) out.push(character, next);
      else out.push(next);
      at++;
    } else if (character === '"') {
      if (endsString(text, at + 1)) {
        isInString = false;
        out.push(character);
      } else out.push('\\"');
    } else if (character < " ") {
      out.push(character === "\n" ? "\\n" : " ");
    } else out.push(character);
  }
  return out.join("");
}

/** How far a repair looks for the next delimiter: keeps it linear whatever the text is. */
const LOOKAHEAD = 200;

function nextVisible(text: string, from: number): string {
  const end = Math.min(text.length, from + LOOKAHEAD);
  for (let at = from; at < end; at++) if (text.charCodeAt(at) > 32) return text[at] as string;
  return "";
}

function closesNext(text: string, from: number): boolean {
  const next = nextVisible(text, from);
  return next === "}" || next === "]" || next === "," || next === "";
}

function endsString(text: string, from: number): boolean {
  const next = nextVisible(text, from);
  return next === "," || next === "}" || next === "]" || next === ":" || next === "";
}

/** Splits `{…}{…}` into its roots, and closes the brackets of one that was cut off. */
function splitRoots(text: string): readonly string[] {
  const parts: string[] = [];
  const open: string[] = [];
  let start = -1;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isInString) {
      if (character === "\\") at++;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === "{" || character === "[") {
      if (open.length === 0) start = at;
      open.push(character === "{" ? "}" : "]");
    } else if ((character === "}" || character === "]") && open.length > 0) {
      open.pop();
      if (open.length === 0) parts.push(text.slice(start, at + 1));
    }
  }
  if (open.length > 0 && start !== -1) {
    const rest = text.slice(start).trimEnd().replace(/[,:]$/u, "");
    parts.push(rest + (isInString ? '"' : "") + open.reverse().join(""));
  }
  return parts;
}
