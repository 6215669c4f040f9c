/**
 * Which places of Libya a text names, after data/places.json. Works on folded words; Arabic names are
 * found behind the particles written onto them (وبمصراتة, للزاوية).
 *
 * A name that means something else too is a place only with a cue (a word such as "city of" before
 * it; for a namesake abroad also any sign of Libya in the text) or when it is named at least twice.
 */
import { readFileSync } from "node:fs";
import { fold } from "./fold.ts";

/** A mention counts twice as evidence: see `ambiguous` in data/places.json. */
const ENOUGH_MENTIONS = 2;
/** How near a word must be to say which of two namesakes is meant: within the same clause. */
const NEAR_WORDS = 4;

/**
 * @param texts - title and body, as they are or folded
 * @returns names as data/places.json writes them, the most named first; the earlier of equals
 */
export function findPlaces(...texts: readonly string[]): string[] {
  const { byFirstWord, country } = gazetteer();
  const words = texts.map(fold).join(" ").split(" ");
  const found = new Map<Place, Mentions>();
  for (let at = 0; at < words.length; at++) {
    const names = byFirstWord.get(words[at] as string);
    const name = names?.find(({ rest }) =>
      rest.every((word, index) => words[at + 1 + index] === word),
    );
    if (name === undefined) continue;
    const { place, rest } = name;
    const { counts, hasCue } = judge(place, words, at, at + rest.length);
    if (counts) {
      const before = found.get(place) ?? { count: 0, hasCue: false };
      found.set(place, { count: before.count + 1, hasCue: before.hasCue || hasCue });
    }
    at += rest.length;
  }
  const isLibyan =
    [...found.keys()].some(({ ambiguous }) => ambiguous === undefined) ||
    words.some((word) => country.has(word));
  return [...found]
    .filter(
      ([{ ambiguous }, { count, hasCue }]) =>
        ambiguous === undefined ||
        hasCue ||
        count >= ENOUGH_MENTIONS ||
        (ambiguous.kind === "namesake" && isLibyan),
    )
    .sort(([, a], [, b]) => b.count - a.count)
    .map(([{ name }]) => name);
}

/** The name of the list that a person means by a name, in any of its spellings; or null. */
export function placeNamed(text: string): string | null {
  const [first = "", ...rest] = fold(text).split(" ");
  const names = gazetteer().byFirstWord.get(first);
  const same = names?.find((name) => name.rest.join(" ") === rest.join(" "));
  return same?.place.name ?? null;
}

interface Mentions {
  readonly count: number;
  readonly hasCue: boolean;
}

interface Place {
  readonly name: string;
  readonly spellings?: readonly string[];
  readonly latin?: readonly string[];
  readonly ambiguous?:
    | { readonly kind: "word"; readonly notAfter?: readonly string[] }
    | { readonly kind: "namesake"; readonly near: readonly string[] };
}

interface Name {
  readonly place: Place;
  /** The words after the first, folded. */
  readonly rest: readonly string[];
}

interface Gazetteer {
  /** The longest name first. */
  readonly byFirstWord: ReadonlyMap<string, readonly Name[]>;
  readonly cues: ReadonlySet<string>;
  readonly country: ReadonlySet<string>;
  /** The words of `notAfter` and `near`, folded, by place. */
  readonly against: ReadonlyMap<Place, ReadonlySet<string>>;
}

/** What may be written onto a name. `ل` and `ال` melt into `لل`. */
const PARTICLES = ["", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل"];
const ARTICLE = "ال";

let loaded: Gazetteer | undefined;

function gazetteer(): Gazetteer {
  loaded ??= load();
  return loaded;
}

function load(): Gazetteer {
  const url = new URL("../../data/places.json", import.meta.url);
  const table = JSON.parse(readFileSync(url, "utf8")) as {
    readonly cues: { readonly before: readonly string[]; readonly country: readonly string[] };
    readonly places: readonly Place[];
  };
  const byFirstWord = new Map<string, Name[]>();
  const against = new Map<Place, Set<string>>();
  for (const place of table.places) {
    const { name, spellings = [], latin = [], ambiguous } = place;
    const put = (first: string, rest: readonly string[]): void => {
      byFirstWord.set(first, [...(byFirstWord.get(first) ?? []), { place, rest }]);
    };
    for (const spelling of [name, ...spellings]) {
      const [first = "", ...rest] = fold(spelling).split(" ");
      for (const form of withParticles(first)) put(form, rest);
    }
    for (const spelling of latin) {
      const [first = "", ...rest] = fold(spelling).split(" ");
      put(first, rest);
    }
    const words = ambiguous?.kind === "word" ? ambiguous.notAfter : ambiguous?.near;
    against.set(place, new Set((words ?? []).map(fold)));
  }
  for (const names of byFirstWord.values()) names.sort((a, b) => b.rest.length - a.rest.length);
  return {
    byFirstWord,
    cues: new Set(table.cues.before.map(fold).flatMap(withParticles)),
    country: new Set(
      table.cues.country
        .map(fold)
        .flatMap((word) => [...withParticles(word), ...withParticles(`${ARTICLE}${word}`)]),
    ),
    against,
  };
}

function withParticles(word: string): string[] {
  if (!word.startsWith(ARTICLE)) return PARTICLES.map((particle) => particle + word);
  const melted = `ل${word.slice(1)}`;
  return PARTICLES.map((particle) =>
    particle.endsWith("ل") ? particle.slice(0, -1) + melted : particle + word,
  );
}

/** @param from, to - the first and the last word of the mention */
function judge(
  place: Place,
  words: readonly string[],
  from: number,
  to: number,
): { readonly counts: boolean; readonly hasCue: boolean } {
  const { cues, country, against } = gazetteer();
  const before = words[from - 1] ?? "";
  const hasCue = cues.has(before) || country.has(words[to + 1] ?? "");
  const { ambiguous } = place;
  const other = against.get(place) ?? new Set();
  if (ambiguous?.kind === "word") return { counts: !other.has(before), hasCue };
  const near = words.slice(Math.max(0, from - NEAR_WORDS), to + 1 + NEAR_WORDS);
  return { counts: !near.some((word) => other.has(word)), hasCue };
}
