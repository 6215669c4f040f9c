/** `warraq duplicates` on a small archive of copies. */
import { expect, test } from "vitest";
import { givenDate } from "../store/given.ts";
import { givenText } from "../store/given-text.ts";
import { filledArchive, type SeedPage } from "./given-archive.ts";
import { warraq } from "./harness.ts";

const STORY = `طرابلس (وال) – ${givenText(1, 96)}`;
const LINE = "وهذه جملة أضافها الموقع من عنده إلى الخبر ليزيد شرحا للقارئ.";
const page = (site: string, minute: number, body: string, title = "خبر منقول"): SeedPage => ({
  url: `https://${site}.example/${minute}`,
  siteId: site,
  article: {
    ...{ title, body, wordCount: body.split(" ").length, originalSource: null },
    published: { ...givenDate(`2026-05-16T10:${minute}:00+02:00`), precision: "minute" },
  },
});
const PAGES = [
  page("marsa", 30, `${STORY}\n\n${LINE}`),
  page("sahel", 10, STORY),
  page("waha", 50, STORY.replaceAll("ة", "ه")),
  page("bahr", 55, givenText(2, 90), "خبر آخر"),
];

const ask = async (...words: string[]) =>
  warraq(["duplicates", ...words, "--archive", await filledArchive(PAGES)]);

test("lists each story in order of publication, with the reason and the agency", async () => {
  const { code, out } = await ask();
  const lines = out.split("\n").map((line) => line.replaceAll(/[\u2066-\u2069]/gu, ""));
  expect(lines[0]).toMatch(/^group +id +date +site +kind +in it +alike +credits +title$/u);
  expect(lines[1]).toMatch(/^c1 +a2 +2026-05-16 10:10 +sahel +first +وكالة الأنباء الليبية/u);
  expect(lines[2]).toMatch(/^c1 +a1 +2026-05-16 10:30 +marsa +near +100% +8\d%/u);
  expect(lines[3]).toMatch(/^ {4}100% of a2 is in it; 1\d% longer$/u);
  expect(lines[4]).toMatch(/^c1 +a3 +2026-05-16 10:50 +waha +text +100% +100%/u);
  expect(lines[5]).toBe("    the same words as a2, spelling aside");
  expect(lines.slice(6)).toEqual([""]);
  expect(code).toBe(0);
});

test("of one article shows what its copies added", async () => {
  const { out } = await ask("a1");
  expect(out).toContain(`+ ${LINE}`);
  expect(out).not.toContain("−");
});

test("JSON has every field of every copy", async () => {
  const { out } = await ask("c1", "--json");
  const [first, second] = JSON.parse(out);
  expect(first).toMatchObject({ group: "c1", kind: "first", of: null, containment: null });
  expect(second).toMatchObject({
    ...{ level: "near", kind: "near", id: "a1", of: "a2", containment: 1 },
    ...{ agencies: ["وكالة الأنباء الليبية"], added: [LINE], dropped: [] },
    source: "marsa",
  });
});

test.each([
  ["--level exact", ["a2", "a3"]],
  ["--level near --site waha", ["a2", "a1", "a3"]],
  ["--level near --site bahr", []],
  ["--level near -n 1", ["a2", "a1", "a3"]],
  ["--level bytes", []],
  ["--level url", []],
  ["a4", ["a4"]],
])("%s", async (words, ids) => {
  const { out, code } = await ask(...words.split(" "), "--csv", "--fields", "id");
  expect(out.split("\r\n").slice(1, -1)).toEqual(ids);
  expect(code).toBe(0);
});

test.each([
  ["a99", 2, 'there is no article "a99"'],
  ["c9", 2, 'there is no cluster "c9"'],
  ["--level nearly", 2, "Allowed choices are url, bytes, exact, near"],
])("%s ends with %i", async (words, code, message) => {
  const said = await ask(...words.split(" "));
  expect(said.code).toBe(code);
  expect(said.err).toContain(message);
});
