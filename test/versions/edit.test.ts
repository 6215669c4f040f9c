import { expect, test } from "vitest";
import { classifyEdit } from "../../src/fingerprint/index.ts";
import type { Article } from "../../src/model.ts";
import { givenArticle, givenDate } from "../store/given.ts";

const PARAGRAPHS = [
  "أعلنت شركة المياه في البلدية صباح الاثنين تشغيل أربعة خزانات جديدة تكفي لتزويد أحياء الشمال بمياه الشرب طوال فصل الصيف.",
  "وأوضح مدير الفرع المهندس فرج الورفلي أن السعة الإجمالية للخزانات تبلغ 12 ألف متر مكعب. وأضاف أن نسبة الفاقد في الشبكة انخفضت إلى 18 في المائة.",
  "وكانت البلدية قد تسلمت موقع المشروع يوم 12 نوفمبر الماضي، على أن تستكمل المرحلة الثانية في مايو المقبل.",
];
const BODY = PARAGRAPHS.join("\n\n");
const base = givenArticle({ title: "تشغيل أربعة خزانات جديدة لمياه الشرب", body: BODY });
const edited = (from: string, to: string): Partial<Article> => {
  expect(BODY).toContain(from);
  return { body: BODY.replace(from, to) };
};

test.each<[string, Partial<Article>, readonly string[], string]>([
  [
    "a swapped headline",
    { title: "تشغيل خمسة خزانات جديدة لمياه الشرب" },
    ["headline"],
    "title: «أربعة» → «خمسة»",
  ],
  [
    "a subtitle that came",
    { subtitle: "المرحلة الثانية في مايو" },
    ["headline"],
    "subtitle: – → «المرحلة الثانية في مايو»",
  ],
  [
    "a spelling of the headline",
    { title: base.title.replace("أربعة", "اربعة") },
    ["correction"],
    "title: «أربعة» → «اربعة»",
  ],
  [
    "a sentence removed",
    edited(" وأضاف أن نسبة الفاقد في الشبكة انخفضت إلى 18 في المائة.", ""),
    ["removal"],
    "body: +0 −11 words",
  ],
  [
    "a paragraph removed",
    { body: PARAGRAPHS.slice(0, 2).join("\n\n") },
    ["removal"],
    "body: +0 −18 words",
  ],
  ["all but a notice removed", { body: "تم حذف هذا الخبر" }, ["removal"], "body: +4 −64 words"],
  ["a number changed", edited("12 ألف", "21 ألف"), ["correction"], "body: «12» → «21»"],
  [
    "a name corrected",
    edited("فرج الورفلي", "فرج المنصوري"),
    ["correction"],
    "body: «الورفلي» → «المنصوري»",
  ],
  [
    "a negation slipped in",
    edited("وأضاف أن", "ولم يضف أن"),
    ["correction"],
    "body: «وأضاف» → «ولم يضف»",
  ],
  ["a word removed", edited("المهندس ", ""), ["correction"], "body: «المهندس» → –"],
  ["a hamza", edited("أعلنت", "اعلنت"), ["correction"], "body: «أعلنت» → «اعلنت»"],
  ["a comma", edited("الماضي،", "الماضي"), ["correction"], "body: «،» → –"],
  [
    "a sentence in other words",
    edited("تكفي لتزويد أحياء الشمال بمياه الشرب", "من شأنها تغطية حاجة الأحياء الشمالية كلها"),
    ["correction"],
    "body: +7 −6 words",
  ],
  [
    "a paragraph moved",
    { body: [PARAGRAPHS[0], PARAGRAPHS[2], PARAGRAPHS[1]].join("\n\n") },
    ["correction"],
    "body: +18 −18 words",
  ],
  [
    "an update appended",
    { body: `${BODY}\n\nتحديث: أعلنت الشركة مساء الاثنين أن الخزان الرابع سيعمل غدا.` },
    ["addition"],
    "body: +10 −0 words",
  ],
  [
    "a passage added in the middle",
    edited("مكعب.", "مكعب وهو ما يعادل حاجة ثلاثين ألف ساكن."),
    ["addition"],
    "body: – → «وهو ما يعادل حاجة ثلاثين ألف ساكن»",
  ],
  [
    "another text",
    {
      body: "قال نادي البحارة إنه سيطلي أرصفة الميناء القديم وأعمدة الإنارة فيه في أول جمعة من كل شهر بعد أن جمع تبرعات من التجار والصيادين ومحبي البحر في المدينة والقرى المجاورة لها شرقا وغربا.",
    },
    ["rewrite"],
    "body: +31 −62 words",
  ],
  [
    "headline and text",
    { title: "تشغيل خمسة خزانات", ...edited("أربعة", "خمسة") },
    ["headline", "correction"],
    "title: +1 −4 words; body: «أربعة» → «خمسة»",
  ],
  [
    "an author",
    { authors: ["هيئة التحرير"] },
    ["author"],
    "authors: «سالم الفيتوري» → «هيئة التحرير»",
  ],
  ["a picture", { imageUrl: "https://a.ly/new.jpg" }, ["image"], "image: – → «new.jpg»"],
  ["a category", { categories: [] }, ["category"], "category: «محلي» → –"],
  [
    "the outlet it was taken from",
    { originalSource: { name: "أوج", url: null } },
    ["source"],
    "originalSource: – → «أوج»",
  ],
  [
    "the date alone",
    { published: givenDate("2024-05-02T10:00:00+02:00") },
    ["date-only"],
    "published: «2024-04-30T10:00:00+02:00» → «2024-05-02T10:00:00+02:00»",
  ],
  [
    "the date with a name",
    { published: givenDate("2024-05-02T10:00:00+02:00"), authors: [] },
    ["author"],
    "authors: «سالم الفيتوري» → –; published: «2024-04-30T10:00:00+02:00» → «2024-05-02T10:00:00+02:00»",
  ],
  ["tags, which make no version", { tags: ["رائج"] }, ["other"], ""],
])("%s", (_, fields, kinds, summary) => {
  const edit = classifyEdit(base, { ...base, ...fields });
  expect(edit).toMatchObject({ kind: kinds[0], kinds, summary });
});

test("a summary stays within two lines, whatever changed", () => {
  const long = Array.from({ length: 60 }, (_, at) => `اسم طويل جدا رقم ${at}`);
  const all = {
    title: long.join(" "),
    authors: long,
    body: long.join("\n\n"),
    imageUrl: `https://a.ly/${"x".repeat(500)}.jpg`,
  };
  expect(classifyEdit(base, { ...base, ...all }).summary.length).toBeLessThanOrEqual(160);
});
