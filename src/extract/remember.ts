/**
 * A pure function of a string, with a memory: sites repeat their class names on every page. What it
 * answers never depends on what was asked before.
 */

/** Enough for dozens of sites; some names carry ids, so the memory is emptied when it is full. */
const MAX_REMEMBERED = 20_000;

export function remember<Value>(read: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined) {
      value = read(text);
      if (known.size >= MAX_REMEMBERED) known.clear();
      // A copy: the text is a slice that would keep its whole page in memory.
      known.set(Buffer.from(text).toString(), value);
    }
    return value;
  };
}
