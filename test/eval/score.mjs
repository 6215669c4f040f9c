/**
 * The evaluation's measures, written after their published definitions:
 *
 *  shingle  4-word shingles as multisets, each page normalised to weight 1; precision and recall are
 *           means over pages, F1 their harmonic mean; exact = the same words in the same order
 *           (the public article-extraction-benchmark's measure).
 *  segment  strings that must (`with`) or must not (`without`) occur, counts pooled over pages
 *           (trafilatura's measure).
 *  words    bag-of-words F1 per page, lower case (WCXB's measure).
 *  fields   title equal after folding; authors as the same set of names; date on the same day;
 *           any section label in common.
 *
 * A page without an answer counts as an empty answer: a crash costs recall.
 */
const SHINGLE_WORDS = 4;
const WORD = /[\p{L}\p{N}_]+/gu;
const ARABIC_MARKS = /[\u064b-\u065f\u0670\u0640]/gu;
const NAME_SEPARATOR = /\s*(?:;|,|\||&|\band\b|\bund\b|،| و (?=\S))\s*/iu;
const DAY_MS = 86_400_000;

export const wordsOf = (text) => (text ?? "").match(WORD) ?? [];
export const f1Of = (precision, recall) =>
  precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

function countsOf(keys) {
  const counts = new Map();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function shinglesOf(text) {
  const words = wordsOf(text);
  if (words.length === 0) return new Map();
  const count = Math.max(1, words.length - SHINGLE_WORDS + 1);
  return countsOf(
    Array.from({ length: count }, (_, at) => words.slice(at, at + SHINGLE_WORDS).join("\u0001")),
  );
}

function compare(truth, answer) {
  let both = 0;
  let extra = 0;
  let missed = 0;
  for (const [key, count] of truth) {
    const answered = answer.get(key) ?? 0;
    both += Math.min(count, answered);
    missed += Math.max(0, count - answered);
  }
  for (const [key, count] of answer) extra += Math.max(0, count - (truth.get(key) ?? 0));
  return { both, extra, missed };
}

/** Shares of one page that are common, extra and missed; they add up to 1. */
export function shingleShares(truth, answer) {
  const counts = compare(shinglesOf(truth), shinglesOf(answer));
  const sum = counts.both + counts.extra + counts.missed;
  if (sum === 0) return counts;
  return { both: counts.both / sum, extra: counts.extra / sum, missed: counts.missed / sum };
}

export function precisionOf({ both, extra, missed }) {
  if (extra === 0 && missed === 0) return 1;
  return both === 0 && extra === 0 ? 0 : both / (both + extra);
}

export function recallOf({ both, extra, missed }) {
  if (extra === 0 && missed === 0) return 1;
  return both === 0 && missed === 0 ? 0 : both / (both + missed);
}

function wordF1(truth, answer) {
  const wanted = wordsOf((truth ?? "").toLowerCase());
  const given = wordsOf((answer ?? "").toLowerCase());
  if (wanted.length === 0 || given.length === 0) return wanted.length === given.length ? 1 : 0;
  const { both } = compare(countsOf(wanted), countsOf(given));
  return f1Of(both / given.length, both / wanted.length);
}

const squeeze = (text) => text.replace(/\s+/g, " ").trim();

function segmentCounts(truth, body) {
  const text = squeeze(body ?? "");
  const found = (list) => (list ?? []).filter((segment) => text.includes(squeeze(segment))).length;
  const wanted = found(truth.with);
  const unwanted = found(truth.without);
  return {
    truePositive: wanted,
    falsePositive: unwanted,
    falseNegative: (truth.with ?? []).length - wanted,
    trueNegative: (truth.without ?? []).length - unwanted,
  };
}

/** What writers vary without meaning it: case, Arabic vowel marks and letter forms, punctuation. */
export function fold(value) {
  const text = String(value || "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(ARABIC_MARKS, "")
    .replace(/[أإآٱ]/g, "ا")
    .replace(/ى/g, "ي")
    .replace(/ة/g, "ه");
  return wordsOf(text).join(" ");
}

const listOf = (value) =>
  (Array.isArray(value) ? value : value ? [value] : []).map(String).filter(Boolean);
const namesOf = (value) =>
  listOf(value)
    .flatMap((name) => name.split(NAME_SEPARATOR))
    .map(fold)
    .filter(Boolean);
const setKey = (names) => [...new Set(names)].sort().join("|");

export function daysApart(first, second) {
  const [a, b] = [first, second].map((day) =>
    Date.parse(`${String(day || "").slice(0, 10)}T00:00:00Z`),
  );
  return Number.isNaN(a) || Number.isNaN(b) ? Number.POSITIVE_INFINITY : Math.abs(a - b) / DAY_MS;
}

/** Scores one page; what the truth does not say gives no entry. */
export function scorePage(truth, answer) {
  const given = answer ?? {};
  const score = {};
  if (truth.body) {
    score.shingle = shingleShares(truth.body, given.body);
    score.exact = Number(wordsOf(truth.body).join(" ") === wordsOf(given.body).join(" "));
    score.words = wordF1(truth.body, given.body);
  }
  if (truth.with?.length) score.segment = segmentCounts(truth, given.body);
  if (truth.title) score.title = Number(fold(truth.title) === fold(given.title));
  if (listOf(truth.author).length > 0) {
    const [wanted, answered] = [namesOf(truth.author), namesOf(given.author)];
    score.author = Number(setKey(wanted) === setKey(answered));
    score.authorWords = wordF1(wanted.join(" "), answered.join(" "));
  }
  if (truth.date) {
    const days = daysApart(truth.date, given.date);
    score.date = Number(days === 0);
    score.dateNear = Number(days <= 1);
  }
  if (listOf(truth.section).length > 0) {
    const answered = listOf(given.section).map(fold);
    score.section = Number(
      listOf(truth.section)
        .map(fold)
        .some((label) => answered.includes(label)),
    );
  }
  return score;
}

/** Body measures over pages: `{n, precision, recall, f1, exact, words}`. */
export function summariseBody(scores) {
  const pages = scores.filter((score) => score.shingle);
  const shares = pages.map((score) => score.shingle);
  const precision = mean(shares.filter((s) => s.both + s.extra > 0).map(precisionOf));
  const recall = mean(shares.filter((s) => s.both + s.missed > 0).map(recallOf));
  return {
    n: pages.length,
    precision,
    recall,
    f1: f1Of(precision, recall),
    exact: mean(pages.map((score) => score.exact)),
    words: mean(pages.map((score) => score.words)),
  };
}

export function summariseSegments(scores) {
  const pages = scores.filter((score) => score.segment);
  const sum = (key) => pages.reduce((total, score) => total + score.segment[key], 0);
  const [tp, fp, fn] = [sum("truePositive"), sum("falsePositive"), sum("falseNegative")];
  return {
    n: pages.length,
    precision: tp / (tp + fp || 1),
    recall: tp / (tp + fn || 1),
    f1: (2 * tp) / (2 * tp + fp + fn || 1),
  };
}

export const FIELD_MEASURES = ["title", "author", "authorWords", "date", "dateNear", "section"];

export function summariseField(scores, field) {
  const values = scores.filter((score) => score[field] !== undefined).map((score) => score[field]);
  return { n: values.length, hit: mean(values) };
}

/** Everything of one set of pages; measures without truth are left out. */
export function summarise(scores) {
  const summary = { pages: scores.length };
  if (scores.some((score) => score.shingle)) summary.body = summariseBody(scores);
  if (scores.some((score) => score.segment)) summary.segment = summariseSegments(scores);
  for (const field of FIELD_MEASURES) {
    if (scores.some((score) => score[field] !== undefined)) {
      summary[field] = summariseField(scores, field);
    }
  }
  return summary;
}

/** F1 of one page's body, for ordering pages by how bad they are. */
export const pageF1 = (score) => f1Of(precisionOf(score.shingle), recallOf(score.shingle));
