/**
 * Whether bytes are UTF-8, nearly UTF-8, or something else. Strictly valid UTF-8 is never an
 * accident in a page with Arabic letters; a few broken bytes (a cut string, a stray 1256 quote in a
 * template) do not make the rest of the page windows-1256.
 */
import { isUtf8 } from "node:buffer";

/**
 * Share of bad sequences among all non-ASCII ones up to which a page is UTF-8 with accidents.
 * Arabic in windows-1256 read as UTF-8 is over 90 % bad (letters sit at C0–FF, and hardly a
 * continuation byte follows one); a damaged UTF-8 page is a few percent bad. Half is far from both.
 */
const MAX_BAD_SHARE = 0.5;

export type Utf8Verdict = "valid" | "damaged" | "no";

/** Judges a whole body. A multi-byte character cut off by the end of the body counts as valid. */
export function judgeUtf8(body: Buffer): Utf8Verdict {
  if (isUtf8(body)) return "valid";
  const whole = body.length - cutTailBytes(body);
  if (whole < body.length && isUtf8(body.subarray(0, whole))) return "valid";
  const { good, bad } = countSequences(body);
  return bad <= MAX_BAD_SHARE * (good + bad) && good > 0 ? "damaged" : "no";
}

/** Length of an incomplete but so far correct sequence at the end: 0 to 3. */
function cutTailBytes(body: Buffer): number {
  for (let back = 1; back <= 3 && back <= body.length; back++) {
    const byte = body[body.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc2) return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

function sequenceLength(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 0;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

function countSequences(body: Buffer): { readonly good: number; readonly bad: number } {
  let good = 0;
  let bad = 0;
  for (let at = 0; at < body.length; ) {
    const lead = body[at] as number;
    if (lead < 0x80) {
      at++;
      continue;
    }
    const length = sequenceLength(lead);
    let next = at + 1;
    while (next < at + length && ((body[next] ?? 0) & 0xc0) === 0x80) next++;
    if (length > 0 && next === at + length) good++;
    else bad++;
    at = next;
  }
  return { good, bad };
}
