/**
 * What changed between two versions of an article, by word. Pure.
 *
 * Words are those of text/ (harakat and tatweel belong to their word), so a changed hamza is one
 * changed word and not two letters.
 */
import type { Article } from "../model.ts";
import { tokens } from "../text/index.ts";
import { align } from "./align.ts";
import { plainText } from "./csv.ts";
import { type ExportedArticle, toExportedArticle } from "./record.ts";

/** A piece of text. `same` and `removed` pieces in order give the old text; `same` and `added` the new. */
export interface Change {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

export interface FieldDiff {
  readonly field: keyof ExportedArticle;
  readonly changes: readonly Change[];
}

/** Fields that only repeat what others say. */
const DERIVED: ReadonlySet<string> = new Set(["word_count", "dir"]);

/** Fields that are one thing, not words. */
const WHOLE = /^(?:date_\w+|\w+_url|language)$/u;

/** The fields that differ, in the order of an export. */
export function diffArticles(before: Article, after: Article): readonly FieldDiff[] {
  const old = toExportedArticle(before);
  const now = toExportedArticle(after);
  return (Object.keys(now) as (keyof ExportedArticle)[]).flatMap((field) => {
    const [a, b] = [textOf(old, field), textOf(now, field)];
    if (a === b || DERIVED.has(field)) return [];
    return [{ field, changes: WHOLE.test(field) ? replaced(a, b) : diffWords(a, b) }];
  });
}

function replaced(before: string, after: string): readonly Change[] {
  return toChanges([{ same: "", removed: before, added: after }]);
}

/** One line an image, so that a changed caption does not drag the others along. */
function textOf(article: ExportedArticle, field: keyof ExportedArticle): string {
  if (field !== "images") return plainText(article[field]);
  return article.images
    .map(({ url, caption, credit }) => [url, caption, credit].filter(Boolean).join(" "))
    .join("\n");
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
  return toChanges(absorbed(runs));
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
