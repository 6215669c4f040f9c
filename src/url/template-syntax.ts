/** Reads one URL template into tokens; the grammar stands in template.ts. */
import { decodePercent } from "./percent.ts";

export type Token =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "digits"; readonly name: string; readonly span: DigitSpan }
  | { readonly kind: "choice"; readonly name: string; readonly words: ReadonlySet<string> }
  | { readonly kind: "text"; readonly name: string };

export interface DigitSpan {
  readonly min: number;
  readonly max: number;
  readonly from: number;
  readonly to: number;
}

export interface Template {
  readonly source: string;
  readonly isTelling: boolean;
  readonly segments: readonly (readonly Token[])[];
  /** Name of a final `{rest}`, or null. */
  readonly rest: string | null;
  readonly query: readonly (readonly [name: string, tokens: readonly Token[]])[];
}

// 18 digits are more than any id in use, and the longest run that still is a safe thing to compare.
const MANY_DIGITS: DigitSpan = { min: 1, max: 18, from: 0, to: Number.POSITIVE_INFINITY };
// Years of the web's news: 1990 is before the first, 2199 catches no id of four digits by accident.
const DIGIT_SPANS: Readonly<Record<string, DigitSpan>> = {
  year: { min: 4, max: 4, from: 1990, to: 2199 },
  month: { min: 1, max: 2, from: 1, to: 12 },
  day: { min: 1, max: 2, from: 1, to: 31 },
  id: MANY_DIGITS,
  page: MANY_DIGITS,
};
const NAME = /^[a-z][a-zA-Z]*$/u;

/** @throws {SyntaxError} with one line saying what is wrong with the template */
export function readTemplate(source: string): Template {
  const fail = (why: string): never => {
    throw new SyntaxError(`template "${source}" ${why}`);
  };
  if (!source.startsWith("/")) fail('should begin with "/"');
  if (source.includes("#")) fail('should not contain "#"');
  const [path = "", query = ""] = splitOnce(source, "?");
  const rawSegments = path.split("/").filter(Boolean);
  const rest = rawSegments.at(-1) === "{rest}" ? "rest" : null;
  if (rest !== null) rawSegments.pop();
  const segments = rawSegments.map((segment) => tokens(decodePercent(segment), fail));
  const pairs = query
    .split("&")
    .filter(Boolean)
    .map((pair) => {
      const [name = "", value = ""] = splitOnce(pair, "=");
      return [decodePercent(name), tokens(decodePercent(value), fail)] as const;
    });
  const all = [...segments.flat(), ...pairs.flatMap(([, list]) => list)];
  const names = all.flatMap((token) => (token.kind === "literal" ? [] : [token.name]));
  if (rest !== null) names.push(rest);
  if (names.length === 0) fail("should have at least one {placeholder}");
  if (new Set(names).size < names.length) fail("names a placeholder twice");
  return {
    source,
    segments,
    rest,
    query: pairs,
    isTelling: all.some(({ kind }) => kind !== "text"),
  };
}

function tokens(text: string, fail: (why: string) => never): Token[] {
  const found: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf("{", at);
    if (open < 0) {
      found.push({ kind: "literal", text: text.slice(at) });
      break;
    }
    if (open > at) found.push({ kind: "literal", text: text.slice(at, open) });
    const close = text.indexOf("}", open);
    if (close < 0) return fail('has "{" without "}"');
    found.push(placeholder(text.slice(open + 1, close), fail));
    at = close + 1;
  }
  if (found.some((token) => token.kind === "literal" && token.text.includes("}")))
    return fail('has "}" without "{"');
  const flexible = found.filter(({ kind }) => kind === "text" || kind === "choice");
  if (flexible.length > 1) return fail("has two text placeholders in one segment");
  return found;
}

function placeholder(inside: string, fail: (why: string) => never): Token {
  const [name = "", choices] = splitOnce(inside, ":");
  if (!NAME.test(name)) return fail(`has a placeholder "{${inside}}" that is not a name`);
  if (choices !== undefined) {
    const words = choices.split("|").filter(Boolean);
    if (words.length === 0) return fail(`lists no words in "{${inside}}"`);
    return { kind: "choice", name, words: new Set(words) };
  }
  if (name === "rest") return fail("may use {rest} only as its whole last segment");
  const span = DIGIT_SPANS[name];
  return span === undefined ? { kind: "text", name } : { kind: "digits", name, span };
}

function splitOnce(text: string, mark: string): [string, string?] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + mark.length)];
}
