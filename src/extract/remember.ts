/**
 * Pure functions of a string, with a memory: sites repeat their class names on every page. What they
 * answer never depends on what was asked before. All share one memory, because all are asked for the
 * same strings: what one has looked up on a page lies at hand for the next.
 */

/** Enough for dozens of sites; some names carry ids, so the memory is emptied when it is full. */
const MAX_REMEMBERED = 50_000;
/**
 * A power of two, some times the several hundred that one page repeats: they stay in the processor's
 * cache, which the whole memory of a crawl does not.
 */
const RECENT = 4_096;

interface Remembered {
  readonly text: string;
  /** What each function answered, by its number; undefined where it was not asked yet. */
  readonly answers: unknown[];
}

const known = new Map<string, Remembered>();
const recent: (Remembered | undefined)[] = new Array(RECENT).fill(undefined);
let functions = 0;

/** @param read - never answers undefined */
export function remember<Value>(read: (text: string) => Value): (text: string) => Value {
  const number = functions++;
  return (text) => {
    const { answers } = recall(text);
    let value = answers[number];
    if (value === undefined) {
      value = read(text);
      answers[number] = value;
    }
    return value as Value;
  };
}

function recall(text: string): Remembered {
  const slot = slotOf(text);
  const last = recent[slot];
  if (last !== undefined && last.text === text) return last;
  let found = known.get(text);
  if (found === undefined) {
    // A copy: the text is a slice that would keep its whole page in memory.
    found = {
      text: Buffer.from(text).toString(),
      answers: new Array(functions).fill(undefined),
    };
    if (known.size >= MAX_REMEMBERED) known.clear();
    known.set(found.text, found);
  }
  recent[slot] = found;
  return found;
}

/** By length and four letters: names of one page differ in their ends and in their middle. */
function slotOf(text: string): number {
  const { length } = text;
  if (length < 4) return length;
  const first = text.charCodeAt(0) * 31 + text.charCodeAt(length >> 1);
  const last = text.charCodeAt(length - 2) * 31 + text.charCodeAt(length - 1);
  return (first * 7 + last * 127 + length) & (RECENT - 1);
}
