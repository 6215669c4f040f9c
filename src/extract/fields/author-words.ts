/** The words around authors' names. Data, read once and folded; see the file for what each list is. */
import { readFileSync } from "node:fs";
import { fold } from "../../text/index.ts";

type ListName =
  | "bylines"
  | "conjunctions"
  | "jobs"
  | "roles"
  | "agencies"
  | "newsrooms"
  | "organisations"
  | "nobody"
  | "credits"
  | "tails";

const lists: Readonly<Record<ListName, readonly string[]>> = JSON.parse(
  readFileSync(new URL("../../../data/extract/fields/author-words.json", import.meta.url), "utf8"),
);

/** No byline's first word is longer. */
const LONGEST_FIRST_WORD = 20;

const folded = (name: ListName): ReadonlySet<string> => new Set(lists[name].map(fold));
const bylines = folded("bylines");
const starts = new Set([...bylines].map((label) => label.split(" ")[0] as string));

export const AUTHOR_WORDS = {
  bylines,
  /** In words. */
  longestByline: Math.max(...[...bylines].map((label) => label.split(" ").length)),
  canStartByline(word: string): boolean {
    return word.length <= LONGEST_FIRST_WORD && starts.has(fold(word).split(" ")[0] ?? "");
  },
  conjunctions: lists.conjunctions.map((word) => word.replace(/[^\p{L}\s]/gu, "")),
  jobs: folded("jobs"),
  roles: folded("roles"),
  agencies: folded("agencies"),
  newsrooms: folded("newsrooms"),
  organisations: folded("organisations"),
  nobody: folded("nobody"),
  credits: [...folded("credits")],
  /** As written: `Am` may be a name, `am` before a date is not. */
  tails: new Set(lists.tails),
} as const;
