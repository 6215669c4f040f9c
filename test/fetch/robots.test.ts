import { expect, test } from "vitest";
import { parseRobots } from "../../src/fetch/robots/parse.ts";
import { productTokenOf, type RobotsRules, rulesFor } from "../../src/fetch/robots/rules.ts";
import { robotsCases } from "./robots-cases.ts";

function rules(text: string, agent = "warraq"): RobotsRules {
  return rulesFor(parseRobots(Buffer.from(text)), agent);
}

const verdicts = robotsCases.flatMap(({ rule, robots, agent, allows = [], forbids = [] }) => [
  ...allows.map((path) => ({ rule, robots, agent, path, verdict: "allowed" })),
  ...forbids.map((path) => ({ rule, robots, agent, path, verdict: "forbidden" })),
]);

test.each(verdicts)("$rule: $path is $verdict", ({ robots, agent, path, verdict }) => {
  const line = rules(robots, agent).forbids(path);
  expect(line === null ? "allowed" : "forbidden").toBe(verdict);
});

test("the table holds at least 145 verdicts", () => {
  expect(verdicts.length).toBeGreaterThanOrEqual(145);
});

test("a refusal quotes the line as written", () => {
  expect(
    rules("User-agent: *\nDisallow: /أخبار # سر").forbids("/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1"),
  ).toBe("Disallow: /أخبار");
});

test.each([
  ["seconds", "User-agent: *\nCrawl-delay: 7", 7000],
  ["fractions", "User-agent: *\nCrawl-delay: 0.5", 500],
  [
    "the own group's, not the star's",
    "User-agent: *\nCrawl-delay: 9\n\nUser-agent: warraq\nCrawl-delay: 2",
    2000,
  ],
  [
    "none of the star's when an own group has none",
    "User-agent: *\nCrawl-delay: 9\n\nUser-agent: warraq\nDisallow: /x",
    0,
  ],
  [
    "none of the agents named after it",
    "User-agent: b\nCrawl-delay: 9\nUser-agent: warraq\nDisallow: /x",
    0,
  ],
  ["the longest of several", "User-agent: *\nCrawl-delay: 3\nCrawl-delay: 8\nCrawl-delay: 5", 8000],
  ["five minutes at most", "User-agent: *\nCrawl-delay: 86400", 300_000],
  ["nothing for words", "User-agent: *\nCrawl-delay: soon", 0],
  ["nothing below zero", "User-agent: *\nCrawl-delay: -4", 0],
])("Crawl-delay: %s", (_, text, delayMs) => {
  expect(rules(text).crawlDelayMs).toBe(delayMs);
});

test("sitemaps are found anywhere, in order, whoever the rules are for", () => {
  const text =
    "Sitemap: https://e.ly/1.xml\nUser-agent: b\nSite-map: /2.xml\nDisallow: /\nSITEMAP:https://e.ly/3.xml";
  expect(rules(text).sitemaps).toEqual(["https://e.ly/1.xml", "/2.xml", "https://e.ly/3.xml"]);
});

test("500 KiB are read, and the line cut there is left out", () => {
  const filler = `# ${"x".repeat(1021)}\n`.repeat(499);
  const inside = `User-agent: *\nDisallow: /in\n${filler}`;
  const cutLine = `Disallow: /${"y".repeat(2000)}`;
  const { forbids } = rules(`${inside}${cutLine}\nDisallow: /out`);
  expect([forbids("/in"), forbids("/out"), forbids(`/${"y".repeat(2000)}`)]).toEqual([
    "Disallow: /in",
    null,
    null,
  ]);
});

test("a pattern made to backtrack costs linear time", () => {
  const { forbids } = rules(`User-agent: *\nDisallow: /${"a*".repeat(1000)}b$`);
  expect(forbids(`/${"a".repeat(4000)}`)).toBeNull();
});

test.each([
  ["warraq/1.0 (+https://example.org; a@example.org)", "warraq"],
  ["Mozilla/5.0 (compatible; warraq/1.0; +https://example.org)", "warraq"],
  ["news_bot-x", "news_bot-x"],
  ["42", "*"],
])("the product token of %s is %s", (userAgent, token) => {
  expect(productTokenOf(userAgent)).toBe(token);
});
