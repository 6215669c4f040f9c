import { expect, test } from "vitest";
import { jsonLd, prose, readArticle } from "./read.ts";

const author = (name: unknown) => jsonLd({ "@type": "Article", headline: "Roads", author: name });
const meta = (name: string) => `<meta name="author" content="${name}">`;
const page = (byline: string) => `<h1>Roads</h1>${byline}<article>${prose()}</article>`;

test.each([
  ["a person in JSON-LD", author({ "@type": "Person", name: "Salma Harb" }), "", ["Salma Harb"]],
  [
    "a person referred to by @id",
    jsonLd({
      "@graph": [
        { "@type": "Article", headline: "Roads", author: { "@id": "#p" } },
        { "@type": "Person", "@id": "#p", name: "Salma Harb" },
      ],
    }),
    "",
    ["Salma Harb"],
  ],
  [
    "several people in one string",
    meta("Salma Harb, Omar Nour and Ida Lund"),
    "",
    ["Salma Harb", "Omar Nour", "Ida Lund"],
  ],
  [
    "an Arabic byline loses its label",
    "",
    `<p class="byline">كتب: سالم المبروك</p>`,
    ["سالم المبروك"],
  ],
  ["بقلم is a label, too", "", `<div>بقلم / أمينة الورفلي</div>`, ["أمينة الورفلي"]],
  [
    "two Arabic names joined by a free-standing و",
    meta("سالم المبروك و أمينة الورفلي"),
    "",
    ["سالم المبروك", "أمينة الورفلي"],
  ],
  [
    "a label of two words is no label before a name",
    "",
    `<div>كتب بواسطة <span>سالم المبروك</span> في الأحد, 05/18/2025 - 11:20</div>`,
    ["سالم المبروك"],
  ],
  ...[
    `كتب <a href="https://social.example/salem">سالم المبروك</a> على صفحته أن الطريق سيبقى مغلقا حتى نهاية الشهر.`,
    "By <b>Salma Harb</b> whose grandfather's house stood there until May 3, 2019",
    "Da <b>Roma Nord</b> a Milano",
    `By <a href="/x">Salma Harb</a>'s own account the road was closed for a year before anybody asked.`,
    "Von <b>Bad Aibling</b> bis Rosenheim ist die Straße gesperrt.",
  ].map((text): [string, string, string, readonly string[]] => [
    `a sentence that begins as a byline is none: ${text}`,
    "",
    `<p>${text}</p>`,
    [],
  ]),
  ["a name that begins with و is one name", meta("وليد ونيس"), "", ["وليد ونيس"]],
  ["a byline in the text beats admin", meta("admin"), "<p>By Salma Harb</p>", ["Salma Harb"]],
  [
    "a job after the name goes",
    "",
    `<span class="author">Salma Harb, Staff Writer</span>`,
    ["Salma Harb"],
  ],
  [
    "date and reading time beside the name go",
    "",
    `<div class="author">Salma Harb <span>May 3, 2019</span> <span>5 min read</span></div>`,
    ["Salma Harb"],
  ],
  ["an address is not a name", meta("https://facebook.com/salma"), "", []],
  ["an agency is taken when nobody is named", meta("Reuters"), "", ["Reuters"]],
  [
    "an agency listed beside a person stays",
    author([
      { "@type": "Person", name: "Salma Harb" },
      { "@type": "Organization", name: "Reuters" },
    ]),
    "",
    ["Salma Harb", "Reuters"],
  ],
  [
    "the outlet's own name gives way to a person",
    `${meta("Example")}`,
    `<a rel="author" href="/a">Salma Harb</a>`,
    ["Salma Harb"],
  ],
  ["a photographer is not the author", "", `<div class="author">Photo by Omar Nour</div>`, []],
  [
    "a button named after authors is not a name",
    "",
    `<a class="author-link" href="#">View all posts</a>`,
    [],
  ],
  [
    "إعداد, several people joined by و and a comma",
    "",
    `<p>إعداد: سالم المبروك، أمينة الورفلي و علي بن عمر</p>`,
    ["سالم المبروك", "أمينة الورفلي", "علي بن عمر"],
  ],
  [
    "an account of a social network beside the name goes",
    "",
    `<p class="byline">كتبت أمينة الورفلي @amina_w</p>`,
    ["أمينة الورفلي"],
  ],
  [
    "a job before and after an Arabic name goes",
    "",
    `<p class="byline">بقلم الكاتب سالم المبروك، كاتب وباحث</p>`,
    ["سالم المبروك"],
  ],
  ["the newsroom signs when nobody else does", meta("Redaktion"), "", ["Redaktion"]],
  ["so does an Arabic one", "", `<p>إعداد: هيئة التحرير</p>`, ["هيئة التحرير"]],
  [
    "initials of agencies are one signature",
    "",
    `<span class="author">dpa/lno</span>`,
    ["dpa/lno"],
  ],
  [
    "an agency that two places name is not replaced by a link that looks like a name",
    `${author({ "@type": "Organization", name: "Reuters" })}${meta("Reuters")}`,
    `<div class="author">Ida Lund</div>`,
    ["Reuters"],
  ],
  [
    "a date right behind the name takes no part of it away",
    "",
    `<div class="author">Nick van Mead 2022-11-23T08:10+02:00</div>`,
    ["Nick van Mead"],
  ],
  [
    "a line that is only a date names nobody",
    "",
    `<p class="byline">Sat, 20 Dec, 2025 - 06:36</p>`,
    [],
  ],
  [
    "what was done after the name goes",
    "",
    `<p class="byline">By Salma Harb Updated December 19, 2025</p>`,
    ["Salma Harb"],
  ],
  [
    "the outlet in front of the name goes",
    `<meta property="og:site_name" content="Coast Daily">${meta("Coast Daily - Salma Harb")}`,
    "",
    ["Salma Harb"],
  ],
  [
    "links to authors' pages are bylines",
    "",
    `<p><a href="/author/salma/">Salma Harb</a></p>`,
    ["Salma Harb"],
  ],
  [
    "a label in an element of its own, the name behind it",
    "",
    `<div><strong>Contributors:</strong> Salma Harb</div>`,
    ["Salma Harb"],
  ],
  [
    "an aside that is a byline",
    "",
    `<aside class="post-author">Salma Harb</aside>`,
    ["Salma Harb"],
  ],
  [
    "all authors of a line of links, portraits and names alike",
    "",
    `<div><a rel="author" href="/a/1"><img src="p.jpg"></a><a rel="author" href="/a/1">Salma Harb</a>, <a rel="author" href="/a/2">Omar Nour</a></div>`,
    ["Salma Harb", "Omar Nour"],
  ],
  [
    "a house signs only where no person does",
    meta("Harbour Foundation"),
    "<p>By Salma Harb</p>",
    ["Salma Harb"],
  ],
  ["a house signs where nobody else does", meta("Harbour Foundation"), "", ["Harbour Foundation"]],
  [
    "a name alone with the date, as places and sections stand",
    "",
    "<p>11.12.2019 - Salma Harb</p>",
    [],
  ],
  ["a place before the date", "", "<p>Benghazi Libya, 3 May 2020</p>", []],
  [
    "a name with the date that leads to its author's page",
    "",
    `<p><a href="/author/harb">Salma Harb</a> | July 2, 2025</p>`,
    ["Salma Harb"],
  ],
  [
    "a name and what she is, with the date",
    "",
    "<p>Salma Harb | Senior Writer | July 2, 2025</p>",
    ["Salma Harb"],
  ],
  [
    "a section that stands beside the date",
    "",
    `<p><a href="/real-estate/">Real Estate</a> | July 2, 2025</p>`,
    [],
  ],
  ["a label that stands beside the date", "", "<p>Released Wednesday, July 2, 2025</p>", []],
  ["an abbreviation beside the date", "", "<p>Harbour SC | July 2, 2025</p>", []],
  [
    "the name beside the portrait that bears it",
    "",
    `<div><img class="avatar" alt="Picture of Salma Harb"><div><p>Salma Harb</p></div></div>`,
    ["Salma Harb"],
  ],
  [
    "the name below a picture in the article",
    "",
    `<div><img src="harbour.jpg" alt="Salma Harb"><div><p>Salma Harb</p></div></div>`,
    [],
  ],
  [
    "whom a picture in a folder of portraits shows",
    "",
    `<figure><img src="/uploads/profile/harb.jpg" alt="Salma Harb"><figcaption>Salma Harb</figcaption></figure>`,
    [],
  ],
  [
    "a round picture beside a name",
    "",
    `<div><img class="rounded-full" alt="Salma Harb"><h3>Salma Harb</h3></div>`,
    [],
  ],
  [
    "the only labelled author in the margin",
    "",
    `<aside><div class="author">Written by Salma Harb</div></aside>`,
    ["Salma Harb"],
  ],
  [
    "labelled authors of other articles in the margin",
    "",
    `<aside><div class="author">By Salma Harb</div><div class="author">By Omar Nour</div></aside>`,
    [],
  ],
  [
    "the photographer is not the author",
    "",
    `<figure itemscope itemtype="https://schema.org/ImageObject"><span itemprop="author">Omar Nour</span></figure><p>By Salma Harb</p>`,
    ["Salma Harb"],
  ],
  [
    "a long job without a comma",
    "",
    `<p class="author">Salma Harb Content Marketing Coordinator</p>`,
    ["Salma Harb"],
  ],
  ["an Arabic line about the author names nobody", "", "<p>عن الكاتب: أستاذ في الجامعة</p>", []],
  ["the editor in charge of a Chinese agency", "", "<p>责任编辑： 焦鹏</p>", ["焦鹏"]],
  ["letters after the name go", meta("Salma Harb, MD, FAND"), "", ["Salma Harb"]],
  [
    "a sentence about the publisher is no name",
    "",
    `<div class="author-bio">نبذة عن الناشر، فهو من يدير المنصة منذ تأسيسها ويشرف على نشر مقالاتها كل صباح.</div>`,
    [],
  ],
  [
    "a single word where names stand may be a button",
    "",
    `<div class="author"><a href="#">Cancel</a></div><p>By Salma Harb</p>`,
    ["Salma Harb"],
  ],
] as const)("%s", (_sentence, head, byline, expected) => {
  expect(readArticle({ head, body: page(byline) }).authors).toEqual(expected);
});

const text = `<div class="entry-content">${prose()}</div>`;
const signed = (foot: string) =>
  `<div class="${foot}"><span class="author">Salma Harb</span></div>`;
test.each([
  [
    "the article's own foot signs it",
    `<div class="post"><h1>Roads</h1>${text}${signed("post-footer")}</div>`,
    ["Salma Harb"],
  ],
  [
    "the page's foot does not",
    `<div class="post"><h1>Roads</h1>${text}${signed("page-footer")}</div>`,
    [],
  ],
  [
    "nor does the foot of another story",
    `<div class="post"><h1>Roads</h1>${text}</div><div class="post"><h2><a href="/2">Strike</a></h2>${signed("post-footer")}</div>`,
    [],
  ],
  [
    "nor one of the page, whatever it is called",
    `<h1>Roads</h1>${text}${signed("article-footer")}`,
    [],
  ],
])("%s", (_sentence, body, expected) => {
  expect(readArticle({ body }).authors).toEqual(expected);
});

test("a label below the last paragraph is a byline, too", () => {
  const body = `<h1>Roads</h1><article>${prose().repeat(3)}<h3>Written by Salma Harb</h3></article>`;
  expect(readArticle({ body }).authors).toEqual(["Salma Harb"]);
});
