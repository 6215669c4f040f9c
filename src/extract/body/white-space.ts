/** White space as a reader sees it: one space, whatever it is made of. One look at each letter. */

const SPACE_RUN = /\s+/gu;

/** Every run of white space as one space; empty when there is nothing to see. */
export function squeeze(text: string): string {
  const { length } = text;
  let first = 0;
  while (first < length && isSpace(text.charCodeAt(first))) first++;
  if (first === length) return "";
  let last = length - 1;
  while (isSpace(text.charCodeAt(last))) last--;
  let wasSpace = false;
  for (let at = first; at <= last; at++) {
    const code = text.charCodeAt(at);
    const isNow = code <= 32 || code >= 160 ? isSpace(code) : false;
    if (isNow && (wasSpace || code !== 32)) return text.replace(SPACE_RUN, " ");
    wasSpace = isNow;
  }
  if (first === 0 && last === length - 1) return text;
  return `${first > 0 ? " " : ""}${text.slice(first, last + 1)}${last < length - 1 ? " " : ""}`;
}

/** What `\s` matches. */
function isSpace(code: number): boolean {
  if (code < 160) return code === 32 || (code >= 9 && code <= 13);
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
