import { expect, test } from "vitest";
import { prose, readArticle } from "./read.ts";

const SITE = `<meta property="og:site_name" content="Coast Daily">`;

test.each([
  [
    "the site's name behind a bar is not the title",
    `<title>Roads reopen | Coast Daily</title>${SITE}`,
    "",
    "Roads reopen",
  ],
  [
    "the site's name in front of the title goes, too",
    `<title>Coast Daily » Roads reopen</title>${SITE}`,
    "",
    "Roads reopen",
  ],
  [
    "a section between title and site's name goes with a bar",
    `<title>Roads reopen after rain | Transport | Coast Daily</title>${SITE}`,
    "",
    "Roads reopen after rain",
  ],
  [
    "a dash inside a headline stays",
    `<title>Roads reopen - at last - Coast Daily</title>${SITE}`,
    "",
    "Roads reopen - at last",
  ],
  [
    "the host names the site where nothing else does",
    "<title>Roads reopen - Example</title>",
    "",
    "Roads reopen",
  ],
  [
    "a heading the title repeats is the title as a reader sees it",
    `<title>Roads reopen after rain - Coast Daily</title>${SITE}`,
    "<h1>Roads reopen after rain</h1>",
    "Roads reopen after rain",
  ],
  [
    "a logo in an h1 is not the title",
    `<title>Roads reopen | Coast Daily</title>${SITE}`,
    `<h1><a href="/">Coast Daily</a></h1><h2>Roads reopen</h2>`,
    "Roads reopen",
  ],
  [
    "an h1 with the site's slogan is not the title",
    "<title>Roads reopen | News from the coast</title>",
    "<h1>News from the coast</h1><h2>Roads reopen</h2>",
    "Roads reopen",
  ],
  [
    "a date inside the heading is not part of it",
    `<title>Roads reopen after rain</title><meta property="og:title" content="Roads reopen after rain">`,
    "<h1><span>12 May 2024</span> Roads reopen after rain</h1>",
    "Roads reopen after rain",
  ],
  [
    "an unrelated only h1 loses against the page's title",
    "<title>Roads reopen after rain</title>",
    "<h1>Blog</h1>",
    "Roads reopen after rain",
  ],
  [
    "furigana are not read twice",
    "<title>道路が再開</title>",
    "<h1><ruby>道路<rt>どうろ</rt></ruby>が再開</h1>",
    "道路が再開",
  ],
  [
    "entities encoded twice are read",
    `<meta property="og:title" content="Roads &amp;amp; bridges reopen"><title>x</title>`,
    "",
    "Roads & bridges reopen",
  ],
  [
    "Arabic: a guillemet between title and site",
    `<title>افتتاح الطريق الساحلي » بوابة الساحل</title><meta property="og:site_name" content="بوابة الساحل">`,
    "",
    "افتتاح الطريق الساحلي",
  ],
  [
    "Arabic: the heading keeps its harakat",
    `<title>افتتاح الطَّريق الساحلي - بوابة الساحل</title><meta property="og:site_name" content="بوابة الساحل">`,
    "<h1>افتتاح الطَّريق الساحلي</h1>",
    "افتتاح الطَّريق الساحلي",
  ],
])("%s", (_sentence, head, body, expected) => {
  expect(readArticle({ head, body: `${body}<article>${prose()}</article>` }).title).toBe(expected);
});

test("a title of fifty thousand separators costs no more than any other", () => {
  const head = `<title>${"a | ".repeat(50_000)}</title>`;
  expect(
    readArticle({ head, body: `<h1>Roads reopen</h1><article>${prose()}</article>` }).title,
  ).toBe("Roads reopen");
});
