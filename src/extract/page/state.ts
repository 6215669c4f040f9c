/**
 * The article of pages that a script would draw: their text stands only in the state the script starts
 * from (JSON, or strings pushed piece by piece). Nothing is run: string literals are read, and the ones
 * under the same key that hold the most prose are taken. Linear in the scripts' length.
 */

/** Shorter strings are labels and addresses. */
const LEAST_STRING_CHARS = 60;
/** Text of a page is below this; state beyond it is data of other pages. */
const MAX_SCANNED_CHARS = 3_000_000;
/** State inside strings of state, as some frameworks push it. */
const MAX_NESTING = 3;
/** Less than this is a teaser. */
const LEAST_BODY_CHARS = 300;
const PARAGRAPH_TAG = /<\/?(?:p|br|div|h[1-6]|li|blockquote)[\s/>]/iu;
const SENTENCE = /[.!?؟。…]["'”’»)]?(?:\s|<|$)/u;
const SPACE = /[\s\u3000]/u;
/** Keys whose strings are never the article's body, however long. */
const NOT_BODY =
  /(?:url|uri|href|src|image|thumb|script|css|style|config|policy|terms|cookie|consent|comment|caption|alt|query|schema|description|summary|related|meta)/iu;

/** Markup or text of the article, or null. The most prose under one key wins. */
export function readState(scripts: readonly string[]): { key: string; markup: string } | null {
  const byKey = new Map<string, string[]>();
  let budget = MAX_SCANNED_CHARS;
  for (const script of scripts) {
    if (budget <= 0) break;
    collect(script.slice(0, budget), "", byKey, 0);
    budget -= script.length;
  }
  let best: { key: string; markup: string } | null = null;
  for (const [key, strings] of byKey) {
    const markup = [...new Set(strings)].join("\n<p>");
    if (markup.length >= LEAST_BODY_CHARS && markup.length > (best?.markup.length ?? 0)) {
      best = { key, markup };
    }
  }
  return best;
}

function collect(
  text: string,
  outerKey: string,
  byKey: Map<string, string[]>,
  nesting: number,
): void {
  let key = outerKey;
  for (let at = text.indexOf('"'); at !== -1; ) {
    const end = endOfString(text, at + 1);
    if (end === -1) return;
    if (text[end + 1] === ":") key = text.slice(at + 1, end);
    else if (end - at > LEAST_STRING_CHARS) note(text.slice(at, end + 1), key, byKey, nesting);
    at = text.indexOf('"', end + 1);
  }
}

function endOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (at - 1 - slashes >= from && text.charCodeAt(at - 1 - slashes) === 92) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}

function note(literal: string, key: string, byKey: Map<string, string[]>, nesting: number): void {
  const value = parseString(literal);
  if (value === null) return;
  if (nesting < MAX_NESTING && value.includes('":')) {
    collect(value, key, byKey, nesting + 1);
    return;
  }
  if (NOT_BODY.test(key) || !SPACE.test(value)) return;
  if (!PARAGRAPH_TAG.test(value) && !SENTENCE.test(value)) return;
  const strings = byKey.get(key);
  if (strings === undefined) byKey.set(key, [value]);
  else strings.push(value);
}

function parseString(literal: string): string | null {
  try {
    const value: unknown = JSON.parse(literal);
    return typeof value === "string" ? value : null;
  } catch {
    return null;
  }
}
