/**
 * Which news agency a text credits: by its byline, the source it names, its dateline or its last
 * line. Being quoted ("وقالت رويترز إن") is no credit. Names are data (data/agencies.json).
 */
import { readFileSync } from "node:fs";
import type { Article } from "../model.ts";
import { fold } from "../text/index.ts";

interface AgencyFile {
  readonly agencies: readonly { readonly name: string; readonly forms: readonly string[] }[];
}

/** A dateline stands before the first sentence: a place, a day, an agency. */
const DATELINE_CHARS = 90;
/** A longer last line is a sentence that may quote anybody. */
const SIGNATURE_CHARS = 60;
const BRACKETED = /[([«]([^()[\]«»]{1,40})[)\]»]/gu;
/** What ends a dateline: a dash or colon with a blank beside it, so that فرانس-برس is one name. */
const DATELINE_END = /\s[-–—_:|]+|[-–—_:|]+\s/u;
const BETWEEN_NAMES = /\s*[-–—_:|+/،,()[\]«»"“”]+\s*|\s+و(?=\s*\p{L}{3})/u;

let names: ReadonlyMap<string, string> | null = null;

/** The agencies credited, in the order met; none for most texts. */
export function creditedAgencies(
  article: Pick<Article, "authors" | "originalSource" | "body">,
): readonly string[] {
  const { authors, originalSource, body } = article;
  const lines = body.split("\n");
  const head = (lines[0] ?? "").slice(0, DATELINE_CHARS);
  const last = (lines.at(-1) ?? "").trim();
  const dateline = DATELINE_END.test(head) ? head.slice(0, endOfDateline(head)) : "";
  const atEnd = /[([«][^()[\]«»]{1,40}[)\]»]\s*[.…]?$/u.exec(last)?.[0] ?? "";
  const places = [
    originalSource?.name ?? "",
    ...authors,
    ...bracketed(head),
    dateline,
    ...bracketed(atEnd),
    last.length <= SIGNATURE_CHARS ? last : "",
  ];
  return [...new Set(places.flatMap((place) => namedIn(place)))];
}

function bracketed(text: string): readonly string[] {
  return [...text.matchAll(BRACKETED)].map(([, inside]) => inside ?? "");
}

/** Up to the second dash at most: "طرابلس – وال – قال". */
function endOfDateline(head: string): number {
  const first = DATELINE_END.exec(head);
  if (first === null) return 0;
  const from = first.index + first[0].length;
  const second = DATELINE_END.exec(head.slice(from));
  return second === null ? first.index : from + second.index;
}

/** Agencies of a text that is nothing but names. */
function namedIn(text: string): readonly string[] {
  const known = agencyNames();
  return [text, ...text.split(BETWEEN_NAMES)].flatMap((piece) => known.get(fold(piece)) ?? []);
}

function agencyNames(): ReadonlyMap<string, string> {
  if (names !== null) return names;
  const file = new URL("../../data/agencies.json", import.meta.url);
  const { agencies } = JSON.parse(readFileSync(file, "utf8")) as AgencyFile;
  names = new Map(
    agencies.flatMap(({ name, forms }) => forms.map((form) => [fold(form), name] as const)),
  );
  return names;
}
