import { describe, expect, test } from "vitest";
import { parseQuery, type Term } from "../../src/store/index.ts";
import { marksOf, snippetOf } from "../../src/store/snippet.ts";

/** A query in short: `a +b|c -d "e f" g*`; AND is a blank, OR a bar. */
function shape(text: string): string {
  return parseQuery(text)
    .clauses.map(({ isExcluded, any }) => {
      const terms = any.map(shapeOf);
      return (isExcluded ? "-" : "") + terms.join("|");
    })
    .join(" ");
}

function shapeOf(term: Term): string {
  const day = ({ year, month, day }: { year: number; month: number; day: number }) =>
    `${year}-${month}-${day}`;
  switch (term.kind) {
    case "word":
      return term.word;
    case "prefix":
      return `${term.prefix}*`;
    case "phrase":
      return `"${term.words.join(" ")}"`;
    case "within":
      return `${term.field}:${term.words.join("_")}${term.isPrefix ? "*" : ""}`;
    case "filed":
      return `${term.field}:${term.value}`;
    case "date":
      return `date:${day(term.from)}..${day(term.to)}`;
  }
}

test.each([
  ["words are all wanted", "port  tripoli", "port tripoli"],
  ["words are folded", "الإعلاميُّ ٧٢", "الاعلامي 72"],
  ["quotes make a phrase", '"port of tripoli" news', '"port of tripoli" news'],
  ["Arabic quotes too", "«المجلس الرئاسي»", '"المجلس الرياسي"'],
  ["and curly ones", "“port of” x", '"port of" x'],
  ["a minus excludes", "port -tripoli", "port -tripoli"],
  ["a minus excludes a phrase", '-"port of tripoli" x', '-"port of tripoli" x'],
  ["a minus inside a word is a hyphen", "covid-19", '"covid 19"'],
  ["a minus alone says nothing", "port - tripoli", "port tripoli"],
  ["OR joins its neighbours", "a OR b c", "a|b c"],
  ["OR in small letters is a word", "a or b", "a or b"],
  ["several OR make one choice", "a OR b OR c", "a|b|c"],
  ["OR at the edges says nothing", "OR a OR", "a"],
  ["OR does not mix wanted and excluded", "a OR -b", "a -b"],
  ["a star begins a word", "trip*", "trip*"],
  ["a star alone says nothing", "* ** a", "a"],
  ["a star before a word says nothing", "*trip", "trip"],
  ["a lone quote says nothing", 'port "tripoli', "port tripoli"],
  ["index syntax is words", "NEAR(a b) AND body:x ^y {z}", '"near a" b and "body x" y z'],
  ["an unknown field is words", "foo:bar", '"foo bar"'],
  ["a title", "title:النفط", "title:النفط"],
  ["a phrase in a title", 'title:"حقل الشرارة"', "title:حقل_الشراره"],
  ["a beginning in a title", "title:نفط*", "title:نفط*"],
  ["a blank after the colon", "title: نفط بنغازي", "title:نفط بنغازي"],
  ["a field in capitals", "Title:x AUTHOR:y", "title:x author:y"],
  ["a field in Arabic", "عنوان:نفط كاتب:سالم", "title:نفط author:سالم"],
  ["a field excluded", "نفط -site:almarsad", "نفط -site:almarsad"],
  ["a choice of fields", "site:a OR site:b", "site:a|site:b"],
  ["a category in quotes", 'category:"أخبار محلية"', "category:أخبار محلية"],
  ["a place", "place:مصراته", "place:مصراته"],
  ["a field without a value", "title: ", '"title"'.slice(1, -1)],
  ["a field of marks alone", "title:!! x", "x"],
  ["a colon alone", ": :: a", "a"],
  ["two fields at once", "title:author:x", "title:author_x"],
  ["an address is words", "https://a.ly", '"https a ly"'],
  ["a year", "date:2019", "date:2019-1-1..2020-1-1"],
  ["a month", "date:2019-12", "date:2019-12-1..2020-1-1"],
  ["a day", "date:2020-02-29", "date:2020-2-29..2020-3-1"],
  ["a stretch", "date:2019-04..2019-06", "date:2019-4-1..2019-7-1"],
  ["a stretch open at its end", "date:2019-04..", "date:2019-4-1..10000-1-1"],
  ["a stretch open at its beginning", "date:..2019", "date:1-1-1..2020-1-1"],
  ["Arabic digits in a date", "تاريخ:٢٠١٩-٠٤", "date:2019-4-1..2019-5-1"],
  ["marks alone are no words", '!؟ … «» "" ()', ""],
  ["nothing is nothing", "", ""],
])("%s", (_, text, expected) => {
  expect(shape(text)).toBe(expected);
});

test.each([
  ["a thirteenth month", "x date:2019-13", "date:2019-13 is no date"],
  ["a thirtieth of February", "date:2019-02-30", "date:2019-02-30 is no date"],
  ["a word", "date:غدا", "date:غدا is no date"],
  ["a year of two digits", "date:19", "date:19 is no date"],
  [
    "the end of a stretch",
    "date:2019-01..2019-22",
    '"2019-22" in date:2019-01..2019-22 is no date',
  ],
  ["a stretch backwards", "date:2020..2019", "date:2020..2019: 2020 is after 2019"],
  ["a stretch of nothing but an end", "date:..x", '"x" in date:..x is no date'],
  ["three ends", "date:2019..2020..2021", "date:2019..2020..2021 is no date"],
])("the date that is none is named: %s", (_, text, message) => {
  expect(() => parseQuery(text)).toThrow(expect.objectContaining({ code: "E_QUERY" }));
  expect(() => parseQuery(text)).toThrow(message);
});

test("a pasted page is cut, not refused", () => {
  expect(parseQuery("كلمة ".repeat(200_000)).clauses).toHaveLength(32);
  expect(parseQuery(`"${"كلمة ".repeat(500)}"`).clauses[0]?.any[0]).toMatchObject({
    kind: "phrase",
  });
});

describe("marking", () => {
  const marked = (text: string, query: string): string[] =>
    marksOf(text, parseQuery(query)).map(([start, end]) => text.slice(start, end));

  test.each([
    ["the original spelling is marked", "قالَ الإعلاميُّ أمس", "الاعلامي", ["الإعلاميُّ"]],
    ["other forms of a word are marked", "والبلديات تعمل", "البلدية", ["والبلديات"]],
    [
      "a phrase is marked whole",
      "in port of Tripoli, port",
      '"port of tripoli"',
      ["port of Tripoli"],
    ],
    ["excluded words are not", "port tripoli", "port -tripoli", ["port"]],
    ["beginnings are", "Tripolitania", "trip*", ["Tripolitania"]],
    ["nothing found, nothing marked", "abc", "xyz", []],
  ])("%s", (_, text, query, expected) => {
    expect(marked(text, query)).toEqual(expected);
  });

  test("a snippet is the stretch with most of the words, its marks in place", () => {
    const filler = "كلام آخر لا يعني شيئا هنا. ".repeat(30);
    const text = `${filler}ميناء.\n\n${filler}أُعيد فتح ميناءِ مصراتة صباح اليوم. ${filler}`;
    const { snippet, marks } = snippetOf(text, parseQuery("ميناء مصراته"));
    expect(snippet.length).toBeLessThan(200);
    expect(snippet).toMatch(/^… .* …$/u);
    expect(marks.map(([start, end]) => snippet.slice(start, end))).toEqual(["ميناءِ", "مصراتة"]);
  });

  test("a short text is shown whole", () => {
    expect(snippetOf("فتح\n\nالميناء", parseQuery("ميناء"))).toEqual({
      snippet: "فتح الميناء",
      marks: [[4, 11]],
    });
  });
});
