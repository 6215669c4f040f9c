/**
 * What extraction answers keeps nothing of the page it was read from: an archive job holds thousands of
 * answers, and a string cut from a page would keep all of it. Told by the heap, with pages much larger than
 * any answer.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { extract } from "../../src/extract/index.ts";
import { loadThemes } from "../../src/sites/index.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const PAGES = 20;
const PAGE_CHARS = 1_000_000;
const SENTENCE =
  "قال المتحدث إن الاجتماع انتهى أمس في طرابلس بعد أن ناقش المجتمعون الميزانية وقرروا نشر التفاصيل.";

/** A page with a value for every field, all longer than what is copied anyway. */
function pageOf(nth: number): string {
  const padding = `<!-- ${nth} ${"x".repeat(PAGE_CHARS)} -->`;
  return `<html lang="ar"><head><title>عنوان طويل للخبر رقم ${nth} في طرابلس | صحيفة الاختبار الليبية</title>
<meta property="og:site_name" content="صحيفة الاختبار الليبية"><meta property="og:description" content="${SENTENCE}">
<meta property="article:published_time" content="2020-10-07T10:00:00+02:00"><link rel="canonical" href="https://news.example.ly/2020/10/07/story-${nth}/">
</head><body><div class="breadcrumbs"><a href="/category/economy/">أخبار الاقتصاد والأعمال</a></div>
<article id="post-number-${nth}-of-many" class="post-${nth} type-post category-economy">${padding}
<h1 class="entry-title">عنوان طويل للخبر رقم ${nth} في طرابلس</h1><span class="author">كتب: سالم محمد الورفلي</span>
<img src="/wp-content/uploads/2020/10/picture-${nth}.jpg" alt="صورة من الاجتماع في طرابلس">
<div class="entry-content">${`<p>${SENTENCE} ${nth}</p>`.repeat(5)}</div><a rel="tag" href="/tag/x">الميزانية العامة للدولة</a></article></body></html>`;
}

function heapUsed(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

test("answers keep nothing of their pages", () => {
  const themes = loadThemes();
  const read = (nth: number) =>
    extract(
      { text: pageOf(nth), encoding: "utf-8", encodingFrom: "utf-8-valid", labelled: null },
      {
        url: `https://news.example.ly/2020/10/07/story-${nth}/`,
        capturedAt: Date.UTC(2020, 9, 8),
        site: null,
        themes,
        explain: false,
      },
    );
  // The first one fills the memories that all pages share.
  expect(read(0).article?.authors).toEqual(["سالم محمد الورفلي"]);
  const before = heapUsed();
  const answers = Array.from({ length: PAGES }, (_, nth) => read(nth + 1));
  const kept = heapUsed() - before;
  expect(answers).toHaveLength(PAGES);
  // The engine keeps the text it searched last, so one page may stay: two bytes a letter.
  expect(kept).toBeLessThan(2 * 2 * PAGE_CHARS);
});
