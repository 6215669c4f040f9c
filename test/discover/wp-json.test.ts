/** Lists of posts as WordPress answers them. */
import { expect, test } from "vitest";
import { discover, parseWpPosts } from "../../src/discover/index.ts";
import { captureOf, contextOf, HOME } from "./capture.ts";

const URL_1 = `${HOME}2026/06/17/a/`;
const AT = Date.parse("2026-06-17T09:30:00Z");
const post = {
  id: 7,
  date: "2026-06-17T11:30:00",
  date_gmt: "2026-06-17T09:30:00",
  modified_gmt: "2026-06-17T10:30:00",
  guid: { rendered: `${HOME}?p=7` },
  link: URL_1,
  title: { rendered: "نفط &#038; غاز &#8211; <i>خبر</i>" },
  content: { rendered: "<p>فقرة.</p>", protected: false },
  categories: [3, 5],
};
const context = contextOf("wp-json");

test("a list of posts gives addresses, titles and UTC dates", () => {
  const found = discover(
    captureOf(JSON.stringify([post]), { path: "/wp-json/wp/v2/posts" }),
    context,
  );
  expect(found).toEqual({
    pages: [
      {
        url: URL_1,
        siteId: "outlet",
        role: "article",
        foundBy: "wp-json",
        title: "نفط & غاز – خبر",
        publishedAt: AT,
        lastModifiedAt: AT + 3_600_000,
      },
    ],
    sources: [],
    problems: [],
  });
});

test("the full text and the categories are there for whoever wants them", () => {
  expect(parseWpPosts(JSON.stringify([post]), HOME).posts).toMatchObject([
    { contentHtml: "<p>فقرة.</p>", categoryIds: [3, 5] },
  ]);
});

test.each<[what: string, body: string, urls: string[], problem: string | null]>([
  [
    "a warning before the JSON",
    `<br />\n<b>Notice</b>: x[0]\n${JSON.stringify([post])}`,
    [URL_1],
    null,
  ],
  ["a byte order mark", `\uFEFF${JSON.stringify([post])}`, [URL_1], null],
  ["one post alone", JSON.stringify(post), [URL_1], null],
  ["only the fields asked for", JSON.stringify([{ link: URL_1 }]), [URL_1], null],
  ["a guid in place of a link", JSON.stringify([{ ...post, link: "" }]), [`${HOME}?p=7`], null],
  ["no posts", "[]", [], null],
  [
    "posts of another shape",
    JSON.stringify([post, null, 5, { link: 7 }]),
    [URL_1],
    "3 of 4 posts have no usable link",
  ],
  [
    "an error",
    JSON.stringify({ code: "rest_no_route", message: "لا مسار", data: { status: 404 } }),
    [],
    "the site answered rest_no_route",
  ],
  ["JSON cut short", JSON.stringify([post]).slice(0, -20), [], "not readable as JSON"],
])("%s", (_what, body, urls, problem) => {
  const found = discover(captureOf(body, { path: "/wp-json/wp/v2/posts" }), context);
  expect(found.pages.map(({ url }) => url)).toEqual(urls);
  if (problem === null) expect(found.problems).toEqual([]);
  else expect(found.problems.join("\n")).toContain(problem);
});
