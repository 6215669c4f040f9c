import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { decode } from "../../../src/decode/index.ts";
import { extract } from "../../../src/extract/index.ts";
import { CAPTURED_AT, jsonLd, type PageParts, prose, read } from "../fields/read.ts";

const SCRIPT = `<script>${"window.app=1;".repeat(400)}</script>`;
const teasers = (count: number) =>
  Array.from(
    { length: count },
    (_, nth) =>
      `<div class="item"><h3><a href="/news/${nth}">Headline number ${nth} of the day</a></h3><p>A short teaser text.</p></div>`,
  ).join("");

test.each<[string, string, PageParts]>([
  [
    "a browser check",
    "block-page",
    {
      head: "<title>Just a moment...</title>",
      body: `<h1>www.example.ly</h1><p>Checking your browser before accessing example.ly.</p>${SCRIPT}<p>Ray ID: 7d1</p>`,
    },
  ],
  [
    "a firewall's refusal",
    "block-page",
    {
      head: "<title>Sucuri WebSite Firewall - Access Denied</title>",
      body: "<h2>Access Denied - Sucuri Website Firewall</h2><p>Block ID: BLACK02</p><p>Your IP: 192.0.2.1</p>",
    },
  ],
  [
    "an Arabic refusal",
    "block-page",
    {
      head: "<title>تم رفض الوصول</title>",
      body: "<h1>تم حظر عنوان الشبكة الخاص بك</h1><p>للمتابعة أثبت أنك لست روبوتا.</p>",
    },
  ],
  [
    "a captcha",
    "block-page",
    {
      head: "<title>Security check</title>",
      body: "<p>Please complete the captcha to continue.</p><form><input name=c></form>",
    },
  ],
  [
    "a consent wall",
    "block-page",
    {
      head: "<title>Example</title>",
      body: "<h1>Mit Werbung und Cookies lesen</h1><p>Wir und unsere Partner verarbeiten Daten.</p><button>Zustimmen</button>",
    },
  ],
  [
    "a script application without text",
    "empty-shell",
    {
      head: "<title>Example</title>",
      body: `<noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div>${SCRIPT}`,
    },
  ],
  [
    "an Arabic loading screen",
    "empty-shell",
    { head: "<title>بوابة</title>", body: `<div id="app">جاري التحميل</div>${SCRIPT}` },
  ],
  [
    "a missing page answered with 200",
    "soft-404",
    {
      head: "<title>Page not found - Example</title>",
      body: "<h1>Oops!</h1><p>The page you are looking for has moved.</p>",
    },
  ],
  [
    "an Arabic missing page",
    "soft-404",
    {
      head: "<title>الصفحة غير موجودة - بوابة الساحل</title>",
      body: "<h1>٤٠٤</h1><p>عذرا، الصفحة التي تبحث عنها غير موجودة.</p>",
    },
  ],
  [
    "WordPress's own error page, whatever it shows",
    "soft-404",
    {
      bodyAttributes: `class="rtl error404 wp-embed"`,
      head: "<title>بوابة</title>",
      body: `<h1>عفوا</h1>${teasers(12)}`,
    },
  ],
  [
    "a parked domain",
    "parked",
    {
      head: "<title>example.ly</title>",
      body: "<h1>example.ly</h1><p>This domain is for sale. Buy this domain now.</p>",
    },
  ],
  [
    "an expired Arabic domain",
    "parked",
    { head: "<title>النطاق</title>", body: "<p>انتهت صلاحية هذا النطاق. تواصل مع المالك.</p>" },
  ],
  ["a page of nothing", "empty", { body: "<div></div>" }],
  [
    "a category page",
    "listing",
    {
      url: "https://example.ly/category/sport/",
      bodyAttributes: `class="archive category category-sport"`,
      head: "<title>Sport</title>",
      body: `<h1>Sport</h1>${teasers(15)}`,
    },
  ],
  [
    "a front page",
    "listing",
    {
      url: "https://example.ly/",
      head: `<title>Coast Daily</title><meta property="og:type" content="website">`,
      body: teasers(30),
    },
  ],
  [
    "a live blog by its data",
    "live-blog",
    {
      head: `<title>Live: the vote</title>${jsonLd({ "@type": "LiveBlogPosting", headline: "Live: the vote" })}`,
      body: `<h1>Live: the vote</h1><article>${prose()}</article>`,
    },
  ],
  [
    "an Arabic live blog by title and times",
    "live-blog",
    {
      head: "<title>مباشر: جلسة المجلس</title>",
      body: `<h1>مباشر: جلسة المجلس</h1><article>${`<div><time datetime="2026-03-02T09:00">09:00</time>${prose("ar")}</div>`.repeat(6)}</article>`,
    },
  ],
  [
    "a gallery",
    "gallery",
    {
      head: "<title>بالصور: مهرجان الربيع</title>",
      body: `<h1>بالصور: مهرجان الربيع</h1><article><p>انطلقت في المدينة فعاليات مهرجان الربيع بحضور جمع كبير من الأهالي والزوار من المدن المجاورة.</p>${[1, 2, 3, 4, 5].map((nth) => `<figure><img src="/${nth}.jpg"><figcaption>صورة من المهرجان</figcaption></figure>`).join("")}</article>`,
    },
  ],
  [
    "a video",
    "video",
    {
      head: `<title>The road in two minutes</title><meta property="og:type" content="video.other">`,
      body: `<h1>The road in two minutes</h1><video src="/v.mp4"></video><article><p>Our camera followed the crews that repair the coast road for one whole day and night.</p></article>`,
    },
  ],
  [
    "an article",
    "article",
    {
      head: "<title>Roads reopen</title>",
      body: `<h1>Roads reopen</h1><article>${prose()}</article>`,
    },
  ],
  [
    "a flash of one sentence",
    "article",
    {
      head: `<title>عاجل: افتتاح الطريق</title><meta property="og:type" content="article">`,
      body: "<h1>عاجل: افتتاح الطريق</h1><article><p>أعلنت البلدية افتتاح الطريق الساحلي أمام حركة السير بعد انتهاء أعمال الصيانة.</p></article>",
    },
  ],
  [
    "an article about a firewall",
    "article",
    {
      head: "<title>Just a moment: why Cloudflare checks your browser</title>",
      body: `<h1>Just a moment: why Cloudflare checks your browser</h1><article>${prose()}<p>It says: checking your browser before accessing.</p></article>`,
    },
  ],
  [
    "an article about a missing page",
    "article",
    {
      head: "<title>Page not found: how libraries lose their archives</title>",
      body: `<h1>Page not found: how libraries lose their archives</h1><article>${prose()}</article>`,
    },
  ],
  [
    "an article above a long list of others",
    "article",
    {
      url: "https://example.ly/news/12",
      head: "<title>Roads reopen</title>",
      body: `<h1>Roads reopen</h1><article>${prose()}</article>${teasers(40)}`,
    },
  ],
])("%s is %s", (_sentence, kind, parts) => {
  const read_ = read(parts);
  expect(read_.kind, read_.reasons.join("; ")).toBe(kind);
  expect(read_.reasons.length).toBeGreaterThan(0);
});

test("only kinds of articles carry an article", () => {
  expect(read({ url: "https://example.ly/", body: teasers(30) }).article).toBeNull();
});

const EVAL = new URL("../../../../shared/eval/", import.meta.url);
const SETS = ["fundus", "arabic"];

test.skipIf(!existsSync(EVAL))(
  "no real article is called anything else (skipped where ../shared/eval is missing)",
  () => {
    const wrong: string[] = [];
    for (const set of SETS) {
      const truth: Record<string, { html_path: string; url: string }> = JSON.parse(
        readFileSync(new URL(`${set}/truth.json`, EVAL), "utf8"),
      );
      for (const [id, { html_path, url }] of Object.entries(truth)) {
        const html = decode({
          body: gunzipSync(readFileSync(new URL(html_path, EVAL))),
          headers: [],
        });
        const context = { url, capturedAt: CAPTURED_AT, site: null, themes: [], explain: false };
        const { article, kind, reasons } = extract(html, context);
        if (article === null) wrong.push(`${id} is ${kind}: ${reasons.join("; ")}`);
      }
    }
    expect(wrong).toEqual([]);
  },
  60_000,
);
