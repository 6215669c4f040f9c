/**
 * Live blogs print a time over each entry. A line that is nothing but a clock tells little by itself, so
 * where several of them are kept, one that stands over a kept entry belongs there, too.
 */
import type { Block } from "./blocks.ts";

/** `11:00`, `٧:٣٠ مساء`, `9.15 pm`. */
const CLOCK = /^[\d٠-٩]{1,2}[:.][\d٠-٩]{2}\s*(?:ص|م|صباحا|صباحًا|مساء|مساءً|[ap]\.?m\.?)?$/iu;
/** One clock may be anything's; two make a series. */
const FEWEST = 2;

/** @returns the lines of `all` to be kept beside `kept`; both in the page's order */
export function entryTimes(all: readonly Block[], kept: ReadonlySet<Block>): ReadonlySet<Block> {
  const found = new Set<Block>();
  let series = 0;
  for (const block of kept) if (CLOCK.test(block.text)) series++;
  if (series < FEWEST) return found;
  for (const [index, block] of all.entries()) {
    const next = all[index + 1];
    if (next === undefined || kept.has(block) || !kept.has(next)) continue;
    if (CLOCK.test(block.text) && !CLOCK.test(next.text)) found.add(block);
  }
  return found;
}
