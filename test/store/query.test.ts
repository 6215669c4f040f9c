import { describe, expect, test } from "vitest";
import { parseQuery } from "../../src/store/index.ts";
import { marksOf, snippetOf } from "../../src/store/snippet.ts";

/** A query in short: `a +b|c -d "e f" g*`; AND is a blank, OR a bar. */
function shape(text: string): string {
  return parseQuery(text)
    .clauses.map(({ isExcluded, any }) => {
      const terms = any.map((term) =>
        term.kind === "word"
          ? term.word
          : term.kind === "prefix"
            ? `${term.prefix}*`
            : `"${term.words.join(" ")}"`,
      );
      return (isExcluded ? "-" : "") + terms.join("|");
    })
    .join(" ");
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
  ["index syntax is words", "NEAR(a b) AND title:x ^y {z}", '"near a" b and "title x" y z'],
  ["marks alone are no words", '!؟ … «» "" ()', ""],
  ["nothing is nothing", "", ""],
])("%s", (_, text, expected) => {
  expect(shape(text)).toBe(expected);
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
