/**
 * Dates in the state of page scripts (`"publishedAt":"2022-01-31T15:58:43+01:00"`, also inside strings of
 * state). Nothing is run: known keys are looked for, and what follows each is read. Linear in the
 * scripts' length, which is bounded; asked only where the rest of the page names no day.
 */
import { type ClueContext, type DateClue, readClue } from "./clue.ts";
import { DATE_NAMES } from "./names.ts";

/** Less than anything the page shows near its title: state holds other articles' dates, too. */
const WEIGHT = { first: 0.9, perRank: 0.02, modified: 0.6 } as const;
/** State beyond it is data of other pages. */
const MAX_SCANNED_CHARS = 2_000_000;

interface Key {
  readonly isModified: boolean;
  readonly rank: number;
}

const KEYS = new Map<string, Key>();
for (const [names, isModified] of [
  [DATE_NAMES.script.published, false],
  [DATE_NAMES.script.modified, true],
] as const) {
  names.forEach((name, rank) => {
    KEYS.set(name.toLowerCase(), { isModified, rank });
  });
}
/** `"key":"2020…"`, `key: '2020…'`, `\\"key\\":1580000000`, `key=2020…`. */
const STATED = new RegExp(
  `\\b(${[...KEYS.keys()].join("|")})\\\\{0,3}["']?\\s{0,3}[:=]\\s{0,3}\\\\{0,3}["']?([^"'\\\\,;}<>]{8,40})`,
  "giu",
);

/** The first date under each key: the page's own article stands before the ones it recommends. */
export function scriptClues(scripts: readonly string[], context: ClueContext): readonly DateClue[] {
  const clues = new Map<string, DateClue>();
  let budget = MAX_SCANNED_CHARS;
  for (const script of scripts) {
    if (budget <= 0) break;
    const scanned = script.length > budget ? script.slice(0, budget) : script;
    budget -= script.length;
    for (const [, name = "", value = ""] of scanned.matchAll(STATED)) {
      const id = name.toLowerCase();
      const key = KEYS.get(id);
      if (key === undefined || clues.has(id)) continue;
      const { isModified, rank } = key;
      const weight = isModified ? WEIGHT.modified : WEIGHT.first - rank * WEIGHT.perRank;
      const from = { source: `script:${name}`, family: "script", weight, isModified } as const;
      const clue = readClue(value, from, context);
      if (clue !== null && !clue.isGuessed) clues.set(id, clue);
    }
  }
  return [...clues.values()];
}
