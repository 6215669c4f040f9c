/**
 * Pure functions of a name, with a memory: sites repeat their class names on every page. What they answer
 * never depends on what was asked before. All share one memory, because all are asked for the same names:
 * who has looked a name up once (the parser does, for classes and ids) hands the entry on.
 */

/** Enough for dozens of sites; some names carry ids, so the memory is emptied when it is full. */
const MAX_REMEMBERED = 50_000;
/** A power of two, more than twice as many: hardly any two names want the same one. */
const SLOTS = 131_072;
/** Names made to collide only push each other out. */
const MAX_PROBES = 8;
/** A longer name is no name that comes again, and would stay for good. */
const MAX_KEPT_CHARS = 512;

/** A name with what is known of it. What is remembered keeps no page in memory. */
export interface Known {
  readonly text: string;
  readonly hash: number;
  /** What each function answered, by its number; undefined where it was not asked yet. */
  readonly answers: unknown[];
}

export interface Remembered<Value> {
  (text: string): Value;
  of(known: Known): Value;
}

// A table of our own: its key is a range of numbers, for which no string need be made.
const slots: (Known | undefined)[] = new Array(SLOTS).fill(undefined);
let remembered = 0;
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

/** One unit more in a name's running hash, which starts at 0. */
export const hashUnit = (hash: number, unit: number): number => (Math.imul(hash, 31) + unit) | 0;

/** The entry of a name. */
export function know(text: string): Known {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = hashUnit(hash, text.charCodeAt(at));
  const first = slotOf(hash);
  let slot = first;
  for (let probe = 0; probe < MAX_PROBES; probe++, slot = (slot + 1) & (SLOTS - 1)) {
    const known = slots[slot];
    if (known === undefined) return keep(text, hash, slot);
    if (known.hash === hash && known.text === text) return known;
  }
  return keep(text, hash, first);
}

/**
 * The entry of the name `markup.slice(start, end)`, without making that string where it is known.
 *
 * @param units - of the markup
 * @param hash - of the range, by `hashUnit`
 */
export function knowRange(
  markup: string,
  units: Uint16Array,
  start: number,
  end: number,
  hash: number,
): Known {
  const first = slotOf(hash);
  let slot = first;
  for (let probe = 0; probe < MAX_PROBES; probe++, slot = (slot + 1) & (SLOTS - 1)) {
    const known = slots[slot];
    if (known === undefined) return keep(markup.slice(start, end), hash, slot);
    if (known.hash === hash && isSame(known.text, units, start, end)) return known;
  }
  return keep(markup.slice(start, end), hash, first);
}

/** The letters of alike names move the low bits little: the high ones are let in. */
function slotOf(hash: number): number {
  return (hash ^ (hash >>> 15)) & (SLOTS - 1);
}

function keep(text: string, hash: number, slot: number): Known {
  const answers = new Array(functions).fill(undefined);
  if (text.length > MAX_KEPT_CHARS) return { text, hash, answers };
  // A copy: the text is a slice that would keep its whole page in memory.
  const copy = Buffer.from(text).toString();
  // Half a pair of surrogates does not survive it.
  if (copy !== text) return { text, hash, answers };
  const known: Known = { text: copy, hash, answers };
  if (remembered >= MAX_REMEMBERED) {
    slots.fill(undefined);
    remembered = 0;
  }
  slots[slot] = known;
  remembered++;
  return known;
}

function isSame(text: string, units: Uint16Array, start: number, end: number): boolean {
  const { length } = text;
  if (length !== end - start) return false;
  for (let at = 0; at < length; at++) if (text.charCodeAt(at) !== units[start + at]) return false;
  return true;
}
