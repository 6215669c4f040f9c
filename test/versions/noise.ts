/**
 * What changes on a page while nobody edits the article: each row makes the page as another visit may
 * find it. A row that has nothing to change on a page gives it back as it is.
 */
import type { Page } from "./pages.ts";

export type Noise = readonly [name: string, make: (page: Page, html: string) => string];

const AD = '<a href="https://ads.example/7"><img src="https://ads.example/7.gif" alt="إعلان"></a>';
const LINKS = [
  "انطلاق بطولة المدارس لكرة السلة غدا",
  "وصول قافلة المساعدات إلى قرى الوادي",
  "البلدية تعلن مواعيد جديدة لجمع القمامة",
  "معرض للزهور في الحديقة العامة نهاية الأسبوع",
]
  .map((text, at) => `<li><a href="/n/${at}/">${text}</a></li>`)
  .join("");

const atTop =
  (markup: string): Noise[1] =>
  (_, html) =>
    html.replace(/<body[^>]*>/u, (tag) => `${tag}${markup}`);
const atEnd =
  (markup: string): Noise[1] =>
  (_, html) =>
    html.replace("</body>", () => `${markup}</body>`);
const inHead =
  (markup: string): Noise[1] =>
  (_, html) =>
    html.replace("</head>", () => `${markup}</head>`);
/** Behind the element that holds the first paragraph of the article. */
const betweenParagraphs =
  (markup: string): Noise[1] =>
  ({ paragraphs }, html) => {
    const at = html.indexOf((paragraphs[0] ?? "").slice(-20));
    const end = at < 0 ? -1 : html.indexOf("</p>", at);
    return end < 0 ? html : `${html.slice(0, end + 4)}${markup}${html.slice(end + 4)}`;
  };
/** Before the element that opens with the text of the first paragraph. */
const replacing =
  (pattern: RegExp, by: string | ((...parts: string[]) => string)): Noise[1] =>
  (_, html) =>
    html.replace(pattern, by as never);

export const NOISE: readonly Noise[] = [
  [
    "a view counter that counted",
    (_, html) => html.replace(/(views?-?\w*[^>]*>)(\s*)[\d,٠-٩]+/gu, "$1$294,817"),
  ],
  [
    "a view counter that came under the title",
    replacing(
      /<\/h1>|<\/h3>(?=\s*<div class='post-header')/u,
      (tag) => `${tag}<span class="post-views">1,204 مشاهدة</span>`,
    ),
  ],
  [
    "share counts",
    atEnd('<div class="share-count"><span class="counts">1.2K</span> مشاركات</div>'),
  ],
  [
    "share buttons with counts above the text",
    replacing(
      /(<div[^>]*class=["'](?:entry-content|content-inner |td-post-content|post-body)[^>]*>)/u,
      (tag) =>
        `<div class="share-buttons"><span class="share-count">57</span> <a href="#">فيسبوك</a> <a href="#">تويتر</a></div>${tag}`,
    ),
  ],
  [
    "comment counts",
    (_, html) => html.replace(/(comments?["'][^>]*>(?:<i[^>]*><\/i>)?\s*)\d+/gu, "$147"),
  ],
  [
    "readers' comments",
    atEnd(
      '<section id="comments" class="comments-area"><ol class="comment-list"><li class="comment"><p>خبر جميل، شكرا لكم على المتابعة الدائمة.</p></li></ol></section>',
    ),
  ],
  ["another banner on top", atTop(`<div class="ads-top">${AD}</div>`)],
  [
    "other addresses of the banners",
    (_, html) => html.replace(/ads\.example\/(\w+)/gu, "ads.example/x9$1"),
  ],
  [
    "an advert between paragraphs",
    betweenParagraphs(`<div class="ad-inserter code-block">${AD}</div>`),
  ],
  [
    "an advert's script between paragraphs",
    betweenParagraphs(
      '<script async src="https://ads.example/js"></script><ins class="adsbygoogle" data-ad-slot="77"></ins><script>(adsbygoogle=window.adsbygoogle||[]).push({});</script>',
    ),
  ],
  [
    "an advert marked as such",
    betweenParagraphs(
      '<div class="advertisement"><span>إعلان</span><p>سيارات بالتقسيط المريح</p></div>',
    ),
  ],
  [
    "a nonce in scripts",
    inHead('<script nonce="b1946ac9">var ajax={"nonce":"d8e8fca2dc"};</script>'),
  ],
  [
    "a token in a form",
    atEnd('<form><input type="hidden" name="csrf" value="9f86d081884c7d65"></form>'),
  ],
  [
    "a related list of others",
    (_, html) => html.replace(/بلدية الساحل[^<]*/gu, "قافلة طبية جديدة تصل القرى الجنوبية"),
  ],
  [
    "related articles below the text",
    atEnd(`<div class="related-posts"><h3>مقالات ذات صلة</h3><ul>${LINKS}</ul></div>`),
  ],
  [
    "a read-also box in the text",
    betweenParagraphs(
      '<div class="read-also-box"><strong>اقرأ أيضا:</strong> <a href="/n/5/">طلاب الجبل يزورون متحف الآثار</a></div>',
    ),
  ],
  [
    "a read-also line in the text",
    betweenParagraphs(
      '<p><strong>اقرأ أيضا:</strong> <a href="/n/6/">افتتاح سوق جديد للسمك</a></p>',
    ),
  ],
  [
    "a most-read sidebar",
    atEnd(`<aside class="sidebar"><h4>الأكثر قراءة</h4><ol>${LINKS}</ol></aside>`),
  ],
  [
    "a ticker of breaking news",
    atTop(`<div class="breaking-news"><span>عاجل</span><ul>${LINKS}</ul></div>`),
  ],
  ["today's date in the header", atTop('<div class="today-date">الأحد، 7 يونيو 2026</div>')],
  [
    "another day in the theme's own header",
    replacing(
      /(class="(?:topbar-today-date[^"]*|today-date|topbar-date)">)[^<]+|(<div class="td_data_time"><div>)[^<]+/u,
      (_tag, one = "", other = "") => `${one}${other}الأحد, يونيو 7, 2026`,
    ),
  ],
  [
    "a clock and the time of the last update of the site",
    atTop('<div class="topbar">آخر تحديث للموقع: <span class="clock">14:32:07</span></div>'),
  ],
  [
    "the weather",
    atTop('<div class="weather-widget"><span>طرابلس</span> <span>31°</span> غائم جزئيا</div>'),
  ],
  ["exchange rates", atTop('<div class="currency-widget">الدولار 4.85 اليورو 5.21</div>')],
  [
    "prayer times in the sidebar",
    atEnd(
      "<aside><h4>مواقيت الصلاة</h4><table><tr><td>الفجر</td><td>4:12</td></tr></table></aside>",
    ),
  ],
  [
    "the year in the footer",
    (_, html) => html.replace(/(<footer[\s\S]*?)(?:20\d\d)?(<\/(?:div|p)>)/u, "$1 © 2027$2"),
  ],
  [
    "a reader who is logged in",
    atTop(
      '<div id="wpadminbar"><a href="/wp-admin/">مرحبا، سالم</a> <a href="/logout">تسجيل الخروج</a></div>',
    ),
  ],
  [
    "a cookie bar",
    atTop(
      '<div class="cookie-notice" role="dialog">نستخدم ملفات تعريف الارتباط لتحسين تجربتك. <button>موافق</button></div>',
    ),
  ],
  [
    "a newsletter prompt",
    betweenParagraphs(
      '<div class="newsletter-signup"><h4>اشترك في نشرتنا</h4><form><input type="email"><button>اشترك</button></form></div>',
    ),
  ],
  [
    "a push prompt at the end",
    atEnd('<div class="push-prompt">هل تريد تلقي إشعارات بآخر الأخبار؟ <button>نعم</button></div>'),
  ],
  [
    "A/B classes on the body",
    (_, html) =>
      html.replace(
        /<body( class=["'])?/u,
        (_tag, given) =>
          `<body data-ab="B7"${given === undefined ? "" : `${given}ab-test-variant-b exp-1841 `}`,
      ),
  ],
  ["a dark skin", (_, html) => html.replace(/<html/u, '<html data-skin="dark" data-theme="night"')],
  [
    "attributes in another order",
    (_, html) =>
      html.replace(
        /<(div|p|span|article|h1|h2|section|a) (class=(?:"[^"]*"|'[^']*')) ([a-z-]+=(?:"[^"]*"|'[^']*'))/gu,
        "<$1 $3 $2",
      ),
  ],
  [
    "classes in another order",
    (_, html) => html.replace(/class="([^" ]+) ([^"]+)"/gu, 'class="$2 $1"'),
  ],
  [
    "quotes of another style",
    (_, html) => html.replace(/ (class|id|href)="([^"'<>]*)"/gu, " $1='$2'"),
  ],
  [
    "tag names in capitals",
    (_, html) =>
      html.replace(
        /<(\/?)(p|div|span|h1|h2|ul|li)(?=[\s>])/gu,
        (_m, slash, name) => `<${slash}${String(name).toUpperCase()}`,
      ),
  ],
  [
    "line breaks and indents between the tags",
    (_, html) =>
      html.replace(/>\s*<(p|div|article|section|h1|ul|li|aside)(?=[\s>])/gu, ">\n\t  <$1"),
  ],
  [
    "blanks at the ends of paragraphs",
    (_, html) => html.replace(/<p>(?=\S)/gu, "<p>\n   ").replace(/(\S)<\/p>/gu, "$1  \n</p>"),
  ],
  [
    "spaces of another kind",
    ({ paragraphs }, html) =>
      paragraphs.reduce(
        (text, paragraph) =>
          text.replace(paragraph, () => paragraph.replace(/ (?=\S+$)/u, "\u00a0")),
        html,
      ),
  ],
  [
    "signs written as entities",
    (_, html) => html.replace(/،/gu, "&#1548;").replace(/«/gu, "&laquo;").replace(/»/gu, "&raquo;"),
  ],
  [
    "letters written as entities",
    ({ paragraphs }, html) =>
      paragraphs.reduce(
        (text, paragraph) =>
          text.replace(paragraph, () =>
            paragraph.replace(/[أو]/gu, (letter) => `&#x${letter.codePointAt(0)?.toString(16)};`),
          ),
        html,
      ),
  ],
  [
    "tatweel and tashkeel in the template",
    (_, html) =>
      html
        .replace(/الرئيسية/gu, "الرئيســـية")
        .replace(/مقالات ذات صلة/gu, "مقــالات ذَاتُ صِلَة")
        .replace(/شاركها/gu, "شــارِكها"),
  ],
  [
    "invisible marks of direction",
    ({ paragraphs }, html) =>
      paragraphs.reduce(
        (text, paragraph) => text.replace(paragraph, () => `\u200f${paragraph}\u200e`),
        html,
      ),
  ],
  [
    "soft hyphens and zero-width joins",
    ({ paragraphs }, html) =>
      paragraphs.reduce(
        (text, paragraph) => text.replace(paragraph, () => paragraph.replace(" ", "\u200b ")),
        html,
      ),
  ],
  [
    "pictures from another host",
    (_, html) =>
      html.replace(/https:\/\/([\w.-]+)\/([\w./-]+\.jpg)/gu, "https://cdn7.images.example/$1/$2"),
  ],
  [
    "pictures with other parameters",
    (_, html) => html.replace(/\.jpg(?=["'])/gu, ".jpg?resize=640%2C360&ssl=1&v=1718"),
  ],
  [
    "pictures in another size",
    (_, html) =>
      html.replace(/-780x470\.jpg/gu, "-1024x576.jpg").replace(/-750x430\.jpg/gu, "-300x172.jpg"),
  ],
  [
    "pictures loaded lazily",
    (_, html) =>
      html.replace(
        /<img ((?:(?!data-src|src)[\w-]+=(?:"[^"]*"|'[^']*')\s*)*)src="(https:[^"]+\.jpg)"/gu,
        '<img $1loading="lazy" data-lazy-src="$2" src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="',
      ),
  ],
  ["http for https in links", (_, html) => html.replace(/(<a [^>]*href=["'])https:/gu, "$1http:")],
  [
    "tracking parameters in links",
    (_, html) =>
      html.replace(
        /(<a [^>]*href=["']https?:[^"'#?]+)(["'])/gu,
        "$1?utm_source=home&amp;fbclid=IwAR1$2",
      ),
  ],
  [
    "tags in another order, and one more",
    (_, html) =>
      html.replace(
        /(<a [^>]*href=["'][^"']*\/tag\/[^"']*["'] rel=["']tag["'][^>]*>[^<]*<\/a>)/u,
        '<a href="/tag/trend" rel="tag">رائج</a> $1',
      ),
  ],
  [
    "a cache's comment at the end",
    (_, html) =>
      `${html}\n<!-- Cached page generated by WP-Super-Cache on 2026-06-07 14:32:07 in 0.412 seconds -->`,
  ],
  [
    "comments of the template",
    (_, html) => html.replace(/<\/(div|article|section)>/gu, "</$1><!-- /$1 7f3a -->"),
  ],
  [
    "versions of style sheets and scripts",
    (_, html) =>
      html
        .replace(/\?ver=[\d.]+/gu, "?ver=9.9.9")
        .replace("</head>", '<link rel="stylesheet" href="/style.css?ver=1718"></head>'),
  ],
  ["another generator", inHead('<meta name="generator" content="WordPress 6.5.3">')],
  [
    "JSON-LD modified by a run of the site",
    (_, html) =>
      html.replace(/"dateModified":\s*"[^"]*"/gu, '"dateModified": "2027-01-01T00:00:00+00:00"'),
  ],
  [
    "a modified date in the head",
    (_, html) =>
      html.replace(/(article:modified_time" content=")[^"]*/u, "$12027-01-01T00:00:00+00:00"),
  ],
  ["a relative date that moved on", (_, html) => html.replace("يوم واحد مضت", "3 أيام مضت")],
  [
    "an author's picture and description",
    (_, html) =>
      html.replace(/(author-(?:description|bio)[^>]*>)/gu, "$1كتب مؤخرا: عودة السوق الأسبوعي. "),
  ],
  [
    "previous and next articles",
    (_, html) =>
      html.replace(/مباراة ودية بين شباب الواحة ونجوم التل/gu, "اختتام دورة الإسعافات الأولية"),
  ],
  [
    "an embed that is filled later",
    betweenParagraphs('<div class="fb-post" data-href="https://www.facebook.com/x/posts/7"></div>'),
  ],
  [
    "a player of the text read aloud",
    betweenParagraphs(
      '<div class="audio-player"><button>استمع إلى المقال</button> <span>2:41</span></div>',
    ),
  ],
  [
    "a beacon",
    atEnd(
      '<img src="https://stats.example/p.gif?t=1718&r=0.4821" width="1" height="1" alt=""><noscript><img src="https://stats.example/n.gif"></noscript>',
    ),
  ],
  ["a site that closes its tags late", (_, html) => html.replace(/<\/li>/gu, "")],
];
