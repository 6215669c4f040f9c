/** Search as Arabs write: spellings, slips of the hand, and anything at all typed into the box. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore, type Store } from "../../src/store/index.ts";
import { beginRun, givenPage, givenRead, visit } from "./given.ts";

// Sentences in the manner of an agency's report, with what such texts carry: harakat, tatweel,
// Arabic digits, curly quotes, a no-break space.
const BODY = `استقبل رئيسُ المجلس البلديّ بمدينة مصراتة، صباح الأربعاء، وفدًا من أعيان الزاوية ضمّ ٧٢ شخصية.

وأكّد المتحدّث أنّ اللقاء ناقش «إعادة فتح الطريق الساحلي» وتأهيل مستشفى الهـــلال وميناء الخمس، مشيرا إلى أن اللجنة ستبدأ أعمالها في 15 مايو.

وشدّدت الأستاذة هدى على أهمية المصالحة بين المدن الليبية ودور مؤسسات المجتمع المدني.`;

let folder: string;
let store: Store;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "warraq-search-"));
  store = await openStore({ path: join(folder, "archive.db"), mode: "write" });
  const runId = await beginRun(store);
  const add = (url: string, title: string, body: string) =>
    visit(store, givenPage(url), givenRead(url, { runId, article: { title, body } }));
  await add("https://a.ly/1", "أعيان الزاوية في ضيافة مصراتة", BODY);
  await add("https://b.ly/2", "الطقس غدا", "رياح على الساحل الغربي وأمطار متفرقة.");
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const find = async (text: string): Promise<string[]> =>
  (await store.search({ text }, { limit: 10, sort: "relevance" })).items.map(
    ({ record }) => record.id,
  );

test.each([
  ["tashkeel typed, none in the text", "مُصْرَاتَة"],
  ["tashkeel in the text, none typed", "المتحدث"],
  ["hamza left out", "اعيان"],
  ["hamza added", "أستقبل"],
  ["ه for ة", "مصراته"],
  ["ة for ه", "اعادة"],
  ["ى for ي", "الساحلى"],
  ["ي for ى", "مستشفي"],
  ["tatweel in the text", "الهلال"],
  ["tatweel typed", "الطـــريق"],
  ["without ال", "طريق"],
  ["with ال", "الميناء"],
  ["a conjunction typed", "والمستشفى"],
  ["a preposition and ال", "بالمجلس"],
  ["Western digits for Arabic ones", "72"],
  ["Arabic digits for Western ones", "١٥ مايو"],
  ["Persian digits", "۱۵"],
  ["quotes of another kind", '"فتح الطريق الساحلي"'],
  ["guillemets round a phrase", "«إعادة فتح الطريق»"],
  ["Arabic commas between words", "مصراتة، الأربعاء؛ أعيان؟"],
  ["a Persian keyboard's ی and ک", "یتأهیل OR تأهیل"],
  ["words from title and body", "ضيافة المصالحة"],
  ["an author", "الفيتوري"],
  ["a category", "محلي -طقس -رياح"],
  ["a beginning", "استقب*"],
])("finds with %s", async (_, query) => {
  expect(await find(query)).toContain("a1");
});

test.each([
  ["a word that is not there", "زلزال"],
  ["a phrase in another order", '"الطريق فتح"'],
  ["one word of two missing", "مصراتة زلزال"],
  ["an excluded word", "مصراتة -ميناء"],
  ["no word at all", "؟!"],
])("does not find with %s", async (_, query) => {
  expect(await find(query)).not.toContain("a1");
});

test("words as they stand rank before their other forms", async () => {
  expect((await find("الساحل"))[0]).toBe("a2");
});

test("anything can be typed: 50,000 queries, no error", async () => {
  const pieces = [
    ...[
      '"',
      "'",
      "*",
      "-",
      "--",
      "(",
      ")",
      "OR",
      "AND",
      "NOT",
      "NEAR",
      "NEAR(",
      "^",
      ":",
      "+",
      "{",
    ],
    ...[
      "}",
      "title:",
      "body :",
      ",",
      ";",
      "\\",
      "%",
      "_",
      "?",
      "\0",
      "\n",
      "\u200f",
      "\ud800",
      "😀",
    ],
    ...[
      "«",
      "»",
      "“",
      "”",
      "مصراتة",
      "ال",
      "و",
      "٧٢",
      "a",
      "covid-19",
      " ",
      "  ",
      "ـ",
      "ً",
      "\ufeff",
    ],
  ];
  let seed = 7;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  for (let round = 0; round < 50_000; round++) {
    const length = 1 + random(8);
    const text = Array.from({ length }, () => pieces[random(pieces.length)]).join("");
    try {
      await store.list({ text }, { limit: 1, sort: round % 2 === 0 ? "date" : "relevance" });
    } catch (error) {
      throw new Error(`the query ${JSON.stringify(text)} failed`, { cause: error });
    }
  }
}, 120_000);

const seedFile = new URL(
  "../../../shared/examples/fixtures/awj/misrata-elders.txt",
  import.meta.url,
);
test("the seed article is found by its own words in twelve spellings", async (context) => {
  let text: string;
  try {
    text = readFileSync(seedFile, "utf8");
  } catch {
    return context.skip(`${seedFile.pathname} is not here`);
  }
  const runId = await beginRun(store);
  const url = "https://seed.ly/1";
  const [title = "", ...rest] = text.split("\n");
  await visit(
    store,
    givenPage(url),
    givenRead(url, { runId, article: { title, body: rest.join("\n") } }),
  );
  const spellings = [
    "مصراتة",
    "مصراته",
    "مُصراتة",
    "بمصراتة",
    "مصـراتة",
    "المجلس",
    "مجلس",
    "والمجلس",
  ];
  const quoted = ['"مصراتة"', "«مصراته»", "مصراتة، المجلس", "مصراتة؟"];
  const found = await Promise.all([...spellings, ...quoted].map(find));
  expect(found.filter((ids) => ids.includes("a3"))).toHaveLength(12);
});
