import { expect, test } from "vitest";
import { compileTemplates } from "../../src/sites/index.ts";

const on = (path: string): string => `https://a.example${path}`;

test.each<[name: string, template: string, path: string, parts: Record<string, string> | null]>([
  [
    "a dated slug",
    "/{year}/{month}/{day}/{slug}",
    "/2019/04/23/a-b/",
    { year: "2019", month: "04", day: "23", slug: "a-b" },
  ],
  [
    "the same without the last slash",
    "/{year}/{month}/{day}/{slug}",
    "/2019/4/3/a",
    { year: "2019", month: "4", day: "3", slug: "a" },
  ],
  [
    "a percent-encoded Arabic slug, decoded",
    "/{slug}",
    "/%D9%85%D8%AD%D9%84%D9%8A/",
    { slug: "محلي" },
  ],
  ["lower-case percent encoding too", "/{slug}", "/%d9%85%d8%ad%d9%84%d9%8a", { slug: "محلي" }],
  ["a slug cut inside a letter, as far as it is whole", "/{slug}", "/%D9%85%D8", { slug: "م" }],
  [
    "a literal in Arabic",
    "/التصنيفات/{section}",
    "/%D8%A7%D9%84%D8%AA%D8%B5%D9%86%D9%8A%D9%81%D8%A7%D8%AA/a",
    { section: "a" },
  ],
  [
    "section and number",
    "/news/{section}/{id}",
    "/news/libya-sports/357715",
    { section: "libya-sports", id: "357715" },
  ],
  ["letters are no id", "/news/{section}/{id}", "/news/libya/first", null],
  [
    "a number with an ending",
    "/{section}/{id}.html",
    "/libya-news/1239964.html",
    { section: "libya-news", id: "1239964" },
  ],
  ["another ending is another page", "/{section}/{id}.html", "/libya-news/1239964.htm", null],
  ["text and number in one segment", "/{slug}-{id}", "/a-b-12-345", { slug: "a-b-12", id: "345" }],
  ["number before text in one segment", "/{id}-{slug}", "/12-a-34", { id: "12", slug: "a-34" }],
  ["two numbers in one segment", "/{id}-{page}", "/45245-2/", { id: "45245", page: "2" }],
  ["a number that fills the whole segment leaves no slug", "/{slug}-{id}", "/-345", null],
  [
    "a word from a list",
    "/{section:news|sports}/{slug}",
    "/sports/x",
    { section: "sports", slug: "x" },
  ],
  ["a word outside the list", "/{section:news|sports}/{slug}", "/archive/201708", null],
  ["a query parameter", "/?p={id}", "/?p=466851", { id: "466851" }],
  ["other parameters do not matter", "/?p={id}", "/?utm_source=x&p=9", { id: "9" }],
  ["a missing parameter does", "/?p={id}", "/?page=9", null],
  [
    "a fixed parameter has to be the same",
    "/post.php?lang=ar&id={id}",
    "/post.php?lang=en&id=5",
    null,
  ],
  [
    "fixed and free parameters in any order",
    "/post.php?lang=ar&id={id}",
    "/post.php?id=5&lang=ar",
    { id: "5" },
  ],
  ["month 13 is no month", "/{year}/{month}/{slug}", "/2019/13/a", null],
  ["year 0404 is no year", "/{year}/{slug}", "/0404/a", null],
  ["one segment more is another page", "/{slug}", "/a/b", null],
  ["one segment less is another page", "/{section}/{slug}", "/a", null],
  ["rest takes several segments", "/live/{rest}", "/live/a/b/c", { rest: "a/b/c" }],
  ["rest takes at least one", "/live/{rest}", "/live/", null],
  ["a doubled slash counts once", "/{section}/{id}", "//news//5", { section: "news", id: "5" }],
])("%s: %s on %s", (_name, template, path, parts) => {
  expect(compileTemplates([template]).match(on(path))).toEqual(parts);
});

test("the first template that fits wins, and says whether it says much", () => {
  const templates = compileTemplates(["/archives/{id}", "/{slug}"]);
  expect(templates.find(on("/archives/7"))).toMatchObject({
    template: "/archives/{id}",
    isTelling: true,
  });
  expect(templates.find(on("/about"))).toMatchObject({ template: "/{slug}", isTelling: false });
});

test("no templates and no URL match nothing", () => {
  expect(compileTemplates([]).match(on("/a"))).toBeNull();
  expect(compileTemplates(["/{slug}"]).match("not a url")).toBeNull();
});

test.each([
  ["news/{id}", 'should begin with "/"'],
  ["/news/{id", 'has "{" without "}"'],
  ["/news/id}", 'has "}" without "{"'],
  ["/news/{id}}", 'has "}" without "{"'],
  ["/news/", "should have at least one {placeholder}"],
  ["/{Id}", 'has a placeholder "{Id}" that is not a name'],
  ["/{section:}", 'lists no words in "{section:}"'],
  ["/{slug}/{slug}", "names a placeholder twice"],
  ["/{a}{b}", "has two text placeholders in one segment"],
  ["/{rest}/x", "may use {rest} only as its whole last segment"],
  ["/a#{id}", 'should not contain "#"'],
])("%s is refused: it %s", (template, why) => {
  expect(() => compileTemplates([template])).toThrow(`template "${template}" ${why}`);
});

test("a megabyte of address is refused in one pass", () => {
  const templates = compileTemplates(["/{slug}-{id}.html", "/{id}-{slug}x", "/{year}-{slug}.htm"]);
  expect(templates.match(on(`/${"1-".repeat(500_000)}y`))).toBeNull();
});
