/** Languages by content: sentences of our own, of the kinds of page that Libyan and neighbouring sites publish. */
import { expect, test } from "vitest";
import { detectLanguage } from "../../src/text/index.ts";

test.each([
  ["ar", "قال وزير الداخلية إن الأجهزة الأمنية في طرابلس بدأت حملة لضبط المخالفين"],
  ["ar", "حفتر يصل إلى القاهرة"],
  ["en", "The minister said on Monday that the city had been cut off by the flood"],
  ["fr", "Le ministre a déclaré lundi que la ville avait été coupée du reste du pays"],
  ["it", "Il ministro ha detto lunedì che la città è stata isolata dalla piena del fiume"],
  ["tr", "Bakan pazartesi günü yaptığı açıklamada şehrin ve bölgenin çok zarar gördüğünü söyledi"],
  ["de", "Der Minister sagte am Montag, dass die Stadt von der Flut abgeschnitten wurde"],
  ["es", "El ministro dijo el lunes que la ciudad había quedado aislada por las inundaciones"],
  ["pt", "O ministro disse na segunda-feira que a cidade não foi isolada pelas cheias"],
  ["nl", "De minister zei maandag dat de stad door het water was afgesneden van het land"],
  [
    "mt",
    "Il-ministru qal li l-belt kienet maqtugħa mill-bqija tal-pajjiż u li hija għadha ta' periklu għal dan il-poplu",
  ],
  ["fa", "وزیر کشور روز دوشنبه گفت که این شهر از کشور جدا شده است"],
  ["ur", "وزیر داخلہ نے پیر کو کہا کہ شہر کا رابطہ منقطع ہو گیا ہے"],
  ["ber", "ⵜⴰⵎⴰⵣⵉⵖⵜ ⴷ ⵜⵓⵜⵍⴰⵢⵜ ⵏ ⵉⵎⴰⵣⵉⵖⵏ"],
  ["ber", "Tamaziɣt d tutlayt n Imaziɣen deg Tefriqt n Ugafa, yettmeslayen yes-s aṭas n medden"],
  ["ru", "Министр сказал в понедельник, что город был отрезан от страны"],
  ["uk", "Міністр сказав у понеділок, що місто було відрізане від країни"],
  ["el", "Ο υπουργός είπε τη Δευτέρα ότι η πόλη αποκλείστηκε"],
  ["he", "השר אמר ביום שני כי העיר נותקה"],
  ["zh", "部长周一表示这座城市已经被洪水隔绝"],
  ["ja", "大臣は月曜日にこの都市が孤立したと述べた"],
  ["ko", "장관은 월요일에 도시가 고립됐다고 말했다"],
])("is %s: %s", (language, text) => {
  const detected = detectLanguage(text);
  expect(detected.language).toBe(language);
  expect(detected.confidence).toBeGreaterThan(0.3);
});

test.each(["", "12345", "Lorem ipsum dolor", "Apple iPhone Samsung Galaxy", "a", "…", "Libya"])(
  "does not pretend to know ‹%s›",
  (text) => {
    expect(detectLanguage(text)).toEqual({ language: "und", confidence: 0 });
  },
);

test("an Arabic article with English names in it stays Arabic", () => {
  expect(
    detectLanguage("أعلنت شركة Apple في الولايات المتحدة عن هاتف iPhone الجديد").language,
  ).toBe("ar");
});
