/** `diff` in its shapes, for terminals of different widths; and what an outlet's text must not do there. */
import { beforeEach, describe, expect, test } from "vitest";
import { displayWidth } from "../../src/text/index.ts";
import { filledArchive, visitAll } from "./given-archive.ts";
import { warraq } from "./harness.ts";

const ESCAPE = String.fromCharCode(27);
const BELL = String.fromCharCode(7);
const COLOR_OR_ISOLATE = new RegExp(`${ESCAPE}\\[[\\d;]*m|[\\u2068\\u2069]`, "gu");
const URL = "https://sahel.example/long";
const PARAGRAPHS = [
  "أعلنت شركة المياه في البلدية صباح الاثنين تشغيل أربعة خزانات جديدة تكفي لتزويد أحياء الشمال بمياه الشرب طوال فصل الصيف.",
  "وأوضح مدير الفرع أن السعة تبلغ 12 ألف متر مكعب، وأن الفاقد <b>انخفض</b> إلى 18% \u001b]0;x\u0007 بعد استبدال الأنابيب.",
  "The second phase follows in May, the company's engineer Faraj Al-Werfalli told reporters in Misrata.",
];
let archive: string;
beforeEach(async () => {
  const page = (body: string) => ({ url: URL, article: { title: "مياه الشرب", body } });
  archive = await filledArchive([page(PARAGRAPHS.join("\n\n"))]);
  const edited = [
    PARAGRAPHS[0]?.replace("أربعة", "خمسة"),
    PARAGRAPHS[1]?.replace("12", "21"),
    PARAGRAPHS[2],
    `تحديث: ${"سيعمل الخزان الأخير غدا. ".repeat(6).trim()}`,
  ];
  await visitAll(archive, [page(edited.join("\n\n"))], Date.parse("2026-05-18T20:00:00Z"));
});
const diff = async (words: readonly string[], world: Parameters<typeof warraq>[1] = {}) =>
  (await warraq(["diff", URL, ...words, "--archive", archive], world)).out;
const bare = (line: string): string => line.replace(COLOR_OR_ISOLATE, "");

test("unified shows each changed paragraph before and after, and counts the others", async () => {
  const body = (await diff(["--unified"])).split("body:\n")[1]?.trimEnd().split("\n") ?? [];
  expect(body.map((line) => bare(line).slice(0, 14))).toEqual([
    "-أعلنت شركة ال",
    "+أعلنت شركة ال",
    "-وأوضح مدير ال",
    "+وأوضح مدير ال",
    "  (1 unchanged",
    "+{+تحديث: سيعم",
  ]);
});

describe.each([80, 200])("side by side in %d columns", (columns) => {
  test.each([true, false])(
    "no line is longer, and the middle stands in one place (colour: %s)",
    async (color) => {
      const lines =
        (await diff(["--side-by-side"], { columns, color }))
          .split("body:\n")[1]
          ?.trimEnd()
          .split("\n") ?? [];
      const rows = lines.map(bare).filter((line) => line.includes(" │ "));
      expect(rows.length).toBeGreaterThanOrEqual(3);
      for (const row of rows) {
        expect(displayWidth(row)).toBeLessThanOrEqual(columns);
        expect(displayWidth(row.slice(0, row.indexOf(" │ ")))).toBe(Math.floor((columns - 3) / 2));
      }
      const side = (at: number) =>
        rows
          .map((row) => row.split(" │ ")[at]?.trim())
          .join(" ")
          .replace(/\[-|-\]|\{\+|\+\}/gu, "")
          .replace(/\s+/gu, " ");
      expect(side(0)).toContain("تشغيل أربعة خزانات");
      expect(side(1)).toContain("تشغيل خمسة خزانات");
    },
  );
});

test.each([["--inline"], ["--unified"], ["--side-by-side"]])(
  "%s lets no text act on a terminal, and closes every isolate on its line",
  async (flag) => {
    for (const color of [true, false]) {
      const out = await diff([flag], { columns: 80, color });
      expect(out).not.toMatch(new RegExp(`${ESCAPE}(?!\\[(?:9;31|32|0|1|2)m)|${BELL}`, "u"));
      for (const line of out.split("\n")) {
        expect(line.split("\u2068").length).toBe(line.split("\u2069").length);
      }
    }
  },
);

test("html is one page that needs nothing else, with everything escaped", async () => {
  const html = await diff(["--html"]);
  expect(html).toMatch(/^<!doctype html>/u);
  expect(html).toContain("<del>أربعة</del>");
  expect(html).toContain("<ins>خمسة</ins>");
  expect(html).toContain("&lt;b&gt;انخفض&lt;/b&gt;");
  expect(html).toContain('<p dir="auto">');
  expect(html).not.toMatch(new RegExp(`<(?:script|link|img|iframe)|${ESCAPE}|${BELL}|<b>`, "u"));
  const tags = [
    ...html.matchAll(/<(\/?)(section|div|p|del|ins|h1|h2|body|html|head|style|title)\b/gu),
  ];
  const open = new Map<string, number>();
  for (const [, slash, tag = ""] of tags) open.set(tag, (open.get(tag) ?? 0) + (slash ? -1 : 1));
  expect([...open.values()].every((count) => count === 0)).toBe(true);
});

test("two shapes at once are refused", async () => {
  expect((await warraq(["diff", "a1", "--html", "--unified", "--archive", archive])).code).toBe(2);
});
