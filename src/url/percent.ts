/** Percent-encoding as addresses on the web have it: often cut short, sometimes not UTF-8. */

// A letter of UTF-8 has at most four bytes: three may be there without the last.
const MAX_CUT_BYTES = 3;
const LAST_ESCAPE = /%[0-9a-f]{0,2}$/iu;

/**
 * Percent-decoded. Of text cut inside a letter (WordPress keeps 200 bytes of a slug), what is whole;
 * text whose escapes are no UTF-8 at all comes back as it stands.
 */
export function decodePercent(text: string): string {
  for (let cut = text, lost = 0; lost <= MAX_CUT_BYTES; lost += 1) {
    try {
      return decodeURIComponent(cut);
    } catch {
      cut = cut.replace(LAST_ESCAPE, "");
    }
  }
  return text;
}
