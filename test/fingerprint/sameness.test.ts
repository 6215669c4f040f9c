import { describe, expect, test } from "vitest";
import {
  byPublication,
  comparable,
  creditedAgencies,
  fingerprint,
  haveOtherNumbers,
  isCopy,
  isSameStory,
  likeness,
  sentenceChanges,
  shinglesOf,
} from "../../src/fingerprint/index.ts";
import { fold } from "../../src/text/index.ts";
import { givenArticle, givenDate } from "../store/given.ts";
import { givenText, givenWords } from "../store/given-text.ts";

const of = (text: string) => comparable(shinglesOf(fold(text)));
const alike = (a: string, b: string) => {
  const like = likeness(of(a), of(b));
  if (like === null) throw new Error("too short to tell");
  return like;
};

const SEED =
  "أعلن المجلسُ البلدي في مدّة وجيزة، أنّ «إعادة» فتح الطريق الساحلي بين مصراتة وسرت ستبدأ يوم ٢٣ أبريل، وقال رئيس اللجنة المكلفة بالصيانة إن الأعمال انتهت على مسافة كبيرة من الطريق الرئيسي.";

describe("spelling never makes another article", () => {
  test.each<[string, (text: string) => string]>([
    ["an Arabic comma written as a Latin one", (text) => text.replaceAll("،", ",")],
    ["all punctuation gone", (text) => text.replaceAll(/[،.«»]/gu, "")],
    ["tashkeel left out", (text) => text.replaceAll(/[\u064B-\u0652]/gu, "")],
    ["tashkeel on every word", (text) => text.replaceAll(/(?<=\p{L})ل/gu, "لُ")],
    ["hamza left out", (text) => text.replaceAll(/[أإآ]/gu, "ا")],
    ["teh marbuta as heh", (text) => text.replaceAll(/ة(?!\p{L})/gu, "ه")],
    ["final yeh as alef maksura", (text) => text.replaceAll(/ي(?!\p{L})/gu, "ى")],
    ["other quotes", (text) => text.replaceAll("«", '"').replaceAll("»", '"')],
    ["Latin digits", (text) => text.replaceAll("٢٣", "23")],
    ["tatweel", (text) => text.replaceAll("الطريق", "الطـــريق")],
    ["a direction mark before each stop", (text) => text.replaceAll(/[،.]/gu, "\u200F$&")],
    ["no-break spaces and line breaks", (text) => text.replaceAll(" و", "\u00A0\nو")],
    ["letters frozen into their shapes", (text) => text.replaceAll("في", "ﻓﻲ")],
  ])("%s", (_name, respell) => {
    const other = respell(SEED);
    expect(other).not.toBe(SEED);
    expect(alike(SEED, other)).toMatchObject({ similarity: 1, containment: 1 });
    const article = givenArticle({ title: SEED.slice(0, 40), body: SEED });
    const respelled = { ...article, title: respell(article.title), body: other };
    const { text, near } = fingerprint(article);
    expect(fingerprint(respelled)).toMatchObject({ text, near });
  });

  test("but another word does", () => {
    const other = SEED.replace("سرت", "طبرق");
    expect(alike(SEED, other).similarity).toBeLessThan(1);
  });
});

describe("runs of words", () => {
  test("28 words that two texts share hold a run both have selected, wherever they stand", () => {
    const shared = givenWords(1, 28).join(" ");
    for (let seed = 2; seed < 200; seed++) {
      const [a, b] = [givenWords(seed, seed), givenWords(seed + 1_000, 300 - seed)];
      const one = shinglesOf(fold(`${a.join(" ")} ${shared} ${b.join(" ")}`));
      const two = shinglesOf(fold(`${b.join(" ")} ${shared}`));
      const chosen = new Set(two.selected.map((place) => two.hashes[place]));
      expect(one.selected.some((place) => chosen.has(one.hashes[place]))).toBe(true);
    }
  });

  test.each([
    ["no text", "", 0],
    ["four words", "واحد اثنان ثلاثه اربعه", 0],
    ["five words", "واحد اثنان ثلاثه اربعه خمسه", 1],
  ])("of %s", (_name, text, count) => {
    const { hashes, selected } = shinglesOf(text);
    expect([hashes.length, selected.length]).toEqual([count, count]);
  });
});

describe("which texts are copies", () => {
  const story = givenText(1, 120);
  const [lead, rest] = [story.slice(0, story.length / 3), story.slice(story.length / 3)];
  const isStory = { copy: true, story: true };
  test.each<[string, string, string, { copy: boolean; story: boolean }]>([
    ["a text and itself", story, story, isStory],
    ["a copy with an outlet's own lines around it", story, `${givenText(2, 30)} ${story}`, isStory],
    ["its beginning alone", story, lead, isStory],
    ["its end alone, of half the length", story, rest, isStory],
    ["its end alone, far shorter", story, story.slice(-lead.length), { copy: true, story: false }],
    [
      "a story within a round-up",
      story,
      `${givenText(3, 200)} ${story} ${givenText(4, 200)}`,
      { copy: true, story: false },
    ],
    ["another text", story, givenText(5, 120), { copy: false, story: false }],
    [
      "a text of which a third was quoted",
      `${lead} ${givenText(6, 100)}`,
      story,
      { copy: false, story: false },
    ],
  ])("%s", (_name, a, b, expected) => {
    for (const like of [alike(a, b), alike(b, a)]) {
      expect({ copy: isCopy(like), story: isSameStory(like) }).toEqual(expected);
    }
  });

  test("texts of a few words tell nothing", () => {
    expect(likeness(of(givenText(1, 15)), of(givenText(1, 15)))).toBeNull();
  });

  test("runs between two common ones do not count", () => {
    const footer = givenText(9, 120);
    const footed = (text: string) => {
      const shingles = shinglesOf(fold(`${text} ${footer}`));
      const furniture = shinglesOf(fold(footer));
      const common = new Set(furniture.selected.map((place) => furniture.hashes[place]));
      return comparable(shingles, (index) =>
        common.has(shingles.hashes[shingles.selected[index] as number] as number),
      );
    };
    const [a, b] = [givenText(1, 60), givenText(2, 60)];
    expect(alike(`${a} ${footer}`, `${b} ${footer}`).containment).toBeGreaterThan(0.6);
    expect(likeness(footed(a), footed(b))?.containment).toBeLessThan(0.35);
    expect(likeness(footed(a), footed(`${a} ${b}`))?.containment).toBeGreaterThan(0.9);
  });

  test.each<[string, string, string, boolean, boolean]>([
    ["yesterday's rates", "الدولار 7 15 اليورو 8 20", "الدولار 7 18 اليورو 9 31", false, true],
    ["the same rates, later", "الدولار 7 15 اليورو 8", "الدولار 7 15 اليورو 8", false, false],
    ["tomorrow's weather, half as warm", "بين 24 و 31 درجه", "بين 24 و 33 درجه", false, true],
    ["a toll corrected within the day", "مقتل 12 شخصا", "مقتل 13 شخصا", true, false],
    ["rates of another town that day", "7 15 8 20 9", "17 25 28 30 39", true, true],
    ["texts without figures", "لا ارقام هنا", "لا ارقام هنا", false, false],
  ])("figures: %s", (_name, a, b, isSameDay, expected) => {
    expect(haveOtherNumbers(a, b, isSameDay)).toBe(expected);
  });
});

describe("the agency credited", () => {
  const none = { authors: [], originalSource: null, body: "" };
  test.each<[string, Partial<Parameters<typeof creditedAgencies>[0]>, readonly string[]]>([
    [
      "in brackets after the place",
      { body: "طرابلس 12 مايو 2019 (وال) - قال" },
      ["وكالة الأنباء الليبية"],
    ],
    ["between dashes", { body: "القاهرة – رويترز – قالت مصادر" }, ["رويترز"]],
    ["before a dash", { body: "تونس، أ ف ب - أعلن الوزير" }, ["وكالة الصحافة الفرنسية"]],
    [
      "at the end, in brackets",
      { body: "قال الوزير.\n\nوأضاف أن العمل مستمر. (الأناضول)" },
      ["وكالة الأناضول"],
    ],
    [
      "as the last line",
      { body: "قال الوزير إن العمل مستمر.\n\nرويترز + أ ف ب" },
      ["رويترز", "وكالة الصحافة الفرنسية"],
    ],
    ["as author", { authors: ["وكالة الأنباء الليبيه"] }, ["وكالة الأنباء الليبية"]],
    ["as the source", { originalSource: { name: "وال", url: null } }, ["وكالة الأنباء الليبية"]],
    ["in Latin letters", { body: "TRIPOLI (Reuters) - Officials said" }, ["رويترز"]],
    [
      "quoted only",
      { body: "وقال الوزير لوكالة رويترز إن العمل مستمر في الميناء منذ الصباح وحتى المساء." },
      [],
    ],
    ["a word that begins like one", { body: "والي المدينة - قال" }, []],
    ["nobody", { body: "قال الوزير - بعد صمت - كلمته." }, []],
  ])("%s", (_name, fields, expected) => {
    expect(creditedAgencies({ ...none, ...fields })).toEqual(expected);
  });
});

describe("what a copy added and dropped", () => {
  const original =
    "افتتح الوزير المستشفى الجديد في سبها. وحضر الحفل عدد من الأطباء والمرضى. وقال إن العمل بدأ قبل عامين!";
  test.each<[string, string, readonly string[], readonly string[]]>([
    ["nothing, in another spelling", original.replaceAll("ة", "ه").replace("!", "."), [], []],
    ["a word changed", original.replace("سبها", "غات"), [], []],
    [
      "a sentence left out, one put before",
      "خاص بنا نحن فقط. افتتح الوزير المستشفى الجديد في سبها. وقال إن العمل بدأ قبل عامين!",
      ["خاص بنا نحن فقط."],
      ["وحضر الحفل عدد من الأطباء والمرضى."],
    ],
    ["a two-word line", `${original}\nمصدر مجهول`, ["مصدر مجهول"], []],
  ])("%s", (_name, copy, added, dropped) => {
    expect(sentenceChanges(original, copy)).toEqual({ added, dropped });
  });
});

describe("who published first", () => {
  const minute = (iso: string) => ({ ...givenDate(iso), precision: "minute" as const });
  const day = (iso: string) => ({ ...givenDate(iso), precision: "day" as const });
  const late = Date.parse("2024-06-01T00:00:00Z");
  const at = (published: ReturnType<typeof givenDate> | null, firstSeenAt = late) => ({
    ...{ published, firstSeenAt, namesItsSource: false },
  });
  const morning = at(minute("2024-05-01T09:00:00+02:00"));
  test.each<[string, ReturnType<typeof at>, ReturnType<typeof at>]>([
    ["the earlier minute", morning, at(minute("2024-05-01T09:01:00+02:00"))],
    ["a known hour before a day without one", morning, at(day("2024-05-01T00:00:00+02:00"))],
    ["the day before, though without an hour", at(day("2024-04-30T00:00:00+02:00")), morning],
    [
      "a day without an hour that was seen before the hour",
      at(day("2024-05-01T00:00:00+02:00"), Date.parse("2024-05-01T06:00:00Z")),
      morning,
    ],
    ["a date before none", morning, at(null)],
    [
      "anybody before one that names its source",
      morning,
      { ...at(minute("2024-05-01T08:00:00+02:00")), namesItsSource: true },
    ],
  ])("%s", (_name, first, second) => {
    expect(byPublication(first, second)).toBeLessThan(0);
    expect(byPublication(second, first)).toBeGreaterThan(0);
  });
});
