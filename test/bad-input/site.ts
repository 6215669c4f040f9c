/** Small news sites on loopback whose pages are all different, so that none is taken for a copy. */
import type { ServerResponse } from "node:http";
import { type Answer, type Loopback, serve } from "../loopback.ts";

export const HTML = { "content-type": "text/html; charset=utf-8" } as const;

const PLACES = [
  "مصراتة",
  "سبها",
  "طبرق",
  "درنة",
  "غريان",
  "زوارة",
  "الكفرة",
  "سرت",
  "هون",
  "نالوت",
];
const THINGS = ["مدرسة", "ميناء", "سوق", "مكتبة", "طريق", "محطة", "مستشفى", "حديقة", "سد", "مطار"];

/** The path of article `number`; links like it are articles to every reader of links. */
export function articlePath(number: number): string {
  return `/2026/05/${String(1 + (number % 28)).padStart(2, "0")}/khabar-almadina-raqm-${number}/`;
}

/** A whole page about something only this site and number have. */
export function articlePage(site: string, number: number): string {
  const place = PLACES[number % PLACES.length];
  const thing = THINGS[Math.floor(number / PLACES.length) % THINGS.length];
  const title = `افتتاح ${thing} جديدة في ${place} برقم ${site} ${number}`;
  const paragraphs = Array.from(
    { length: 5 },
    (_, at) =>
      `<p>قال مسؤول في ${place} إن ${thing} رقم ${number} التابعة إلى ${site} ستفتح أبوابها في الأسبوع ${at + 1 + number} بعد انتهاء أعمال الصيانة التي استمرت ${at + number + 3} أشهر وشملت المبنى والساحة المحيطة به.</p>`,
  );
  return `<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>${title}</title>
<meta property="og:type" content="article"><meta property="og:title" content="${title}">
<meta property="article:published_time" content="2026-05-${String(1 + (number % 28)).padStart(2, "0")}T10:00:00+02:00"></head>
<body><header><a href="/">الرئيسية</a></header><article><h1>${title}</h1>
<div class="entry-content">${paragraphs.join("\n")}</div></article></body></html>`;
}

export function homePage(paths: readonly string[]): string {
  const links = paths.map(
    (path) => `<article><h2><a href="${path}">خبر جديد من المدينة ${path}</a></h2></article>`,
  );
  return `<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>صحيفة المدينة</title></head><body><main>${links.join("\n")}</main></body></html>`;
}

export const html =
  (text: string): Answer =>
  (response: ServerResponse) =>
    void response.writeHead(200, HTML).end(text);

/** A site with `articles` good articles on its home page, and whatever else is given. */
export function serveSite(
  name: string,
  articles: number,
  more: Readonly<Record<string, Answer>> = {},
): Promise<Loopback> {
  const numbers = Array.from({ length: articles }, (_, number) => number);
  const extra = Object.keys(more).filter((path) => path.startsWith("/20"));
  return serve({
    "/": html(homePage([...numbers.map(articlePath), ...extra])),
    ...Object.fromEntries(
      numbers.map((number) => [articlePath(number), html(articlePage(name, number))]),
    ),
    ...more,
  });
}
