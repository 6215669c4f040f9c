/** Which date a date is, by the words before it: first published, changed later, or something else. */
import { readFileSync } from "node:fs";
import { fold } from "../../../text/index.ts";

export type DateMeaning = "published" | "modified" | "other";

interface LabelLists {
  readonly published: readonly string[];
  readonly modified: readonly string[];
  readonly other: readonly string[];
}

const lists: LabelLists = JSON.parse(
  readFileSync(
    new URL("../../../../data/extract/fields/date-labels.json", import.meta.url),
    "utf8",
  ),
);

const MEANING = new Map<string, DateMeaning>();
for (const meaning of ["other", "published", "modified"] as const) {
  for (const label of lists[meaning]) MEANING.set(fold(label), meaning);
}
const LONGEST_LABEL_WORDS = Math.max(...[...MEANING.keys()].map((key) => key.split(" ").length));

/** What the last words before a date call it; null when they say nothing about dates. */
export function meaningOf(before: string): DateMeaning | null {
  const words = fold(before.slice(-60))
    .split(" ")
    .filter((word) => word !== "");
  for (let count = Math.min(LONGEST_LABEL_WORDS, words.length); count > 0; count--) {
    const meaning = MEANING.get(words.slice(-count).join(" "));
    if (meaning !== undefined) return meaning;
  }
  return null;
}
