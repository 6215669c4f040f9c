/**
 * What kind of edit lies between two versions of an article, and what it was in a few words. Pure,
 * deterministic; looks only at the fields that make a version.
 *
 * 1. A changed title or subtitle is a `headline`, when its words changed and not their spelling only.
 * 2. A changed body is one of four, by words counted in any spelling, runs of change by runs of change:
 *    `rewrite` when less than half of the old words are left; `removal` when a passage went and
 *    nothing of its length came in its place; `addition` likewise; `correction` all the rest (a
 *    number, a name, a spelling, a passage put in other words or moved).
 * 3. `author`, `image`, `category` and `source` (the outlet an aggregator names) are their fields.
 * 4. `date-only`: the date of publication, and nothing else.
 *
 * An edit may be several at once: `kinds` has all, in the order of the list below, `kind` is the first.
 */
import type { Article } from "../model.ts";
import { type Change, diffWords, fold, tokens } from "../text/index.ts";
import type { VersionField } from "./content.ts";
import { summaryOf } from "./edit-summary.ts";
import { editedFields } from "./same-version.ts";

/** Most telling first. */
export const EDIT_KINDS = [
  "headline",
  "rewrite",
  "removal",
  "correction",
  "addition",
  "author",
  "image",
  "category",
  "source",
  "date-only",
  /** Nothing a version is made of today: it was made by rules of another day. */
  "other",
] as const;

export type EditKind = (typeof EDIT_KINDS)[number];

export interface Edit {
  readonly kind: EditKind;
  readonly kinds: readonly EditKind[];
  readonly fields: readonly VersionField[];
  /** `title: «الطرق» → «الطريق»; body: +12 −0 words`: one line, of a bounded length. */
  readonly summary: string;
}

/** The shortest passage: Arabic says "قال الوزير إن …" in no fewer; up to three words are a name or a number. */
const PASSAGE_WORDS = 4;
/** A passage counts as replaced when this share of its length came in its place. */
const REPLACED_SHARE = 0.5;

export function classifyEdit(before: Article, after: Article): Edit {
  const fields = editedFields(before, after);
  const has = (field: VersionField): boolean => fields.includes(field);
  const body = has("body") ? diffWords(before.body, after.body) : [];
  const title = titleOf(before) === titleOf(after) ? [] : (["headline"] as const);
  const found: readonly EditKind[] = [
    ...(has("title") || has("subtitle") ? title : []),
    ...(has("body") ? [bodyEdit(body)] : []),
    ...((has("title") || has("subtitle")) && title.length === 0 ? (["correction"] as const) : []),
    ...(has("authors") ? (["author"] as const) : []),
    ...(has("image") ? (["image"] as const) : []),
    ...(has("category") ? (["category"] as const) : []),
    ...(has("originalSource") ? (["source"] as const) : []),
  ];
  const kinds = EDIT_KINDS.filter((kind) => found.includes(kind));
  const rest: EditKind = has("published") ? "date-only" : "other";
  const all = kinds.length > 0 ? kinds : [rest];
  const summary = summaryOf(before, after, fields, body);
  return { kind: all[0] ?? rest, kinds: all, fields, summary };
}

/** In any spelling: a corrected hamza is no other headline. */
function titleOf({ title, subtitle }: Article): string {
  return `${fold(title)}\n${fold(subtitle ?? "")}`;
}

function bodyEdit(changes: readonly Change[]): EditKind {
  const runs = runsOf(changes);
  const sum = (part: keyof Run): number => runs.reduce((total, run) => total + run[part], 0);
  const [removed, added, same] = [sum("removed"), sum("added"), sum("same")];
  if (same < removed && removed >= PASSAGE_WORDS) {
    return added < removed * REPLACED_SHARE ? "removal" : "rewrite";
  }
  const isPassage = (more: number, less: number): boolean =>
    more - less >= PASSAGE_WORDS && less < more * REPLACED_SHARE;
  const isLost = runs.some((run) => isPassage(run.removed, run.added));
  const isGained = runs.some((run) => isPassage(run.added, run.removed));
  if (isLost) return isGained && isMoved(changes) ? "correction" : "removal";
  return isGained ? "addition" : "correction";
}

interface Run {
  removed: number;
  added: number;
  same: number;
}

/** Word counts of each change with what came in its place, and of what stayed. */
function runsOf(changes: readonly Change[]): readonly Run[] {
  const runs: Run[] = [];
  for (const { kind, text } of changes) {
    const words = tokens(text).length;
    const last = runs.at(-1);
    if (kind === "added" && last !== undefined && last.same === 0 && last.added === 0) {
      last.added = words;
    } else {
      runs.push({ removed: 0, added: 0, same: 0, [kind]: words });
    }
  }
  return runs;
}

/** The same words went here and came there. */
function isMoved(changes: readonly Change[]): boolean {
  const words = (kind: Change["kind"]): string =>
    changes
      .filter((change) => change.kind === kind)
      .flatMap(({ text }) => fold(text).split(" "))
      .filter((word) => word !== "")
      .sort()
      .join(" ");
  return words("removed") === words("added");
}
