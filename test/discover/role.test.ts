/** Article, listing or neither, from addresses and from how they are linked. */
import { expect, test } from "vitest";
import { decideRole, type LinkEvidence } from "../../src/discover/index.ts";
import { parseSiteRule, type SiteRule } from "../../src/sites/index.ts";
import { HOME } from "./capture.ts";

const rule = (articlePath: string[], listings: string[] = []): SiteRule =>
  parseSiteRule(
    {
      id: "outlet",
      name: "منفذ",
      home: HOME,
      articlePath,
      listings,
      evidence: "test",
      checkedOn: "2026-06-17",
    },
    "test",
  );

const decide = (path: string, evidence: Partial<LinkEvidence> = {}) => {
  const { role, isWorthwhile, foundBy } = decideRole(new URL(path, HOME).href, {
    site: null,
    ...evidence,
  });
  if (!isWorthwhile) return "nothing";
  return foundBy === "pagination" ? `${role} page` : role;
};

const HEADLINE = { anchorText: "بلدية زوارة تنظف الشاطئ بمشاركة طلاب المدارس" };

test.each<[is: string, path: string, evidence?: Partial<LinkEvidence>]>([
  // the permalink shapes seen at Libyan outlets
  ["article", "/2026/06/17/%D8%A3%D8%B3%D8%B9%D8%A7%D8%B1-%D8%A7%D9%84%D9%86%D9%81%D8%B7/"],
  ["article", "/2026/06/17/12345/"],
  ["article", "/2026/06/some-title-here"],
  ["article", "/2026/some-title-of-news/"],
  ["article", "/61234/libya-oil-exports-rise/"],
  ["article", "/oil-exports-rise-again-in-libya/"],
  [
    "article",
    "/%d9%88%d8%b2%d8%a7%d8%b1%d8%a9-%d8%a7%d9%84%d8%aa%d8%b9%d9%84%d9%8a%d9%85-%d8%aa%d8%b9%d9%84%d9%86-%d9%85%d9%88%d8%a7%d8%b9%d9%8a%d8%af-%d8%a7%d9%84%d8%a7%d9%85%d8%aa%d8%ad%d8%a7%d9%86%d8%a7%d8%aa/",
  ],
  ["article", "/?p=466851"],
  ["article", "/ar/?p=466851"],
  ["article", "/post.php?lang=ar&id=359561"],
  ["article", "/news/libya/521758"],
  ["article", "/libya-news/1239964.html"],
  ["article", "/88/4242/title-of-a-piece.html"],
  ["article", "/news/details.aspx?id=5012"],
  ["article", "/archives/104482"],
  ["article", "/node/10234", HEADLINE],
  ["article", "/inbrief/some-short-title", HEADLINE],
  ["article", "/short-slug/", { ...HEADLINE, isInHeading: true }],
  ["article", "/%D8%AE%D8%A8%D8%B1/", { ...HEADLINE, isInHeading: true }],
  // listings
  ["listing", "/"],
  ["listing", "/category/%D9%85%D8%AD%D9%84%D9%8A/", { anchorText: "محلي" }],
  [
    "listing",
    "/%D8%A7%D9%84%D8%AA%D8%B5%D9%86%D9%8A%D9%81%D8%A7%D8%AA/%D8%B3%D9%8A%D8%A7%D8%B3%D8%A9/%D8%B3%D9%8A%D8%A7%D8%B3%D8%A9-%D9%85%D8%AD%D9%84%D9%8A%D8%A9/",
  ],
  ["listing", "/section/libya", { anchorText: "ليبيا" }],
  ["listing", "/libya/", { anchorText: "ليبيا", isInNavigation: true }],
  [
    "listing",
    "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1-%D9%84%D9%8A%D8%A8%D9%8A%D8%A7",
    { anchorText: "أخبار ليبيا" },
  ],
  ["listing", "/?cat=64"],
  ["listing", "/category.php?lang=ar&id=5", { anchorText: "محليات" }],
  ["listing", "/2026/06/17/"],
  ["listing", "/2026/06/"],
  // pages of listings
  ["listing page", "/category/local/page/2/"],
  ["listing page", "/page/3"],
  ["listing page", "/2026/06/17/page/2/"],
  ["listing page", "/?cat=64&paged=2"],
  ["listing page", "/news_libya?page=2"],
  ["listing page", "/news/category.aspx?id=10&cp=2"],
  ["listing page", "/category.php?lang=ar&id=5&page=2"],
  ["listing page", "/older/", { isNextLink: true }],
  // sources
  ["feed", "/feed/"],
  ["feed", "/category/libya/feed/"],
  ["feed", "/rss.xml"],
  ["feed", "/?feed=rss2"],
  // nothing
  ["nothing", "/wp-content/uploads/2026/06/photo-of-the-day-at-sea.jpg"],
  ["nothing", "/wp-login.php"],
  ["nothing", "/tag/%D8%B2%D9%88%D8%A7%D8%B1%D8%A9/"],
  ["nothing", "/author/admin/"],
  ["nothing", "/contact-us/", { anchorText: "اتصل بنا" }],
  ["nothing", "/%D9%85%D9%86-%D9%86%D8%AD%D9%86/", { anchorText: "من نحن" }],
  ["nothing", "/privacy-policy/"],
  ["nothing", "/2026/06/17/a-b-c/?share=facebook"],
  ["nothing", "/2026/06/17/a-b-c/?replytocom=7"],
  ["nothing", "/?s=oil"],
  ["nothing", "/%D8%A8%D8%AD%D8%AB/x"],
  ["nothing", "/cdn-cgi/l/email-protection"],
  ["nothing", "/report.pdf"],
  ["nothing", "/tv/live"],
  ["article", "/live/2026-06-17-storm-hits-the-coast/", HEADLINE],
])("%s: %s", (is, path, evidence) => {
  expect(decide(path, evidence)).toBe(is);
});

test.each<[what: string, is: string, path: string, site: SiteRule]>([
  ["a telling template decides", "article", "/news/x/7", rule(["/news/{section}/{id}"])],
  [
    "a bare slug's template does not make the contact page an article",
    "listing",
    "/libya/",
    rule(["/{slug}"]),
  ],
  [
    "a bare slug's template helps a slug of three words",
    "article",
    "/oil-prices-rise/",
    rule(["/{slug}"]),
  ],
  [
    "a listing of the rule stays one, however it looks",
    "listing",
    "/oil-prices-rise-again-in-libya/",
    rule(["/{slug}"], ["/oil-prices-rise-again-in-libya/"]),
  ],
  ["a listing of the rule may be a tag", "listing", "/tag/libya/", rule([], ["/tag/libya"])],
  ["a month's archive is no article of a year", "listing", "/2026/06/", rule(["/{year}/{slug}"])],
  ["a year's article is", "article", "/2026/a/", rule(["/{year}/{slug}"])],
  [
    "a listing of the rule is found in the other percent case",
    "listing",
    "/%d8%a3%d8%ae%d8%a8%d8%a7%d8%b1-%d9%84%d9%8a%d8%a8%d9%8a%d8%a7",
    rule([], ["/أخبار-ليبيا"]),
  ],
  [
    "a category page is no article under a template of words",
    "listing",
    "/category/libya",
    rule(["/{section:category|news}/{slug}"]),
  ],
  [
    "a file is no article under any template",
    "nothing",
    "/news/x/7.jpg",
    rule(["/news/{section}/{slug}"]),
  ],
])("site rule: %s", (_what, is, path, site) => {
  expect(decide(path, { site })).toBe(is);
});

test("a slug cut inside a letter is read as far as it is whole", () => {
  const cut = "/%D8%A3%D8%B3%D8%B9%D8%A7%D8%B1-%D8%A7%D9%84%D9%86%D9%81%D8%B7-%D8%AA%D8%B1%D8";
  expect(decideRole(new URL(cut, HOME).href, { site: null }).reasons).toContain(
    "slug of 3 words (+2)",
  );
});

test("reasons are given, the most telling first", () => {
  const { reasons } = decideRole(`${HOME}2026/06/17/oil-prices-rise/`, {
    site: null,
    ...HEADLINE,
    occurrences: 2,
  });
  expect(reasons).toEqual([
    "day in the path (+4)",
    "slug of 3 words (+2)",
    "anchor of 7 words (+2)",
    "linked 2 times (+1)",
  ]);
  expect(decideRole(`${HOME}news/x/7`, { site: rule(["/news/{section}/{id}"]) }).reasons).toEqual([
    "template /news/{section}/{id} of site rule outlet",
  ]);
});
