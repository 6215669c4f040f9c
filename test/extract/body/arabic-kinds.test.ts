import { expect, test } from "vitest";
import { extract } from "../../../src/extract/index.ts";

const MENU = `<nav><ul>${'<li><a href="/s">قسم من الموقع</a></li>'.repeat(12)}</nav>`;
const RELATED = `<div class="related"><h3>مقالات ذات صلة</h3>${'<div class="item"><a href="/x">خبر آخر من أخبار المدينة اليوم</a></div>'.repeat(5)}</div>`;
const page = (body: string) =>
  `<html lang="ar" dir="rtl"><head><title>انقطاع الكهرباء عن طرابلس - موقع</title></head><body>${MENU}${body}${RELATED}<footer>جميع الحقوق محفوظة</footer></body></html>`;

const bodyOf = (text: string) => {
  const html = { text, encoding: "utf-8", encodingFrom: "utf-8-valid", labelled: null } as const;
  const context = {
    url: "https://news.example.ly/a/1",
    capturedAt: Date.UTC(2020, 5, 1),
    site: null,
    themes: [],
    explain: false,
  };
  return extract(html, context).article?.body.split("\n\n");
};

const FLASH = "عاجل: انقطاع التيار الكهربائي عن أجزاء واسعة من العاصمة طرابلس.";
const SENTENCES = [
  "قالت الشركة العامة للكهرباء إن فرقها تعمل على إعادة التيار إلى الأحياء الجنوبية من المدينة منذ ساعات الصباح الأولى.",
  "اقرأ أيضا ما كتبه الخبراء عن أسباب الانقطاع في تقرير الشركة الصادر الأسبوع الماضي، إذ يرجعون الأزمة إلى نقص الغاز.",
  "وأضافت أن محطة غرب طرابلس خرجت عن الخدمة بسبب خلل فني، وأن المهندسين يعملون على إصلاحه.",
];
const MINUTES = ["انتهى التصويت على البند.", "بدأت الجلسة الآن."]
  .map((line) => `<article class="live-entry"><p>${line}</p></article>`)
  .join("");
const LETTER =
  "تصل أفضل قصصنا عن المدينة كل صباح إلى بريد القراء من غير ثمن، وفي وسع كل قارئ أن يكتب إلينا.";
const table = (rows: readonly (readonly string[])[]) =>
  `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("")}</table>`;
const PRICES = table([
  ["الدولار", "7.15"],
  ["اليورو", "8.01"],
]);
const CAPTIONS = [1, 2, 3, 4, 5].map(
  (number) => `مواطنون يتجمعون في ميدان الشهداء وسط طرابلس خلال انقطاع الكهرباء رقم ${number}.`,
);
const ENTRIES = [1, 2, 3, 4, 5].map((number) => [
  `1${number}:00`,
  `تحديث رقم ${number} من غرفة العمليات`,
  `قالت الشركة العامة للكهرباء إن فرقها تعمل على إعادة التيار إلى الأحياء الجنوبية في التحديث ${number}.`,
]);

test.each<[name: string, markup: string, expected: readonly string[]]>([
  [
    "a flash of one sentence is its sentence",
    page(
      `<article><h1>انقطاع الكهرباء عن طرابلس</h1><span class="date">12 مايو 2020</span><div class="entry-content"><p>${FLASH}</p></div></article>`,
    ),
    [FLASH],
  ],
  [
    "a flash's second sentence is as short as a caption, and is text",
    page(
      `<article><h1>انقطاع الكهرباء عن طرابلس</h1><div class="text"><p>${FLASH}</p><figure><figcaption>فرق الصيانة</figcaption></figure><p>ويستمر العمل ثلاثة أيام.</p></div></article>`,
    ),
    [FLASH, "ويستمر العمل ثلاثة أيام."],
  ],
  [
    "its last sentence may stand bare below the paragraphs",
    page(
      `<article><h1>انقطاع الكهرباء عن طرابلس</h1><div class="text"><p>${FLASH}</p><p>ويستمر العمل ثلاثة أيام.</p><br><br>ولم تصدر الشركة بيانا عن أسباب العطل.</div></article>`,
    ),
    [FLASH, "ويستمر العمل ثلاثة أيام.", "ولم تصدر الشركة بيانا عن أسباب العطل."],
  ],
  ...["تابعونا على فيسبوك وتويتر.", "جميع الحقوق محفوظة لوكالة المثال.", "عدد المشاهدات 120."].map(
    (line): [string, string, readonly string[]] => [
      `what follows a flash is none of it: ${line}`,
      page(
        `<article><h1>انقطاع الكهرباء عن طرابلس</h1><div class="text"><p>${FLASH}</p><p>${line}</p></div></article>`,
      ),
      [FLASH],
    ],
  ),
  ...[
    '<div><img src="a.jpg"><p>الأحياء الجنوبية أمس.</p></div><p>تصوير: كريم صالح.</p>',
    "<div>سالم: قالوا ذلك العام الماضي.</div><div>هدى: لا أصدق ذلك.</div>",
    table([
      ["طباعة", "القراءات 233"],
      ["إرسال", "حفظ"],
    ]),
    table([["القراءات", "233"]]),
    table([
      ['<a href="/a">خبر عن المدينة</a>', "12"],
      ['<a href="/b">خبر آخر عنها</a>', "15"],
    ]),
    table([
      ["<p>الزوار</p>", "12"],
      ["الصفحات", "15"],
    ]),
    table([
      [
        "الزوار منذ افتتاح الموقع في السنة الماضية وحتى اليوم الأول من هذا الشهر بحسب العداد الرسمي",
        "12",
      ],
      ["الصفحات", "15"],
    ]),
    table([
      ["1", "2"],
      ["3", "4"],
    ]),
    table([
      ["<h4>الزوار</h4>", "12"],
      ["الصفحات", "15"],
    ]),
    `<div class="x"><div>${PRICES}</div></div>`,
  ].map((after): [string, string, readonly string[]] => [
    `what only stands near a flash is none of it: ${after}`,
    page(
      `<article><h1>انقطاع الكهرباء عن طرابلس</h1><div class="text"><p>${FLASH}</p>${after}</div></article>`,
    ),
    [FLASH],
  ]),
  [
    "a flash's table of prices is taken whole, and the sentence behind it",
    page(
      `<article><h1>أسعار العملات</h1><div class="text"><p>${FLASH}</p>${PRICES}<p>وأغلق السوق عند الرابعة.</p></div></article>`,
    ),
    [FLASH, "الدولار | 7.15", "اليورو | 8.01", "وأغلق السوق عند الرابعة."],
  ],
  [
    "an agency's signature behind the last sentence is its end",
    page(
      `<article><h1>انقطاع الكهرباء عن طرابلس</h1><div class="text"><p>${FLASH}</p><p>ويستمر العمل ثلاثة أيام. ( وال )</p></div></article>`,
    ),
    [FLASH, "ويستمر العمل ثلاثة أيام. ( وال )"],
  ],
  [
    "a form around the whole page, as ASP.NET builds it, is no form",
    `<html lang="ar" dir="rtl"><head><title>سعر الصرف - موقع</title></head><body><form id="form1">${MENU}<article><h1>سعر الصرف</h1><p>فيما يلي أسعار العملات اليوم:</p><table><tr><th>العملة</th><th>السعر</th></tr><tr><td>الدولار</td><td>4.15</td></tr></table></article></form></body></html>`,
    ["فيما يلي أسعار العملات اليوم:", "العملة | السعر", "الدولار | 4.15"],
  ],
  [
    "a live blog's first minutes are its text, short as they are",
    page(
      `<article><h1>مباشر: جلسة المجلس</h1><div class="entry-content"><div class="live-entry"><p>انتهى التصويت على البند الثاني.</p></div><div class="live-entry"><p>بدأت الجلسة بحضور 11 عضوا.</p></div></div></article>`,
    ),
    ["انتهى التصويت على البند الثاني.", "بدأت الجلسة بحضور 11 عضوا."],
  ],
  [
    "minutes that are articles themselves are the text together, the title over them",
    page(`<main><h1>مباشر: جلسة المجلس</h1>${MINUTES}</main>`),
    ["انتهى التصويت على البند.", "بدأت الجلسة الآن."],
  ],
  [
    "and where they stand in the article that holds the title",
    page(`<article><h1>مباشر: جلسة المجلس</h1>${MINUTES}</article>`),
    ["انتهى التصويت على البند.", "بدأت الجلسة الآن."],
  ],
  ...[
    `<article><h1>فيديو العاصفة</h1><iframe src="v"></iframe></article><div><article><h3>الميناء</h3><p>انتهى إضراب الميناء.</p></article></div>`,
    `<h1>أخبار محلية</h1><article class="card"><h2><a href="/1">خبر</a></h2><p>انتهى الإضراب.</p></article><article class="card"><h2><a href="/2">خبر</a></h2><p>المتحف يفتح.</p></article>`,
    `<h1>أخبار محلية</h1><article><h2>الميناء</h2><p>انتهى إضراب الميناء.</p></article>`,
    `<div><h1>أخبار محلية</h1></div><div><article><p>انتهى الإضراب.</p></article><article><p>المتحف يفتح.</p></article></div>`,
  ].map((body): [string, string, readonly string[]] => [
    `another story is not the body of a page without one: ${body}`,
    page(body),
    [""],
  ]),
  ...[
    `<h2>انقطاع الكهرباء عن طرابلس</h2><div class="text"><p>${SENTENCES.join("</p><p>")}</p></div><form><h1>نشرتنا</h1><p>${LETTER}</p></form>`,
    `<form><h1>انقطاع الكهرباء عن طرابلس</h1><p>${LETTER}</p></form><div><p>${SENTENCES.join("</p><p>")}</p></div>`,
  ].map((body): [string, string, readonly string[]] => [
    `a form beside the text is none of it: ${body}`,
    page(body),
    SENTENCES,
  ]),
  [
    "a gallery's captions are its body",
    page(
      `<article><h1>صور من شوارع طرابلس</h1>${CAPTIONS.map((c) => `<figure><img src="a.jpg"><figcaption>${c}</figcaption></figure>`).join("")}</article>`,
    ),
    CAPTIONS,
  ],
  [
    "a live blog keeps its entries, with their times",
    page(
      `<article><h1>تغطية مباشرة: انقطاع الكهرباء</h1>${ENTRIES.map(([time, head, text]) => `<div class="live-entry"><time>${time}</time><h3>${head}</h3><p>${text}</p></div>`).join("")}</article>`,
    ),
    ENTRIES.flat(),
  ],
  [
    "a read-also line goes, a sentence that begins with the same words stays",
    page(
      `<article><h1>انقطاع الكهرباء عن طرابلس</h1><div class="entry-content"><p>${SENTENCES[0]}</p><p>اقرأ أيضا: <a href="/b">الشركة العامة للكهرباء تعلن جدول طرح الأحمال</a></p><p>${SENTENCES[1]}</p><p>${SENTENCES[2]}</p></div></article>`,
    ),
    SENTENCES,
  ],
  [
    "an opinion piece is neither its byline nor its author's box",
    page(
      `<article><h1>لماذا تنقطع الكهرباء</h1><div class="entry-content"><p>بقلم: سالم الفيتوري</p>${SENTENCES.map((s) => `<p>${s}</p>`).join("")}</div><div class="author-box"><h4>سالم الفيتوري</h4><p>كاتب وصحفي ليبي مقيم في طرابلس، له عدد من المؤلفات في الاقتصاد والسياسة والطاقة في شمال أفريقيا.</p></div></article>`,
    ),
    SENTENCES,
  ],
])("%s", (_, markup, expected) => {
  expect(bodyOf(markup)).toEqual(expected);
});

/** A small generator with a seed: the same pages on every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test("hundreds of mutated pages are read without a throw", () => {
  const next = random(7);
  const whole = page(
    `<article id="the-post" class="entry-content"><h1>انقطاع الكهرباء</h1>${SENTENCES.map((s) => `<p>${s}</p>`).join("")}<table><tr><td>أ<td>ب</table></article><script type="application/ld+json">{"@type":"NewsArticle","headline":"x","datePublished":"2020-01-01","author":[{"name":"س"}]}</script>`,
  );
  const pieces = [
    "<",
    ">",
    '"',
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "</div>",
    "<p",
    "\0",
    "\u202e",
    "&#x",
    "]]>",
    "<svg>",
    "{",
    "\ud800",
  ];
  for (let round = 0; round < 300; round++) {
    let text = whole;
    for (let change = 0; change < 1 + next() * 6; change++) {
      const [at, length] = [Math.floor(next() * text.length), Math.floor(next() * 60)];
      const piece = pieces[Math.floor(next() * pieces.length)] as string;
      text = text.slice(0, at) + (next() < 0.5 ? piece : "") + text.slice(at + length);
    }
    expect(() => bodyOf(text)).not.toThrow();
  }
});
