/**
 * A diff as paragraphs side by side: which paragraph became which, with its changed words. Pure.
 */
import type { Change } from "../text/index.ts";

/** One paragraph before and after; null where it was not there. Pieces in order are its text. */
export interface DiffRow {
  readonly before: readonly Change[] | null;
  readonly after: readonly Change[] | null;
  readonly isChanged: boolean;
}

/** Paragraphs that share words stand in one row; the others have one of their own, in their place. */
export function diffRows(changes: readonly Change[]): readonly DiffRow[] {
  const { before, after, shared } = paragraphsOf(changes);
  const rows: DiffRow[] = [];
  let [left, right] = [0, 0];
  const alone = (toLeft: number, toRight: number): void => {
    for (; left < toLeft; left++) rows.push(rowOf(before[left] ?? [], null));
    for (; right < toRight; right++) rows.push(rowOf(null, after[right] ?? []));
  };
  for (const [inBefore, inAfter] of shared) {
    if (inBefore < left || inAfter < right) continue;
    alone(inBefore, inAfter);
    rows.push(rowOf(before[left++] ?? [], after[right++] ?? []));
  }
  alone(before.length, after.length);
  return rows.filter((row) => !isEmpty(row));
}

/** The text of one side of a row. */
export function textOfRow(pieces: readonly Change[]): string {
  return pieces.map(({ text }) => text).join("");
}

function paragraphsOf(changes: readonly Change[]) {
  const before: Change[][] = [[]];
  const after: Change[][] = [[]];
  const shared: [inBefore: number, inAfter: number][] = [];
  for (const { kind, text } of changes) {
    for (const [index, part] of text.split(/\n+/u).entries()) {
      if (index > 0 && kind !== "added") before.push([]);
      if (index > 0 && kind !== "removed") after.push([]);
      if (part === "") continue;
      if (kind !== "added") before.at(-1)?.push({ kind, text: part });
      if (kind !== "removed") after.at(-1)?.push({ kind, text: part });
      const isShared = kind === "same" && /[\p{L}\p{N}]/u.test(part);
      if (isShared) shared.push([before.length - 1, after.length - 1]);
    }
  }
  return { before, after, shared };
}

function rowOf(before: readonly Change[] | null, after: readonly Change[] | null): DiffRow {
  const pieces = [...(before ?? []), ...(after ?? [])];
  const isChanged = before === null || after === null || pieces.some(({ kind }) => kind !== "same");
  return { before, after, isChanged };
}

function isEmpty({ before, after }: DiffRow): boolean {
  return textOfRow([...(before ?? []), ...(after ?? [])]).trim() === "";
}
