/**
 * All matches of a pattern, for patterns asked often: `matchAll` makes a new RegExp of each call, and one of
 * large Unicode classes is compiled again whenever its code was forgotten.
 */

/** @param pattern - with the flag `g`; never matches nothing */
export function matchesOf(pattern: RegExp, text: string): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    found.push(match);
  }
  return found;
}
