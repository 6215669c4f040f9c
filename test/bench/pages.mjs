/**
 * Generated news pages for benchmarks: Arabic WordPress-like pages of about 100 KB, one template per
 * site, deterministic (same site and number, same bytes). Made to cost what real pages cost: inline
 * scripts and styles, menus, sidebars, related lists, lazy images, JSON-LD.
 */

const WORDS =
  "المدينة البلدية المجلس وزارة الصحة التعليم مياه كهرباء طريق ساحل جنوب شرق غرب طرابلس بنغازي مصراتة سبها درنة زوارة غدامس مشروع صيانة افتتاح اجتماع لجنة تقرير نشرة أسعار سوق نفط ميناء مطار رحلة مدرسة جامعة مكتبة معرض مهرجان فريق مباراة بطولة لاعب مدرب مستشفى طبيب دواء مزرعة زيتون تمور أمطار رياح حرارة بحر صحراء واحة آثار متحف كتاب شعر موسيقى أطفال شباب نساء عمال موظفون رواتب مصرف دينار ميزانية قانون محكمة شرطة حادث إنقاذ سيارة قطار سفينة صيد سمك سوقا أسبوعا شهرا عاما يوما صباحا مساء اليوم أمس غدا".split(
    " ",
  );
const VERBS = "قال أضاف أوضح ذكر أعلن أكد أشار بين كشف توقع دعا طالب".split(" ");
const CATEGORIES = ["محلي", "اقتصاد", "رياضة", "ثقافة", "صحة"];
const BLOCK_CSS = 6_000;
const BLOCK_SCRIPT = 9_000;
const SCRIPTS = 4;

/** A small deterministic generator (mulberry32): benchmarks must repeat. */
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const pick = (random, list) => list[Math.floor(random() * list.length)];

function sentence(random, words) {
  const text = Array.from({ length: words }, () => pick(random, WORDS)).join(" ");
  return `${pick(random, VERBS)} ${text}.`;
}

/** One article as data: what an extractor must find on the page. */
export function articleOf(site, number) {
  const random = randomOf(site * 1_000_003 + number);
  const day = new Date(Date.UTC(2019, 0, 1) + (number % 2400) * 86_400_000);
  return {
    number,
    title: Array.from({ length: 9 }, () => pick(random, WORDS)).join(" "),
    category: pick(random, CATEGORIES),
    published: `${day.toISOString().slice(0, 10)}T10:30:00+02:00`,
    paragraphs: Array.from({ length: 9 }, () =>
      Array.from({ length: 3 }, () => sentence(random, 14)).join(" "),
    ),
    path: `/${day.toISOString().slice(0, 10).replaceAll("-", "/")}/khabar-${number}/`,
  };
}

export function sitemapOf(site, origin, pages) {
  const urls = Array.from(
    { length: pages },
    (_, number) => `<url><loc>${origin}${articleOf(site, number).path}</loc></url>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join("\n")}</urlset>`;
}

const fillerCache = new Map();

/** The parts of a page that one site repeats on every page. */
function fillerOf(site) {
  const known = fillerCache.get(site);
  if (known) return known;
  const random = randomOf(site + 77);
  const css = (length) => {
    let text = "";
    while (text.length < length)
      text += `.c${Math.floor(random() * 9999)}{margin:${Math.floor(random() * 30)}px;color:#${Math.floor(random() * 0xffffff).toString(16)};display:flex}`;
    return text;
  };
  const script = (length) => {
    let text = "";
    while (text.length < length)
      text += `window.w${Math.floor(random() * 9999)}=function(a,b){if(a<b&&b>${Math.floor(random() * 99)}){return a+"<div>"+b}return b};`;
    return text;
  };
  const menu = Array.from(
    { length: 60 },
    (_, i) =>
      `<li id="menu-item-${i}" class="menu-item menu-item-type-taxonomy menu-item-object-category menu-item-${i}"><a href="/category/c${i}/">${pick(random, WORDS)} ${pick(random, WORDS)}</a></li>`,
  ).join("\n");
  const cards = (count, kind) =>
    Array.from(
      { length: count },
      (_, i) =>
        `<li class="widget-single-post-item widget-post-list tie-standard ${kind}"><div class="post-widget-thumbnail"><a href="/2019/01/0${(i % 9) + 1}/khabar-${i}/" class="post-thumb"><img width="220" height="150" src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==" data-src="/wp-content/uploads/${i}-220x150.jpg" class="attachment-jannah-image-small size-jannah-image-small tie-small-image wp-post-image lazy-img" alt="" loading="lazy" /></a></div><div class="post-widget-body"><a class="post-title the-subtitle" href="/2019/01/0${(i % 9) + 1}/khabar-${i}/">${Array.from({ length: 8 }, () => pick(random, WORDS)).join(" ")}</a><div class="post-meta"><span class="date meta-item tie-icon">منذ ${i + 1} ساعات</span></div></div></li>`,
    ).join("\n");
  const filler = {
    css: css(BLOCK_CSS),
    scripts: Array.from({ length: SCRIPTS }, () => script(BLOCK_SCRIPT)),
    menu,
    popular: cards(25, "popular"),
    latest: cards(25, "latest"),
    related: cards(12, "related"),
  };
  fillerCache.set(site, filler);
  return filler;
}

/** The HTML of one article page, about 100 KB of UTF-8. */
export function pageOf(site, number, origin) {
  const article = articleOf(site, number);
  const f = fillerOf(site);
  const [first, ...rest] = article.paragraphs;
  return `<!DOCTYPE html>
<html dir="rtl" lang="ar"><head><meta charset="UTF-8" /><title>${article.title} - صحيفة ${site}</title>
<link rel="canonical" href="${origin}${article.path}" />
<meta property="og:title" content="${article.title} - صحيفة ${site}" /><meta property="og:type" content="article" />
<meta property="og:description" content="${first.slice(0, 120)}" /><meta property="og:site_name" content="صحيفة ${site}" />
<meta property="article:published_time" content="${article.published}" />
<style>${f.css}</style><script>${f.scripts[0]}</script><script>${f.scripts[1]}</script></head>
<body id="tie-body" class="rtl post-template-default single single-post postid-${number} single-format-standard is-desktop post-layout-1">
<div id="tie-container" class="site tie-container"><div id="tie-wrapper">
<header id="theme-header" class="theme-header"><div class="topbar-today-date tie-icon">الثلاثاء, يونيو 16 2026</div><nav id="main-nav"><ul id="menu-main" class="menu">${f.menu}</ul></nav></header>
<div id="content" class="site-content container"><div class="main-content tie-col-md-8 tie-col-xs-12" role="main">
<article id="the-post" class="container-wrapper post-content tie-standard"><header class="entry-header-outer">
<nav id="breadcrumb"><a href="/">الرئيسية</a><em class="delimiter">/</em><a href="/category/x/">${article.category}</a></nav>
<div class="entry-header"><span class="post-cat-wrap"><a class="post-cat tie-cat-7" href="/category/x/">${article.category}</a></span>
<h1 class="post-title entry-title">${article.title}</h1>
<div id="single-post-meta" class="post-meta clearfix"><span class="meta-author"><a href="/author/desk/" class="author-name">قسم الأخبار</a></span><span class="date meta-item tie-icon">منذ يومين</span><span class="meta-views">${number * 7}</span></div></div></header>
<div class="entry-content entry clearfix"><p>${first}</p>
<div id="inline-related-post" class="mag-box"><div class="the-subtitle">مقالات ذات صلة</div><ul>${f.related.slice(0, 1500)}</li></ul></div>
${rest.map((text) => `<p>${text}</p>`).join("\n")}
<div class="post-bottom-meta post-bottom-tags"><span class="tagcloud"><a href="/tag/a/" rel="tag">${article.category}</a></span></div></div>
<script>${f.scripts[2]}</script></article>
<div class="post-components"><div id="related-posts" class="container-wrapper"><div class="mag-box-title"><h3>مقالات ذات صلة</h3></div><ul>${f.related}</ul></div></div></div>
<aside class="sidebar tie-col-md-4"><div class="widget"><ul>${f.popular}</ul></div><div class="widget"><ul>${f.latest}</ul></div></aside></div>
<footer id="footer"><div id="site-info">&copy; صحيفة ${site}</div></footer><a id="go-to-top" href="#"><span class="screen-reader-text">زر الذهاب إلى الأعلى</span></a>
</div></div><script>${f.scripts[3]}</script></body></html>`;
}
