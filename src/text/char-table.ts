/**
 * A question about single UTF-16 units, asked of a regular expression once for each unit and remembered:
 * counting letters needs a look at a table, not a regular expression for every word. Pure.
 */

const UNKNOWN = 255;

/**
 * @param read - 0…254 for a string of one unit
 * @returns the same for a unit's code
 */
export function createCharTable(read: (unit: string) => number): (code: number) => number {
  const table = new Uint8Array(0x10000).fill(UNKNOWN);
  return (code) => {
    let known = table[code] as number;
    if (known === UNKNOWN) {
      known = read(String.fromCharCode(code));
      table[code] = known;
    }
    return known;
  };
}

/** Whether two units together make one character: then single units cannot be asked. */
export const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;
