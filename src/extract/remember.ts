/**
 * Pure functions of a name, with a memory: sites repeat their class names on every page. What they answer
 * never depends on what was asked before. All share one memory, because all are asked for the same names:
 * who has looked a name up once (the parser does, for classes and ids) hands the entry on.
 */

/** Enough for dozens of sites; some names carry ids, so the memory is emptied when it is full. */
const MAX_REMEMBERED = 50_000;
/**
 * A power of two, some times the several hundred that one page repeats: they stay in the processor's
 * cache, which the whole memory of a crawl does not.
 */
const RECENT = 4_096;

/** A name with what is known of it. Its text is a copy that keeps no page in memory. */
export interface Known {
  readonly text: string;
  /** What each function answered, by its number; undefined where it was not asked yet. */
  readonly answers: unknown[];
}

export interface Remembered<Value> {
  (text: string): Value;
  of(known: Known): Value;
}

const byText = new Map<string, Known>();
const recent: (Known | undefined)[] = new Array(RECENT).fill(undefined);
let functions = 0;

/** @param read - never answers undefined */
export function remember<Value>(read: (text: string) => Value): Remembered<Value> {
  const number = functions++;
  const of = ({ text, answers }: Known): Value => {
    let value = answers[number];
    if (value === undefined) {
      value = read(text);
      answers[number] = value;
    }
    return value as Value;
  };
  return Object.assign((text: string) => of(know(text)), { of });
}

/** The entry of a name. */
export function know(text: string): Known {
  const known = byText.get(text);
  if (known !== undefined) return known;
  // A copy: the text is a slice that would keep its whole page in memory.
  const entry: Known = {
    text: Buffer.from(text).toString(),
    answers: new Array(functions).fill(undefined),
  };
  if (byText.size >= MAX_REMEMBERED) byText.clear();
  byText.set(entry.text, entry);
  return entry;
}

/**
 * The entry of the name `markup.slice(start, end)`, without making that string when it was met lately.
 *
 * @param units - of the markup
 * @param hash - of the range, any that depends on its units only
 */
export function knowRange(
  markup: string,
  units: Uint16Array,
  start: number,
  end: number,
  hash: number,
): Known {
  const slot = (hash ^ (hash >>> 12)) & (RECENT - 1);
  const last = recent[slot];
  if (last !== undefined && isSame(last.text, units, start, end)) return last;
  const known = know(markup.slice(start, end));
  recent[slot] = known;
  return known;
}

function isSame(text: string, units: Uint16Array, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  // From the end: names of one page begin alike.
  for (let at = text.length - 1; at >= 0; at--) {
    if (text.charCodeAt(at) !== units[start + at]) return false;
  }
  return true;
}
