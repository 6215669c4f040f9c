/** What the workshop makes of small sites of different kinds: the rule, and that it reads no worse. */
import { expect, test } from "vitest";
import { loadThemes, parseSiteRule } from "../../src/sites/index.ts";
import { proposeRule } from "../../src/workshop/propose.ts";
import { benchPages, foundFrom, markup, NOW, paragraphs, type Story } from "./bench.ts";

function propose(template: (story: Story, index: number) => string) {
  const found = foundFrom(benchPages(template));
  const proposed = proposeRule(found, { id: "example", themes: loadThemes(), now: NOW });
  expect(parseSiteRule(JSON.parse(JSON.stringify(proposed.rule)), "example.json")).toEqual(
    proposed.rule,
  );
  expect(proposed.summaries.filter(({ lost }) => lost > 0)).toEqual([]);
  return proposed;
}

const MENU = `<nav class="menu"><a href="/section/business">Business</a> <a href="/section/culture">Culture</a> <a href="/section/sport">Sport</a></nav>`;

test("nodes with names of their own are found by them", () => {
  const { rule, summaries } = propose((story) =>
    markup(
      `<title>${story.title} | Example</title>`,
      `${MENU}<main><article class="story"><p class="kicker"><a href="/section/x">${story.category}</a></p><h1 class="headline">${story.title}</h1>
<p class="meta">By <a class="writer" href="/w">${story.author}</a>, <time class="posted" datetime="${story.date}T08:00:00+02:00">${story.date}</time></p>
<div class="story-text">${paragraphs(story)}</div></article></main>`,
    ),
  );
  expect(rule.article).toMatchObject({
    title: [expect.stringMatching(/headline|h1/u)],
    category: [expect.stringMatching(/kicker/u)],
    author: [".writer"],
    published: [{ css: expect.stringMatching(/posted/u), attr: "datetime" }],
    body: [".story-text"],
  });
  expect(summaries.filter(({ equal, pages }) => equal < pages)).toEqual([]);
  expect(rule.unverified).toEqual(["name", "timeZone"]);
  expect(rule.articlePath).toEqual(["/news/{slug}"]);
});

test("names a build tool made are passed over for the named box around them", () => {
  const { rule } = propose((story, index) =>
    markup(
      `<title>${story.title}</title>`,
      `${MENU}<div id="article-page" class="css-1a2b${index}"><h1 class="css-9x8y7z">${story.title}</h1><span class="sc-bdVaJa">${story.date}</span>
<div class="css-77ab12"><div class="postid-${1000 + index} detail-text">${paragraphs(story)}</div></div></div>`,
    ),
  );
  expect(JSON.stringify(rule.article)).not.toMatch(/css-|sc-|postid/u);
  expect(rule.article.body).toEqual([".detail-text"]);
  expect(rule.article.title).toHaveLength(1);
});

test("a box that repeats inside the article is dropped, whatever its name says", () => {
  const box = `<div class="zz-letter"><h4>Our letter</h4><p>Sign up to get our newsletter in your inbox every morning, free of charge.</p></div>`;
  const { rule } = propose((story) =>
    markup(
      `<title>${story.title}</title>`,
      `<article><h1>${story.title}</h1><div class="story-text"><p>${story.body[0]}</p>${box}<p>${story.body[1]}</p><p>${story.body[2]}</p></div></article>`,
    ),
  );
  expect(rule.article.drop).toEqual([".zz-letter"]);
});

test("a line every article ends with ends the article", () => {
  const line =
    "The full story is printed in the weekend edition, which our readers find at every corner.";
  const { rule, pages } = propose((story) =>
    markup(
      `<title>${story.title}</title>`,
      `<article><h1>${story.title}</h1><div class="story-text">${paragraphs(story)}<p>${line}</p></div></article>`,
    ),
  );
  const bodies = pages.flatMap(({ compared }) => compared.filter(({ field }) => field === "body"));
  for (const { after } of bodies) expect(after).toHaveLength(3);
  if (bodies.some(({ before }) => before.includes(line))) {
    expect(rule.article.endsAt).toEqual([line]);
    expect(rule.unverified).toContain("article.endsAt");
  }
});

test("a standfirst in a box of its own is read with the body", () => {
  const { rule, summaries } = propose((story) =>
    markup(
      `<title>${story.title}</title>`,
      `<article><header><h1>${story.title}</h1><p class="standfirst">${story.body[0]}</p></header><p class="by">${story.date}</p><div class="story-text"><p>${story.body[1]}</p><p>${story.body[2]}</p></div></article>`,
    ),
  );
  expect(summaries.find(({ field }) => field === "body")).toMatchObject({ equal: 5 });
  const [body] = rule.article.body ?? [];
  expect(body === undefined || body === "article" || body === ".standfirst, .story-text").toBe(
    true,
  );
});

test("a menu entry with the category's name is no category", () => {
  const { rule } = propose((story) =>
    markup(
      `<title>${story.title}</title><meta property="article:section" content="${story.category}">`,
      `${MENU}<article><h1>${story.title}</h1><div class="story-text">${paragraphs(story)}</div></article>`,
    ),
  );
  expect(JSON.stringify(rule.article.category ?? [])).not.toContain("menu");
});

test("text between line breaks is a body too", () => {
  const { rule } = propose((story) =>
    markup(
      `<title>${story.title}</title>`,
      `<table class="layout"><tr><td class="side">${MENU}</td><td><h1>${story.title}</h1><div id="newsDetails">${story.body.join("<br><br>")}</div></td></tr></table>`,
    ),
  );
  expect(rule.article.body).toEqual(["#newsDetails"]);
});

test("what nobody can name gets no selector, and is listed as unverified", () => {
  const { rule } = propose((story) =>
    markup(
      `<title>${story.title}</title>`,
      `<div><div><h1>${story.title}</h1>${paragraphs(story)}</div></div>`,
    ),
  );
  expect(rule.article.author).toBeUndefined();
  expect(rule.article.category).toBeUndefined();
  expect(rule.unverified).toEqual(expect.arrayContaining(["article.author", "article.category"]));
});

test("a theme that reads a field already needs no selectors for it", () => {
  const { rule, byTheme } = propose((story) =>
    markup(
      `<title>${story.title}</title><link rel="stylesheet" href="/wp-content/themes/jannah/style.css">`,
      `<div id="tie-container" class="tie-container"><div id="tie-wrapper"><article id="the-post" class="container-wrapper post-content tie-standard"><header class="entry-header-outer"><div class="entry-header"><h1 class="post-title entry-title">${story.title}</h1><div id="single-post-meta" class="post-meta clearfix"><span class="date meta-item tie-icon">${story.date}</span></div></div></header><div class="entry-content entry clearfix">${paragraphs(story)}</div></article></div></div>`,
    ),
  );
  expect(rule.theme).toBe("tielabs-jannah");
  expect(byTheme).toEqual(expect.arrayContaining(["title", "body"]));
  expect(rule.article.body).toBeUndefined();
});

test("the evidence says who made the rule, from which pages, on which day", () => {
  const { rule } = propose((story) =>
    markup(
      `<title>${story.title}</title>`,
      `<article><h1>${story.title}</h1>${paragraphs(story)}</article>`,
    ),
  );
  expect(rule.evidence).toMatch(
    /workshop.*5 pages.*2026-11-24.*https:\/\/example\.ly\/news\/story-of-the-day-a/u,
  );
  expect(rule.checkedOn).toBe("2026-11-24");
  expect(rule.timeZone).toBe("Africa/Tripoli");
});
