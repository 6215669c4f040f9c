import { expect, test } from "vitest";
import { compileTemplates } from "../../src/url/index.ts";
import { proposeTemplates } from "../../src/workshop/templates.ts";

const at = (...paths: readonly string[]): readonly string[] =>
  paths.map((path) => `https://example.ly${path}`);

test.each<[string, readonly string[], readonly string[], readonly string[]]>([
  [
    "dates in the path",
    at("/2024/05/01/maktaba/", "/2023/11/30/taqs-alyawm/"),
    at("/2024/05/"),
    ["/{year}/{month}/{day}/{slug}"],
  ],
  ["numbers", at("/archives/4101", "/archives/4102"), [], ["/archives/{id}"]],
  [
    "numbers with an extension",
    at("/libya-news/88000.html", "/libya-news/88001.html"),
    [],
    ["/libya-news/{id}.html"],
  ],
  [
    "a slug below a word",
    at("/news/a-day-in-sirte", "/news/the-port-opens"),
    at("/section/news"),
    ["/news/{slug}"],
  ],
  [
    "slugs below sections are named, so that pages of other kinds do not fit",
    at("/politics/a-day", "/sport/the-match", "/sport/the-cup"),
    at("/about/us"),
    ["/{section:politics|sport}/{slug}"],
  ],
  [
    "sections beside a number stay open",
    at("/politics/101", "/sport/102", "/sport/103", "/politics/104"),
    [],
    ["/{section}/{id}"],
  ],
  [
    "a number before the slug",
    at("/news/123-the-port", "/news/4567-the-cup"),
    [],
    ["/news/{id}-{slug}"],
  ],
  [
    "a number after the slug",
    at("/news/the-port-12345", "/news/the-cup-45678"),
    [],
    ["/news/{slug}-{id}"],
  ],
  [
    "a year that ends a slug is a word of it",
    at("/news/budget-2024", "/news/cup-2023"),
    [],
    ["/news/{slug}"],
  ],
  ["a query", at("/?p=12", "/?p=345"), at("/?cat=3"), ["/?p={id}"]],
  ["a script with a query", at("/post.php?id=12", "/post.php?id=77"), [], ["/post.php?id={id}"]],
  [
    "Arabic slugs, whether escaped or not",
    at(
      "/أخبار/افتتاح-مكتبة",
      `/${encodeURIComponent("أخبار")}/${encodeURIComponent("سباق-دراجات")}`,
    ),
    [],
    ["/أخبار/{slug}"],
  ],
  [
    "two kinds, the commoner first",
    at("/news/a-b", "/news/c-d", "/news/e-f", "/2024/05/g-h", "/2024/06/i-j"),
    [],
    ["/news/{slug}", "/{year}/{month}/{slug}"],
  ],
  ["one address alone", at("/news/a-day-in-the-life-of-sirte"), [], ["/news/{slug}"]],
  [
    "a template that would read a section is not proposed",
    at("/a-day-in-sirte", "/the-port-opens"),
    at("/sport"),
    [],
  ],
  ["nothing", [], [], []],
])("%s", (_, articles, others, expected) => {
  const { templates } = proposeTemplates(articles, others);
  expect(templates).toEqual(expected);
  expect(() => compileTemplates(templates)).not.toThrow();
});

test("addresses no template reads are named", () => {
  const strays = at("/live/2024/x");
  const many = Array.from({ length: 40 }, (_, index) => `/news/story-of-day-x${index}y`);
  expect(proposeTemplates([...at(...many), ...strays]).unread).toEqual(strays);
});

test("whatever the addresses are, templates compile and read what they were made of", () => {
  const signs = [
    "a",
    "-",
    "_",
    "1",
    "2024",
    "12",
    "/",
    "//",
    ".html",
    "?id=",
    "&",
    "{",
    "}",
    "|",
    "%",
    "ب",
    "%D8",
    ":",
  ];
  let seed = 7;
  const next = (most: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % most;
  };
  for (let round = 0; round < 500; round += 1) {
    const urls = Array.from({ length: 1 + next(5) }, () => {
      const text = Array.from({ length: 1 + next(9) }, () => signs[next(signs.length)]).join("");
      return `https://example.ly/${text}`;
    });
    const { templates, unread } = proposeTemplates(urls);
    const { find } = compileTemplates(templates);
    for (const url of urls) expect(find(url) !== null || unread.includes(url)).toBe(true);
  }
});
