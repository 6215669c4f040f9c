import { expect, test } from "vitest";
import { decode } from "../../src/decode/index.ts";
import { cleanLabel } from "../../src/decode/labels.ts";
import type { Headers } from "../../src/model.ts";
import { encode } from "./code-page.ts";

/** Written for this test: news of every section, in letters that all three encodings have. */
const SENTENCES = [
  "أعلنت وزارة الصحة عن وصول شحنة جديدة من لقاحات الأطفال إلى ميناء الخمس البحري، وأكدت أن توزيعها على المراكز يبدأ الأسبوع المقبل.",
  "ارتفع سعر صرف الدولار في السوق الموازية مساء أمس متجاوزا حاجز السبعة دنانير، وسط مخاوف من موجة غلاء جديدة تطال السلع الأساسية.",
  "تعادل فريق الاتحاد مع ضيفه الأهلي بهدف لكل منهما في المباراة التي جمعتهما على ملعب المدينة الرياضية ضمن الجولة الرابعة من الدوري.",
  "قال رئيس البلدية إن أعمال صيانة الطريق الساحلي ستستمر ثلاثة أشهر، داعيا السائقين إلى استخدام الطرق البديلة وتوخي الحذر ليلا.",
  "شهدت مدينة سبها هطول أمطار غزيرة أدت إلى جريان الأودية وانقطاع التيار الكهربائي عن عدد من الأحياء السكنية جنوب المدينة.",
  "افتتح المعرض السنوي للكتاب أبوابه أمام الزوار بمشاركة أكثر من مئة دار نشر من دول عربية وأجنبية، ويستمر حتى نهاية الشهر الجاري.",
  "نفى مصدر مسؤول صحة ما تداولته صفحات التواصل الاجتماعي حول إغلاق المعبر الحدودي، مؤكدا أن حركة المسافرين تسير بصورة طبيعية.",
  "ضبطت الأجهزة الأمنية شبكة متخصصة في تهريب الوقود عبر الصحراء، وأحالت المتهمين إلى النيابة العامة لاستكمال الإجراءات القانونية.",
  "أطلقت الجامعة برنامجا تدريبيا لطلبة الهندسة بالتعاون مع شركات النفط يهدف إلى ربط الدراسة بسوق العمل وتأهيل الكوادر الوطنية.",
  "عثر الصيادون قبالة الساحل الشرقي على سلحفاة بحرية نادرة، وسلموها إلى فريق حماية البيئة الذي قام بعلاجها ثم أعادها إلى البحر.",
  "ناقش مجلس النواب في جلسته المسائية مشروع قانون الميزانية، ورفع رئيسه الجلسة بعد اعتراض عدد من الأعضاء على بنود الإنفاق.",
  "توفي صباح اليوم الشاعر الكبير عن عمر ناهز الثمانين عاما بعد رحلة طويلة مع الأدب أصدر خلالها تسعة دواوين وعشرات المقالات.",
  "حذر المركز الوطني للأرصاد من رياح قوية تثير الأتربة على مناطق الشمال الغربي، وطلب من الصيادين عدم الإبحار خلال اليومين القادمين.",
];

const page = (text: string, meta = ""): string =>
  `<!doctype html>\n<html dir="rtl"><head>${meta}<title>خبر</title><script>var a = 1;</script></head><body><div class="entry"><p>${text}</p></div></body></html>`;

const type = (charset: string): Headers => [["content-type", `text/html; charset=${charset}`]];
const meta = (charset: string): string => `<meta charset="${charset}">`;
const bytesOf = (text: string, encoding: string): Uint8Array =>
  encoding === "utf-8" ? Buffer.from(text) : encode(text, encoding);

const samples = SENTENCES.flatMap((sentence, at) => [
  { what: `sentence ${at + 1} as text`, text: sentence },
  { what: `sentence ${at + 1} as a page`, text: page(sentence) },
  { what: `the first 40 letters of sentence ${at + 1} as text`, text: sentence.slice(0, 40) },
  {
    what: `the first 40 letters of sentence ${at + 1} as a page`,
    text: page(sentence.slice(0, 40)),
  },
]);

test.each(["utf-8", "windows-1256", "iso-8859-6"])("52 samples in unlabelled %s", (encoding) => {
  const wrong = samples.filter(
    ({ text }) => decode({ body: bytesOf(text, encoding), headers: [] }).text !== text,
  );
  console.log(`${encoding}: ${samples.length - wrong.length} of ${samples.length} right`);
  expect(wrong.map(({ what }) => what)).toEqual([]);
});

const [sentence = ""] = SENTENCES;

test.each([
  ["windows-1256 in a header that says utf-8", "windows-1256", "utf-8", ""],
  ["windows-1256 in a meta that says utf-8", "windows-1256", "", "utf-8"],
  ["windows-1256 in a header that says iso-8859-1", "windows-1256", "iso-8859-1", ""],
  ["windows-1256 in a meta that says iso-8859-6", "windows-1256", "", "iso-8859-6"],
  ["utf-8 in a header that says windows-1256", "utf-8", "windows-1256", ""],
  ["utf-8 in a meta that says windows-1256", "utf-8", "", "windows-1256"],
  ["iso-8859-6 in a meta that says windows-1256", "iso-8859-6", "", "windows-1256"],
  ["utf-8 in a header that says iso-8859-1", "utf-8", "iso-8859-1", ""],
])("a label that lies: %s", (_, encoding, header, metaCharset) => {
  const text = page(sentence, metaCharset === "" ? "" : meta(metaCharset));
  const html = decode({
    body: bytesOf(text, encoding),
    headers: header === "" ? [] : type(header),
  });
  expect(html).toMatchObject({ text, encoding });
  expect(html.labelled).toBe(cleanLabel(header || metaCharset));
});

test.each([
  ["the header", type("windows-1256"), "", "header"],
  ["the meta", [], meta("windows-1256"), "meta"],
  ["the meta before the header", type("iso-8859-1"), meta("cp-1256"), "meta"],
  [
    "an http-equiv",
    [],
    '<meta http-equiv="Content-Type" content="text/html; charset=win-1256">',
    "meta",
  ],
] as const)("a label that is true is named as the evidence: %s", (_, headers, markup, from) => {
  const text = page(sentence, markup);
  const html = decode({ body: encode(text, "windows-1256"), headers });
  expect(html).toMatchObject({ text, encoding: "windows-1256", encodingFrom: from });
});

test("a meta inside a comment is no label", () => {
  const text = page(sentence, `<!-- ${meta("koi8-r")} -->`);
  expect(decode({ body: Buffer.from(text), headers: [] }).labelled).toBeNull();
});

test.each([
  ["cp-1256", "windows-1256"],
  ["win-1256", "windows-1256"],
  ["windows1256", "windows-1256"],
  ["Windows_1256", "windows-1256"],
  ["x-cp1256", "windows-1256"],
  ["CP1256", "windows-1256"],
  ["utf-8;", "utf-8"],
  ["UTF 8", "utf-8"],
  ['"utf8"', "utf-8"],
  ["utf-8, text/html", "utf-8"],
  ["arabic", "iso-8859-6"],
  ["iso8859_6", "iso-8859-6"],
  ["iso-8859-6-i", "iso-8859-6"],
  ["asmo-708", "iso-8859-6"],
  ["latin1", "windows-1252"],
  ["unicode", "utf-16le"],
  ["cp720", null],
  ["nonsense", null],
  ["", null],
])("the label %j means %j", (label, encoding) => {
  expect(cleanLabel(label)).toBe(encoding);
});

test.each(["utf-16le", "utf-16be"])("%s with a byte order mark", (encoding) => {
  const body = Buffer.from(`\ufeff${page(sentence)}`, "utf16le");
  if (encoding === "utf-16be") body.swap16();
  expect(decode({ body, headers: type("utf-8") })).toMatchObject({
    text: page(sentence),
    encoding,
    encodingFrom: "bom",
    labelled: "utf-8",
  });
});

test("utf-16 without a mark is seen by its zero bytes", () => {
  const body = Buffer.from(page(sentence), "utf16le");
  expect(decode({ body, headers: [] })).toMatchObject({
    text: page(sentence),
    encoding: "utf-16le",
  });
});

test("a utf-8 byte order mark is no part of the text", () => {
  const body = Buffer.from(`\ufeff${page(sentence)}`);
  expect(decode({ body, headers: type("windows-1256") })).toMatchObject({
    text: page(sentence),
    encoding: "utf-8",
    encodingFrom: "bom",
  });
});

test.each([1, 2, 3])("a utf-8 page cut %i bytes into its last character is utf-8", (kept) => {
  const whole = Buffer.from(`${page(sentence)}😀`);
  const html = decode({ body: whole.subarray(0, whole.length - 4 + kept), headers: [] });
  expect(html).toMatchObject({ text: `${page(sentence)}\ufffd`, encoding: "utf-8" });
});

test("a short utf-8 text cut inside a letter is utf-8", () => {
  const body = Buffer.from("خبر").subarray(0, 5);
  expect(decode({ body, headers: [] })).toMatchObject({ text: "خب\ufffd", encoding: "utf-8" });
});

test("a few broken bytes leave a utf-8 page utf-8", () => {
  const body = Buffer.concat([
    Buffer.from(page(sentence)),
    Buffer.of(0x93, 0xc7, 0xe1, 0x94),
    Buffer.from(sentence),
  ]);
  const html = decode({ body, headers: type("windows-1256") });
  expect(html.encoding).toBe("utf-8");
  expect(html.text).toContain(sentence);
  expect(html.text).toContain("\ufffd");
});

test("a few utf-8 bytes leave a windows-1256 page windows-1256", () => {
  const body = Buffer.concat([encode(page(sentence), "windows-1256"), Buffer.from("© اسم")]);
  expect(decode({ body, headers: [] })).toMatchObject({ encoding: "windows-1256" });
});

test("French under its own label is French", () => {
  const text = page(
    "Les élèves de l'école fêtent Noël à Tripoli, où la météo est clémente",
  ).replace("خبر", "Été");
  expect(decode({ body: encode(text, "windows-1252"), headers: type("iso-8859-1") })).toMatchObject(
    {
      text,
      encoding: "windows-1252",
      encodingFrom: "header",
    },
  );
});

test("a subarray of a larger buffer is read alone", () => {
  const whole = Buffer.from(`xx${page(sentence)}yy`);
  expect(decode({ body: whole.subarray(2, -2), headers: [] }).text).toBe(page(sentence));
});

test.each([
  ["nothing", Buffer.alloc(0)],
  ["zeros", Buffer.alloc(1000)],
  ["every byte", Buffer.from(Array.from({ length: 2560 }, (_, at) => at % 256))],
  ["a PNG's beginning", Buffer.from("89504e470d0a1a0a0000000d49484452000001f4", "hex")],
  ["a gzip's beginning", Buffer.from("1f8b0800000000000003cbcf2f4a0100", "hex")],
  ["high bytes only", Buffer.alloc(500, 0xff)],
])("%s decodes to some text without an error", (_, body) => {
  expect(typeof decode({ body, headers: [] }).text).toBe("string");
});

test("quotes and dashes of windows-1252 are not control characters", () => {
  const body = Buffer.concat([Buffer.from("<p>"), Buffer.of(0x93, 0x97, 0x94, 0xe9)]);
  expect(decode({ body, headers: type("windows-1252") }).text).toBe("<p>“—”é");
});
