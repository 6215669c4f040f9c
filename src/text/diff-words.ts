/**
 * What changed between two texts, by word. Pure.
 *
 * Words are those of words.ts (harakat and tatweel belong to their word), so a changed hamza is one
 * changed word and not two letters.
 */
import { align } from "./align.ts";
import { tokens } from "./words.ts";

/** A piece of text. `same` and `removed` pieces in order give the old text; `same` and `added` the new. */
export interface Change {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

/** The changes from one text to another; neighbours differ in kind, removed stands before added. */
export function diffWords(before: string, after: string): readonly Change[] {
  const a = piecesOf(before);
  const b = piecesOf(after);
  const runs: Run[] = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...align(a, b), [a.length, b.length] as const]) {
    if (i < x || j < y) runs.push({ same: "", removed: join(a, i, x), added: join(b, j, y) });
    const last = runs.at(-1);
    if (x < a.length) {
      if (last !== undefined && last.removed === "" && last.added === "") last.same += a[x];
      else runs.push({ same: a[x] ?? "", removed: "", added: "" });
    }
    i = x + 1;
    j = y + 1;
  }
  return toChanges(slid(absorbed(runs)));
}

interface Run {
  same: string;
  removed: string;
  added: string;
}

/** Words, runs of white space and single signs: joined they are the text. */
function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let at = 0;
  const gap = (to: number): void => {
    for (const [piece] of text.slice(at, to).matchAll(/\s+|[^\s]/gu)) pieces.push(piece);
  };
  for (const { text: word, start, end } of tokens(text)) {
    gap(start);
    pieces.push(word);
    at = end;
  }
  gap(text.length);
  return pieces;
}

/** A lone space or comma between two changes is no news: it joins them, so they read as one. */
function absorbed(runs: readonly Run[]): readonly Run[] {
  const result: Run[] = [];
  for (const [index, run] of runs.entries()) {
    const last = result.at(-1);
    const isChange = run.same === "";
    const isBetween = index > 0 && index < runs.length - 1;
    const isSlight = !isChange && isBetween && !/[\p{L}\p{N}\n]/u.test(run.same);
    if (last !== undefined && last.same === "" && (isChange || isSlight)) {
      last.removed += run.removed + run.same;
      last.added += run.added + run.same;
    } else {
      result.push({ ...run });
    }
  }
  return result;
}

/** Signs that may end a paragraph. */
const END_SIGNS = /^[^\p{L}\p{N}\s]{1,3}(?=\n)/u;

/**
 * Paragraphs that came or went whole: the full stop they share with the one before stays with that one,
 * and theirs goes with them.
 */
function slid(runs: readonly Run[]): readonly Run[] {
  const result = runs.map((run) => ({ ...run }));
  for (const [index, run] of result.entries()) {
    const [before, after] = [result[index - 1], result[index + 1]];
    const text = run.removed + run.added;
    const signs = END_SIGNS.exec(text)?.[0];
    const isOneSided = (run.removed === "") !== (run.added === "");
    if (signs === undefined || !isOneSided || !before?.same || !after?.same.startsWith(signs))
      continue;
    const moved = text.slice(signs.length) + signs;
    if (run.removed === "") run.added = moved;
    else run.removed = moved;
    before.same += signs;
    after.same = after.same.slice(signs.length);
  }
  return result;
}

function toChanges(runs: readonly Run[]): readonly Change[] {
  return runs.flatMap(({ same, removed, added }) => {
    const changes: Change[] = [];
    if (same !== "") changes.push({ kind: "same", text: same });
    if (removed !== "") changes.push({ kind: "removed", text: removed });
    if (added !== "") changes.push({ kind: "added", text: added });
    return changes;
  });
}

function join(pieces: readonly string[], from: number, to: number): string {
  return pieces.slice(from, to).join("");
}
