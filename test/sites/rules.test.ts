import { expect, test } from "vitest";
import { WarraqError } from "../../src/errors.ts";
import { parseSiteRule, parseThemeRule } from "../../src/sites/index.ts";

const good = {
  id: "a",
  name: "أ",
  home: "https://a.example/",
  evidence: "seen by the author",
  checkedOn: "2026-06-17",
};

const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof WarraqError && error.code === "E_SITE_RULE") return error.message;
    throw error;
  }
  return "accepted";
};

test("a rule of five lines is enough; the rest is filled in", () => {
  expect(parseSiteRule(good, "a.json")).toEqual({
    ...good,
    nameEn: null,
    hosts: ["a.example"],
    languages: ["ar"],
    timeZone: "Africa/Tripoli",
    theme: null,
    listings: [],
    feeds: [],
    sitemaps: [],
    wpJson: null,
    articlePath: [],
    delayMs: 5000,
    article: {},
    categoryMap: {},
    validFrom: null,
    validUntil: null,
    unverified: [],
  });
});

test("an editor's $schema is allowed and not kept", () => {
  expect(parseSiteRule({ ...good, $schema: "x.json" }, "a.json")).not.toHaveProperty("$schema");
});

test("every form of a pick is kept as written", () => {
  const body = [
    "article",
    { css: "time", attr: "datetime", as: "naive-local" },
    { css: "p", label: "المصدر:" },
  ];
  expect(parseSiteRule({ ...good, article: { body } }, "a.json").article.body).toEqual(body);
});

test.each<[what: string, mistake: object, message: string]>([
  ["a missing name", { name: undefined }, "name is missing"],
  ["an empty name", { name: "" }, "name should not be empty"],
  ["a number for a name", { name: 7 }, "name should be a text, is 7"],
  [
    "a home without scheme",
    { home: "a.example" },
    'home should be an absolute http(s) URL, is "a.example"',
  ],
  [
    "an ftp home",
    { home: "ftp://a.example/" },
    'home should be an absolute http(s) URL, is "ftp://a.example/"',
  ],
  [
    "hosts without home's",
    { hosts: ["b.example"] },
    'hosts should include home\'s host "a.example"',
  ],
  [
    "a URL for a host",
    { hosts: ["https://a.example"] },
    'hosts[0] should be a host name without scheme or path, is "https://a.example"',
  ],
  [
    "an upper-case id",
    { id: "A" },
    'id should be lower-case letters, digits, dots and dashes, is "A"',
  ],
  ["an id unlike the file name", { id: "b" }, 'id should be "a", as the file name says'],
  ["an unknown field", { feed: [] }, 'has an unknown field "feed"'],
  ["an unknown field inside", { article: { text: ["p"] } }, 'article has an unknown field "text"'],
  [
    "a broken selector",
    { article: { body: ["div[["] } },
    'article.body[0] should be a CSS selector, is "div[["',
  ],
  [
    "a broken selector in a pick",
    { article: { body: [{ css: "p:frst" }] } },
    'article.body[0].css should be a CSS selector, is "p:frst"',
  ],
  ["a pick without css", { article: { body: [{ attr: "x" }] } }, "article.body[0].css is missing"],
  [
    "a pick of another type",
    { article: { body: [7] } },
    "article.body[0] should be a text or an object, is 7",
  ],
  [
    "an unknown meaning of a date",
    { article: { published: [{ css: "time", as: "local" }] } },
    'article.published[0].as should be one of local-labelled-utc, naive-local, naive-utc, may-be-modified, is "local"',
  ],
  [
    "a broken selector to drop",
    { article: { drop: ["p", ">"] } },
    'article.drop[1] should be a CSS selector, is ">"',
  ],
  [
    "a feed that is no address",
    { feeds: ["feed"] },
    'feeds[0] should be an absolute http(s) URL or a path beginning with "/", is "feed"',
  ],
  [
    "a listing elsewhere",
    { listings: ["https://b.example/x"] },
    'listings[0] is on "b.example", which hosts does not list',
  ],
  ["a text for a list", { listings: "/x" }, 'listings should be a list, is "/x"'],
  [
    "a broken template",
    { articlePath: ["/{slug"] },
    'articlePath[0] should be a URL template: template "/{slug" has "{" without "}", is "/{slug"',
  ],
  [
    "a category from a part that is not there",
    { articlePath: ["/{slug}"], article: { categoryFromPath: "section" } },
    "article.categoryFromPath should name a {section} part of articlePath",
  ],
  [
    "a zone that is not one",
    { timeZone: "Libya/Tripolis" },
    'timeZone should be an IANA time zone like Africa/Tripoli, is "Libya/Tripolis"',
  ],
  ["a delay below nothing", { delayMs: -1 }, "delayMs should be 0 or more"],
  [
    "a delay in seconds",
    { delayMs: 1.5 },
    "delayMs should be a whole number of milliseconds, is 1.5",
  ],
  [
    "a language in words",
    { languages: ["Arabic!"] },
    'languages[0] should be a language tag like ar, is "Arabic!"',
  ],
  [
    "30 February",
    { checkedOn: "2026-02-30" },
    'checkedOn should be a date like 2026-06-17, is "2026-02-30"',
  ],
  [
    "a date with slashes",
    { checkedOn: "17/06/2026" },
    'checkedOn should be a date like 2026-06-17, is "17/06/2026"',
  ],
  [
    "an end before its start",
    { validFrom: "2026-02-01", validUntil: "2026-01-01" },
    "validUntil should not be before validFrom",
  ],
  ["no evidence", { evidence: undefined }, "evidence is missing"],
  ["a map of numbers", { categoryMap: { محلي: 1 } }, "categoryMap.محلي should be a text, is 1"],
])("%s is named with its file", (_what, mistake, message) => {
  expect(messageOf(() => parseSiteRule({ ...good, ...mistake }, "a.json"))).toBe(
    `a.json: ${message}`,
  );
});

test.each<[what: string, raw: unknown, message: string]>([
  ["a list", [], "my/a.json: the file should be an object, is []"],
  ["null", null, "my/a.json: the file should be an object, is null"],
  ["a text", "x", 'my/a.json: the file should be an object, is "x"'],
])("%s instead of a rule is said plainly", (_what, raw, message) => {
  expect(messageOf(() => parseSiteRule(raw, "my/a.json"))).toBe(message);
});

test("a rule from elsewhere than a .json file may have any id", () => {
  expect(parseSiteRule(good, "standard input").id).toBe("a");
});

const theme = {
  id: "jannah",
  name: "Jannah",
  detect: ["#tie-body"],
  article: { body: [".entry"] },
  evidence: "theme source",
  checkedOn: "2026-06-17",
};

test("a theme rule is checked the same way", () => {
  expect(parseThemeRule(theme, "jannah.json")).toEqual({ ...theme, unverified: [] });
  expect(messageOf(() => parseThemeRule({ ...theme, detect: [] }, "jannah.json"))).toBe(
    "jannah.json: detect should list at least one selector",
  );
  expect(messageOf(() => parseThemeRule({ ...theme, detect: ["("] }, "jannah.json"))).toBe(
    'jannah.json: detect[0] should be a CSS selector, is "("',
  );
});
