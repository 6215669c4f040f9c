/**
 * A pure function of a string, with a memory: sites repeat their class names on every page. What it
 * answers never depends on what was asked before.
 */

/** Enough for dozens of sites; some names carry ids, so the memory is emptied when it is full. */
const MAX_REMEMBERED = 20_000;
/**
 * A power of two, some times the hundred or two that one page repeats: they stay in the processor's
 * cache, which the whole memory of a crawl does not.
 */
const RECENT = 1_024;

interface Remembered<Value> {
  readonly text: string;
  readonly value: Value;
}

export function remember<Value>(read: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Remembered<Value>>();
  const recent: (Remembered<Value> | undefined)[] = new Array(RECENT).fill(undefined);
  return (text) => {
    const slot = slotOf(text);
    const last = recent[slot];
    if (last !== undefined && last.text === text) return last.value;
    let found = known.get(text);
    if (found === undefined) {
      // A copy: the text is a slice that would keep its whole page in memory.
      found = { text: Buffer.from(text).toString(), value: read(text) };
      if (known.size >= MAX_REMEMBERED) known.clear();
      known.set(found.text, found);
    }
    recent[slot] = found;
    return found.value;
  };
}

/** By length and four letters: names of one page differ in their ends and in their middle. */
function slotOf(text: string): number {
  const { length } = text;
  if (length < 4) return length;
  const first = text.charCodeAt(0) * 31 + text.charCodeAt(length >> 1);
  const last = text.charCodeAt(length - 2) * 31 + text.charCodeAt(length - 1);
  return (first * 7 + last * 127 + length) & (RECENT - 1);
}
