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
] as const)("%s", (_sentence, head, byline, expected) => {
  expect(readArticle({ head, body: page(byline) }).authors).toEqual(expected);
});
