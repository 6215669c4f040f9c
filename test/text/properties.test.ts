/** What must hold for every string there is: nothing throws, cleaning and folding settle at once, the map never lies. */
import { expect, test } from "vitest";
import {
  clean,
  cleanParagraphs,
  dateFromUrl,
  detectLanguage,
  direction,
  displayWidth,
  findDates,
  fold,
  foldWithMap,
  forTerminal,
  parseMachineDate,
  stem,
  tokens,
  truncateToWidth,
  wordCount,
} from "../../src/text/index.ts";
import { randomNumbers, randomText } from "./random-text.ts";

const ROUNDS = 1_000;
const options = { now: Date.UTC(2026, 5, 17), timeZone: "Africa/Tripoli" };
const WORDS = [
  " ",
  "  ",
  "\n",
  "12",
  "2019",
  "7",
  "٢٠١٩",
  "الطير",
  "أبريل",
  "/",
  "-",
  ".",
  ",",
  ":",
  "منذ",
  "ساعات",
  "أيام",
  "مضت",
  "أمس",
  "October",
  "ago",
  "May",
  "GMT",
  "+02:00",
  "PM",
  "م",
  "هـ",
  "و.ر",
  "شعبان",
  "年",
  "月",
  "日",
  "T",
  "الموافق",
  "الماضي",
  "Wednesday",
  "week",
  "last",
];

function samples(seed: number): string[] {
  const random = randomNumbers(seed);
  return Array.from({ length: ROUNDS }, () => randomText(random, 40, WORDS));
}

test("clean is idempotent, normal and free of debris on random text", () => {
  for (const text of samples(1)) {
    const once = clean(text);
    expect(clean(once), JSON.stringify(text)).toBe(once);
    expect(once.normalize("NFC")).toBe(once);
    expect(once).not.toMatch(
      /\p{Cc}|[\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF\xAD]|^\s|\s$|\s\s/u,
    );
  }
});

test("cleanParagraphs gives clean, non-empty lines on random text", () => {
  for (const text of samples(2)) {
    for (const paragraph of cleanParagraphs(text)) {
      expect(paragraph).not.toBe("");
      expect(clean(paragraph)).toBe(paragraph);
    }
  }
});

test("fold is idempotent and gives words one space apart on random text", () => {
  for (const text of samples(3)) {
    const once = fold(text);
    expect(fold(once), JSON.stringify(text)).toBe(once);
    expect(once).not.toMatch(/[^\p{L}\p{N}\p{M} ]|^ | $| {2}/u);
  }
});

test("fold is idempotent on every character of the first two planes", () => {
  for (let point = 0; point < 0x20000; point++) {
    const once = fold(`x${String.fromCodePoint(point)}`);
    if (fold(once) !== once) {
      expect.fail(
        `U+${point.toString(16)}: ${JSON.stringify(once)} folds to ${JSON.stringify(fold(once))}`,
      );
    }
  }
});

test("folding cleaned text gives the same key as folding the text on random text", () => {
  const random = randomNumbers(4);
  for (let round = 0; round < ROUNDS; round++) {
    const text = randomText(random, 40, WORDS).replace(/[^\u0020-\u06FF]/gu, "");
    expect(fold(clean(text)), JSON.stringify(text)).toBe(fold(text));
  }
});

test("foldWithMap folds as fold does, and its ranges are in order and inside the text", () => {
  for (const text of samples(5)) {
    const { folded, starts, ends } = foldWithMap(text);
    expect(folded, JSON.stringify(text)).toBe(fold(text));
    expect([starts.length, ends.length]).toEqual([folded.length, folded.length]);
    for (let index = 0; index < folded.length; index++) {
      const start = starts[index] ?? 0;
      const end = ends[index] ?? 0;
      if (!(start < end && end <= text.length && start >= (starts[index - 1] ?? 0))) {
        expect.fail(`bad range ${start}-${end} at ${index} of ${JSON.stringify(text)}`);
      }
    }
  }
});

test("tokens are slices of the text and wordCount counts them", () => {
  for (const text of samples(6)) {
    const found = tokens(text);
    expect(wordCount(text)).toBe(found.length);
    for (const token of found) {
      expect(text.slice(token.start, token.end)).toBe(token.text);
    }
  }
});

test("a stem is the start or the inside of its word, never shorter than two letters", () => {
  for (const text of samples(7)) {
    for (const word of fold(text).split(" ").filter(Boolean)) {
      expect(word).toContain(stem(word));
      expect(stem(word).length).toBeGreaterThanOrEqual(Math.min(2, word.length));
    }
  }
});

test("nothing a terminal obeys survives forTerminal, and truncation fits its width", () => {
  for (const text of samples(8)) {
    const safe = forTerminal(`\x1b[31m${text}\x9b2J\u202e`);
    expect(safe, JSON.stringify(text)).not.toMatch(
      /\p{Cc}|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u,
    );
    expect(forTerminal(safe)).toBe(safe);
    expect(displayWidth(truncateToWidth(safe, 10))).toBeLessThanOrEqual(10);
  }
});

test("dates are found in random text without an exception, each a slice with an ISO form", () => {
  for (const text of samples(9)) {
    let last = 0;
    for (const date of findDates(text, options)) {
      expect(text.slice(date.start, date.end)).toBe(date.raw);
      expect(date.start).toBeGreaterThanOrEqual(last);
      expect(date.iso).toMatch(/^\d{4}/);
      expect(Number.isInteger(date.at)).toBe(true);
      expect(date.confidence < 0.5).toBe(date.confidence < 0.5 && date.doubt !== null);
      last = date.end;
    }
    parseMachineDate(text, { timeZone: "UTC", naive: "utc" });
    dateFromUrl(text);
  }
});

test("language and direction answer for random text", () => {
  for (const text of samples(10)) {
    expect(["rtl", "ltr"]).toContain(direction(text));
    const { language, confidence } = detectLanguage(text);
    expect(language).toMatch(/^[a-z]{2,3}$/);
    expect(confidence).toBeGreaterThanOrEqual(0);
    expect(confidence).toBeLessThanOrEqual(1);
  }
});

test.each([
  ["digits", "1".repeat(100_000)],
  ["dots between digits", "1.".repeat(50_000)],
  ["slashes between digits", "1/".repeat(50_000)],
  ["month names", "may ".repeat(25_000)],
  ["dates", "5 may, ".repeat(14_000)],
  ["units without end", "5 hours, ".repeat(11_000)],
  ["half clocks", "10:".repeat(33_000)],
  ["marks on one letter", `a${"\u0300\u0316".repeat(50_000)}`],
  ["escape openers", "\x1b[".repeat(50_000)],
  ["string openers", "\x1b]".repeat(50_000)],
  ["joiners", "a\u200c\u200d".repeat(30_000)],
  ["spaces", " ".repeat(100_000)],
  ["lone surrogates", "\ud800".repeat(100_000)],
  ["compatibility jamo", "ㅋ".repeat(100_000)],
])("100 KB of %s are answered (a pattern that backtracks would hang here)", (_what, text) => {
  expect(clean(text).length).toBeLessThanOrEqual(text.length);
  expect(fold(text)).toBe(foldWithMap(text).folded);
  expect(forTerminal(text)).not.toContain("\x1b");
  expect(findDates(text, options)).toBeInstanceOf(Array);
  expect(parseMachineDate(text, { timeZone: "UTC", naive: "utc" })).toBeNull();
  expect(detectLanguage(text).language).toMatch(/^[a-z]{2,3}$/u);
  expect(displayWidth(truncateToWidth(text, 80))).toBeLessThanOrEqual(80);
});
