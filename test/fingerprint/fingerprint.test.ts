import { describe, expect, test } from "vitest";
import { fingerprint, similarity, versionFields } from "../../src/fingerprint/index.ts";
import type { Article } from "../../src/model.ts";
import { givenArticle, givenDate } from "../store/given.ts";

const base = givenArticle({
  imageUrl: "https://a.ly/wp-content/uploads/photo.jpg",
  categories: [
    { label: "محلي", kind: "scope", detail: "national", medtops: [] },
    { label: "مصراتة", kind: "place", detail: null, medtops: [] },
  ],
});
const of = (fields: Partial<Article>) => fingerprint({ ...base, ...fields });
const relative = { ...givenDate("2024-04-30T10:00:00+02:00"), raw: "منذ ساعتين" };

describe("harmless changes make no version", () => {
  test.each<[string, Partial<Article>, Partial<Article>?]>([
    ["tags from a trending list", { tags: ["رائج"] }],
    ["an excerpt", { excerpt: "ملخص" }],
    ["the modified date", { modified: givenDate("2024-05-01T08:00:00+02:00") }],
    [
      "a date counted back from the visit",
      { published: relative },
      { published: { ...relative, at: relative.at + 3_600_000, iso: "2024-04-30T11:00:00+02:00" } },
    ],
    ["seconds of the date", { published: givenDate("2024-04-30T10:00:42+02:00") }],
    ["the zone a date is written in", { published: givenDate("2024-04-30T08:00:00+00:00") }],
    ["the order of categories", { categories: base.categories.toReversed() }],
    [
      "what the vocabulary says of a category",
      { categories: base.categories.map((one) => ({ ...one, medtops: ["x"] })) },
    ],
    [
      "another size of the picture",
      { imageUrl: "https://a.ly/wp-content/uploads/photo-300x200.jpg" },
    ],
    [
      "a resizing service",
      { imageUrl: "https://i0.wp.com/a.ly/wp-content/uploads/photo.jpg?resize=80%2C60&ssl=1" },
    ],
    [
      "the picture repeated among the pictures",
      { images: [{ url: `${base.imageUrl}`, alt: "x", caption: null, credit: null }] },
    ],
    [
      "a placeholder picture",
      { images: [{ url: "data:image/gif;base64,R0", alt: null, caption: null, credit: null }] },
    ],
    [
      "a banner between paragraphs",
      { images: [{ url: "https://a.ly/ads/1221.gif", alt: null, caption: null, credit: null }] },
      { images: [{ url: "https://a.ly/ads/1284.gif", alt: null, caption: null, credit: null }] },
    ],
    ["the canonical URL", { canonicalUrl: "https://a.ly/x" }],
    [
      "how and how surely it was read",
      { method: "scored", confidence: 0.4, isPartial: true, from: { title: "x" } },
    ],
    [
      "language, direction, count, site name",
      { language: "und", dir: "ltr", wordCount: 1, siteName: "أوج" },
    ],
    ["composed or decomposed letters", { title: base.title.normalize("NFD") }],
  ])("%s", (_, fields, before = {}) => {
    expect(of(fields).content).toBe(of(before).content);
  });
});

describe("edits make a version", () => {
  test.each<[string, Partial<Article>, string]>([
    ["a headline", { title: `${base.title}!` }, "title"],
    ["a subtitle", { subtitle: "عاجل" }, "subtitle"],
    ["a corrected hamza", { body: base.body.replace("أعيان", "اعيان") }, "body"],
    ["a number", { body: `${base.body} 73` }, "body"],
    ["a paragraph joined to the next", { body: base.body.replace("\n\n", " ") }, "body"],
    ["a name", { authors: ["سالم"] }, "authors"],
    ["a category", { categories: [] }, "category"],
    ["the day of publication", { published: givenDate("2024-04-29T10:00:00+02:00") }, "published"],
    ["a picture", { imageUrl: "https://a.ly/other.jpg" }, "image"],
    [
      "a captioned picture",
      { images: [{ url: "https://a.ly/2.jpg", alt: null, caption: "من اللقاء", credit: null }] },
      "image",
    ],
    [
      "the outlet it was taken from",
      { originalSource: { name: "أوج", url: null } },
      "originalSource",
    ],
  ])("%s", (_, fields, field) => {
    expect(of(fields).content).not.toBe(of({}).content);
    const [was, is] = [versionFields(base), versionFields({ ...base, ...fields })];
    expect(Object.keys(is).filter((key) => Reflect.get(is, key) !== Reflect.get(was, key))).toEqual(
      [field],
    );
  });
});

test("the text is the same in any spelling, and not with other words", () => {
  const other = of({
    title: base.title.replace("أ", "ا").replace("ة", "ه"),
    body: base.body.replace("أعيان", "أَعْيان").replace(".", "۔").replaceAll("ى", "ي"),
  });
  expect(other.text).toBe(of({}).text);
  expect(other.near).toBe(of({}).near);
  expect(of({ body: `${base.body} كلمة` }).text).not.toBe(of({}).text);
});

describe("near", () => {
  const words = Array.from({ length: 300 }, (_, at) => `كلمة${(at * 7919) % 1009}`);
  const text = (list: readonly string[]) => of({ title: "خبر", body: list.join(" ") }).near;

  test("has 16 hexadecimal digits, whatever the text", () => {
    for (const body of ["", "كلمة", "كلمة اثنان", base.body]) {
      expect(of({ title: "", body }).near).toMatch(/^[0-9a-f]{16}$/);
    }
  });

  test("an edited text stays near, another is far", () => {
    const edited = words.with(150, "غيرها");
    expect(similarity(text(words), text(edited))).toBeGreaterThan(0.9);
    const others = words.map((word) => `${word}ه٢`);
    expect(similarity(text(words), text(others))).toBeLessThan(0.75);
    expect(similarity(text(words), text(words))).toBe(1);
  });

  test.each([
    ["0000000000000000", "0000000000000000", 1],
    ["ffffffffffffffff", "0000000000000000", 0],
    ["8000000000000001", "0000000000000000", 62 / 64],
  ])("similarity of %s and %s is %d", (a, b, expected) => {
    expect(similarity(a, b)).toBe(expected);
  });

  test("bits of unrelated texts fall evenly", () => {
    const counts = new Array<number>(64).fill(0);
    for (let at = 0; at < 400; at++) {
      const near = text(words.slice(0, 60).map((word) => `${word}${at}`));
      const bits = [...near].map((digit) =>
        Number.parseInt(digit, 16).toString(2).padStart(4, "0"),
      );
      for (const [index, bit] of [...bits.join("")].entries())
        counts[index] = (counts[index] ?? 0) + Number(bit);
    }
    expect(Math.min(...counts)).toBeGreaterThan(120);
    expect(Math.max(...counts)).toBeLessThan(280);
  });
});
