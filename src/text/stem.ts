/**
 * A light stem of a folded word, after light10 (Larkey, Ballesteros, Connell 2007) as Lucene's ArabicStemmer
 * does it: one prefix off, then every matching suffix in order. Ours takes off the accusative's alef and also a conjunction together
 * with a preposition (`وبال`, `فلل`), and nothing that leaves fewer than two letters (three after a lone
 * clitic). Words of other scripts stay as they are, but for the English plural.
 *
 * A preposition written onto a word without the article (بمصراتة) is not taken off here: in بيان or لجنة
 * the same letter belongs to the word, and only the words of an archive tell (`cliticForms`).
 *
 * Works on what `fold` gives: ة is already ه, ى already ي, hamza already gone.
 */

// Longest first; the number is how many letters must stay. A lone و is often a letter of the root, so more must stay
// (وزير still becomes زير: harmless, as index and query lose the same letter).
const PREFIXES: readonly (readonly [prefix: string, staysAtLeast: number])[] = [
  ["وبال", 2],
  ["وكال", 2],
  ["وفال", 2],
  ["فبال", 2],
  ["ولل", 2],
  ["فلل", 2],
  ["وال", 2],
  ["بال", 2],
  ["كال", 2],
  ["فال", 2],
  ["لل", 2],
  ["ال", 2],
  ["و", 3],
];
const SUFFIXES = ["ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"] as const;
const SUFFIX_LEAVES = 2;
/** The accusative's alef (كتابا), which light10 leaves on: shorter words end in one of their own. */
const ACCUSATIVE = "ا";
const ACCUSATIVE_LEAVES = 3;
const ARABIC_WORD = /^[\u0621-\u064A]+$/;
const ENGLISH_PLURAL = /^[a-z]{3,}[^siu]s$/;

/**
 * @param word - one word as `fold` gives it
 * @returns its stem; the word itself when nothing can be taken off
 */
export function stem(word: string): string {
  if (ARABIC_WORD.test(word)) {
    return withoutSuffixes(withoutPrefix(word));
  }
  return ENGLISH_PLURAL.test(word) ? word.slice(0, -1) : word;
}

/** Prepositions (and ف) written onto a word that has no article, and their joins. */
const CLITICS = ["ب", "ل", "ك", "ف", "فب", "فل"] as const;
const WITH_CLITIC = /^و?(?:ف?[بل]|[كف])(?=[\u0621-\u064A]{3})/;
/** Below three letters a word says too little to take one off or put one on. */
const CLITIC_LEAVES = 3;

/** The word with each clitic before it: forms of it, if the archive's words say so. */
export function cliticForms(word: string): string[] {
  if (word.length < CLITIC_LEAVES || !ARABIC_WORD.test(word) || word.startsWith("ال")) return [];
  return CLITICS.map((clitic) => clitic + word);
}

/** The word without a clitic before it (and a و before that), or null when there can be none. */
export function withoutClitic(word: string): string | null {
  return WITH_CLITIC.test(word) ? word.replace(WITH_CLITIC, "") : null;
}

function withoutPrefix(word: string): string {
  const found = PREFIXES.find(
    ([prefix, stays]) => word.length - prefix.length >= stays && word.startsWith(prefix),
  );
  return found === undefined ? word : word.slice(found[0].length);
}

function withoutSuffixes(word: string): string {
  const isAccusative =
    word.endsWith(ACCUSATIVE) && !word.endsWith("ها") && word.length > ACCUSATIVE_LEAVES;
  let stemmed = isAccusative ? word.slice(0, -1) : word;
  for (const suffix of SUFFIXES) {
    if (stemmed.length - suffix.length >= SUFFIX_LEAVES && stemmed.endsWith(suffix)) {
      stemmed = stemmed.slice(0, -suffix.length);
    }
  }
  return stemmed;
}
