/** Pages need no `<html>` and no `<body>`: whatever stands at the root is read as anywhere else. */
import { expect, test } from "vitest";
import { extract } from "../../src/extract/index.ts";
import { loadThemes } from "../../src/sites/index.ts";

const SENTENCE =
  "قال المتحدث إن الاجتماع انتهى أمس في طرابلس بعد أن ناقش المجتمعون الميزانية كلها. ";
const ARTICLE = `<h1>اجتماع في طرابلس</h1><p>${SENTENCE.repeat(3)}</p><p>${SENTENCE.repeat(3)}</p>`;

function read(text: string, url = "https://news.example.ly/2020/10/07/story/") {
  return extract(
    { text, encoding: "utf-8", encodingFrom: "utf-8-valid", labelled: null },
    { url, capturedAt: Date.UTC(2020, 9, 8), site: null, themes: loadThemes(), explain: false },
  );
}

test.each([
  ["a menu link", `<!doctype html><a class="menu" href="/sport/">رياضة</a>${ARTICLE}`],
  ["a menu", `<nav><a aria-current="page" href="/sport/">رياضة</a></nav>${ARTICLE}`],
  ["a picture", `<img class="avatar" alt="سالم محمد" src="/a.jpg">${ARTICLE}`],
  ["a date", `<time datetime="2020-10-07">7 أكتوبر 2020</time>${ARTICLE}`],
  ["a canonical link", `<link rel="canonical" href="/x/">${ARTICLE}`],
])("%s at the root of a page", (_, html) => {
  expect(read(html).article?.title).toBe("اجتماع في طرابلس");
});

test("a section's name that the address repeats is not the title of its articles", () => {
  const head = `<title>اجتماع في طرابلس</title><meta property="og:title" content="اجتماع في طرابلس">`;
  const page = `<html><head>${head}</head><body><h1>أخبار ليبيا المحلية</h1><h2>اجتماع في طرابلس</h2>
<p>${SENTENCE.repeat(3)}</p><p>${SENTENCE.repeat(3)}</p></body></html>`;
  const { article } = read(page, "https://news.example.ly/أخبار-ليبيا-المحلية/12345");
  expect(article?.title).toBe("اجتماع في طرابلس");
});
