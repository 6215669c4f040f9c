/**
 * Runs of words ("shingles", Broder 1997): what two texts share when one was copied from the other,
 * whatever stands around the copy. Each run is known by a 32-bit hash; a text of 300 words has 296.
 */
import { mix, rotate } from "./mix.ts";

/**
 * Words in a run. Shorter runs are common speech ("رئيس المجلس الرئاسي الليبي"), longer ones break
 * at every small edit: one changed word breaks this many.
 */
export const SHINGLE_WORDS = 5;
/**
 * Of so many runs in a row at least one is selected (winnowing: Schleimer, Wilkerson, Aiken 2003).
 * So any WINDOW + SHINGLE_WORDS − 1 = 28 words in a row that two texts share are found by a run that
 * both have selected, wherever in them they stand; on average one run in 12.5 is kept.
 */
const WINDOW = 24;

export interface Shingles {
  /** One hash for each run of words, in the order of the text. */
  readonly hashes: Uint32Array;
  /** Places in `hashes` of the selected runs, ascending. */
  readonly selected: readonly number[];
}

/** @param folded - text as `fold` gives it; one of fewer than five words has no shingle */
export function shinglesOf(folded: string): Shingles {
  const words = hashWords(folded);
  const count = Math.max(0, words.length / 2 - SHINGLE_WORDS + 1);
  const hashes = new Uint32Array(count);
  // A run's rank is independent of its hash, or the selected ones would share most of their bits.
  const ranks = new Uint32Array(count);
  for (let at = 0; at < count; at++) {
    let hash = 0;
    let rank = 0;
    for (let word = 2 * at; word < 2 * (at + SHINGLE_WORDS); word += 2) {
      hash = Math.imul(rotate(hash) ^ (words[word] as number), 0x9e3779b1);
      rank = Math.imul(rotate(rank) ^ (words[word + 1] as number), 0x85ebca6b);
    }
    hashes[at] = mix(hash);
    ranks[at] = mix(rank);
  }
  return { hashes, selected: winnow(ranks) };
}

/** The lowest rank of every window, the last of equals; of a text shorter than a window its lowest. */
function winnow(ranks: Uint32Array): number[] {
  const selected: number[] = [];
  let lowest = -1;
  const last = Math.max(0, ranks.length - WINDOW);
  for (let start = 0; start <= last && ranks.length > 0; start++) {
    const end = Math.min(start + WINDOW, ranks.length);
    if (lowest < start) {
      lowest = start;
      for (let at = start + 1; at < end; at++) {
        if ((ranks[at] as number) <= (ranks[lowest] as number)) lowest = at;
      }
    } else if ((ranks[end - 1] as number) <= (ranks[lowest] as number)) {
      lowest = end - 1;
    }
    if (selected.at(-1) !== lowest) selected.push(lowest);
  }
  return selected;
}

/** Two hashes (FNV-1a, different offsets and primes) of every word, one after the other. */
function hashWords(folded: string): number[] {
  const hashes: number[] = [];
  let first = 0x811c9dc5;
  let second = 0x2166f0a5;
  for (let index = 0; index < folded.length; index++) {
    const unit = folded.charCodeAt(index);
    if (unit === 0x20) {
      hashes.push(first, second);
      first = 0x811c9dc5;
      second = 0x2166f0a5;
    } else {
      first = Math.imul(first ^ unit, 0x01000193);
      second = Math.imul(second ^ unit, 0x5bd1e995);
    }
  }
  if (folded !== "") hashes.push(first, second);
  return hashes;
}
