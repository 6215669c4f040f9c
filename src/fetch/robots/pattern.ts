/**
 * Path patterns of robots.txt (RFC 9309 §2.2.2–2.2.3): `*` stands for any run of characters, a final
 * `$` for the end. Both sides are brought to one spelling before they are compared, so a rule written
 * `/أخبار`, `/%d8%a3…` or `/%D8%A3…` is the same rule. Matching never backtracks.
 */

const UNRESERVED = /[A-Za-z0-9._~-]/;

/** Bytes as Latin-1 text: escapes upper-case, unreserved escapes bare, other non-ASCII escaped. */
function normal(text: string): string {
  if (!/[%\s\u0080-\u00ff]/.test(text)) return text;
  return text.replace(/%[0-9a-f]{2}|[\s\u0080-\u00ff]/gi, (part) => {
    if (part.length === 1) return escaped(part);
    const char = String.fromCharCode(Number.parseInt(part.slice(1), 16));
    return UNRESERVED.test(char) ? char : part.toUpperCase();
  });
}

function escaped(char: string): string {
  return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}

/** A pattern as compared. `$` is special only at the end, elsewhere it is the character. */
export function normalPattern(latin1: string): string {
  const text = normal(latin1);
  const isAnchored = text.endsWith("$");
  const body = isAnchored ? text.slice(0, -1) : text;
  return body.replaceAll("$", "%24") + (isAnchored ? "$" : "");
}

/** A URL's path and query as compared: its own `*` and `$` are characters. */
export function normalPath(pathAndQuery: string): string {
  return normal(pathAndQuery).replaceAll("*", "%2A").replaceAll("$", "%24");
}

/** Whether a normal pattern matches a normal path, from its beginning. */
export function matchesPattern(pattern: string, path: string): boolean {
  const isAnchored = pattern.endsWith("$");
  const pieces = (isAnchored ? pattern.slice(0, -1) : pattern).split("*");
  const first = pieces[0] ?? "";
  if (!path.startsWith(first)) return false;
  if (pieces.length === 1) return !isAnchored || path.length === first.length;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = path.indexOf(piece, at); // the leftmost place leaves most room for the rest
    if (found < 0) return false;
    at = found + piece.length;
  }
  const last = pieces[pieces.length - 1] ?? "";
  if (isAnchored) return path.length - last.length >= at && path.endsWith(last);
  return path.indexOf(last, at) >= 0;
}
