/**
 * Names of tags and attributes as one string each: a page writes the same few hundred over and over,
 * and a name that is always the same string object costs no substring, no lower-casing and no new
 * hash wherever it is looked up later. Pure to its users: what is answered never depends on the past.
 */

/** A power of two; pages use some hundred names, and a collision only costs what no table would. */
const SLOTS = 2_048;

/** A longer name is debris, and would stay for good. */
const MAX_KEPT_CHARS = 128;

export interface NameTable<Entry> {
  /**
   * The entry of the name `markup.slice(start, end)` in lower case; the name must be ASCII.
   *
   * @param units - of the markup
   * @param hash - of the same range, by `hashStep`
   */
  find(markup: string, units: Uint16Array, start: number, end: number, hash: number): Entry;
}

/** One letter more in a running hash that starts at 0; letters of both cases count alike. */
export const hashStep = (hash: number, code: number): number =>
  (Math.imul(hash, 31) + (code | 32)) | 0;

/** @param make - what is remembered of a name; called once for a name that keeps its slot */
export function createNameTable<Entry extends { readonly name: string }>(
  make: (name: string) => Entry,
): NameTable<Entry> {
  const slots: (Entry | undefined)[] = new Array<Entry | undefined>(SLOTS).fill(undefined);
  return {
    find(markup, units, start, end, hash) {
      const slot = (hash ^ (hash >>> 11)) & (SLOTS - 1);
      const known = slots[slot];
      if (known !== undefined && isSame(known.name, units, start, end)) return known;
      // A copy: the name is a slice that would keep its whole page in memory.
      const name = Buffer.from(markup.slice(start, end).toLowerCase()).toString();
      const entry = make(name);
      if (name.length <= MAX_KEPT_CHARS) slots[slot] = entry;
      return entry;
    },
  };
}

function isSame(name: string, units: Uint16Array, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  for (let at = 0; at < name.length; at++) {
    const code = units[start + at] as number;
    const lower = code >= 65 && code <= 90 ? code | 32 : code;
    if (lower !== name.charCodeAt(at)) return false;
  }
  return true;
}
