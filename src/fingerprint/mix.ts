/** Stirring 32-bit numbers: what both kinds of shingles are hashed with. Signed, as all bit operations. */

export function rotate(value: number): number {
  return (value << 13) | (value >>> 19);
}

/** MurmurHash3's finaliser: every bit of the number reaches every bit of the result. */
export function mix(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
