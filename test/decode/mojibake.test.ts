import { expect, test } from "vitest";
import { decode } from "../../src/decode/index.ts";

const ARTICLE =
  "قال المتحدث باسم الحكومة إن «الاجتماع» ناقش ملفات النفط، والكهرباء؛ وأكد أن 70% من الحقول عادت إلى العمل… فهل يكفي ذلك؟ – نعم، في الوقت الراهن.";

/** Reads UTF-8 as another code page, as careless programs do. */
const misread = (text: string, as: string): string =>
  as === "latin1"
    ? Buffer.from(text).toString("latin1")
    : new TextDecoder(as).decode(Buffer.from(text), { stream: true });
const read = (text: string): string => decode({ body: Buffer.from(text), headers: [] }).text;

test.each(["windows-1256", "windows-1252", "latin1"])(
  "utf-8 once read as %s is restored exactly",
  (as) => {
    const page = `<html><title>${ARTICLE}</title><p>${ARTICLE}</p>`;
    expect(read(misread(page, as))).toBe(page);
  },
);

test.each(["windows-1256", "windows-1252", "latin1"])(
  "an article read as %s inside a sound template is restored, the template untouched",
  (as) => {
    const template = (body: string): string =>
      `<title>النفط، والغاز؛ «ظ»</title><nav>الرئيسية…</nav><p>${body}</p><p>خط، وحفظ؟ عربيّ</p>`;
    expect(read(template(misread(ARTICLE, as)))).toBe(template(ARTICLE));
  },
);

test.each([
  [
    "sound Arabic with every stop after every letter",
    "ط، ظ؛ النفط، الحفظ؟ «خط» ضغط… ملاحظ– وسط” الشرط’",
  ],
  [
    "a single quotation of the damage",
    `يظهر النص هكذا: ${misread("الخبر", "windows-1256")} بدل العربية`,
  ],
  ["French", "Où est l'élève ? Ça va, Noël ! « Été »…"],
  ["Danish letters before quotes", "Ø§ er et tegn. SMØ” og Ø«"],
])("%s stays as it is", (_, text) => {
  expect(read(`<p>${text}</p>`)).toBe(`<p>${text}</p>`);
});
