/**
 * What is not a word but must be found with words: the site, the language, the day of an article, the
 * words of its title as such. Each becomes a token of the one full-text index, so that a question is
 * answered by intersecting lists, never by reading rows.
 *
 * A sign begins with a private-use character, which folding takes out of every text: no word can be
 * taken for one. One token each: what is no letter or digit in a value becomes a private-use character.
 */
import { fold } from "../../text/index.ts";
import { type Day, dayOf } from "../days.ts";

/** Every article has it; it also stands between the parts of a text, so that no phrase spans two. */
export const BREAK = "\ue000";

/** The order of these letters is the order in the file: never change one, add at the end. */
const KINDS = {
  site: "\ue001",
  category: "\ue002",
  language: "\ue003",
  kind: "\ue004",
  place: "\ue005",
  year: "\ue006",
  month: "\ue007",
  day: "\ue008",
  title: "\ue009",
  lead: "\ue00a",
  author: "\ue00b",
  stem: "\ue00c",
  titleStem: "\ue00d",
} as const;

export type SignKind = keyof typeof KINDS;

const NOT_TOKEN = /[^\p{L}\p{N}]/gu;
const INSTEAD = "\uf8ff";

/** @param value - as the archive writes it; compared folded, so spelling does not matter */
export function sign(kind: SignKind, value: string): string {
  return KINDS[kind] + fold(value).replaceAll(" ", INSTEAD);
}

/** The same for what must be equal to the letter: ids, which folding might make alike. */
export function exactSign(kind: "site" | "language" | "kind", value: string): string {
  return KINDS[kind] + value.toLowerCase().replace(NOT_TOKEN, INSTEAD);
}

/** The words of a folded text as signs, in their order: a phrase of them is a phrase of that field. */
export function wordSigns(
  kind: "title" | "titleStem" | "lead" | "author" | "stem",
  folded: string,
): string {
  return folded === "" ? "" : KINDS[kind] + folded.replaceAll(" ", ` ${KINDS[kind]}`);
}

/** Year, month and day of an instant. */
export function daySigns(at: number): string[] {
  const day = dayOf(at);
  return [yearSign(day.year), monthSign(day), daySign(day)];
}

export function yearSign(year: number): string {
  return `${KINDS.year}${year}`;
}

export function monthSign({ year, month }: Pick<Day, "year" | "month">): string {
  return `${KINDS.month}${year * 100 + month}`;
}

export function daySign({ year, month, day }: Day): string {
  return `${KINDS.day}${(year * 100 + month) * 100 + day}`;
}
