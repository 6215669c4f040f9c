import { expect, test } from "vitest";
import { isStableName, means } from "../../src/workshop/names.ts";

test.each([
  "entry-title",
  "post-title",
  "articleBody",
  "story_text",
  "td-post-content",
  "kicker",
  "byline",
  "text-body",
  "post-cat",
  "post-meta",
  "newsDetails",
])("%s may carry a selector", (name) => {
  expect(isStableName(name)).toBe(true);
});

test.each([
  ["a post's number", "post-48213"],
  ["a menu entry", "menu-item-77"],
  ["a category's number", "tie-cat-7"],
  ["a build's hash", "css-1q2w3e"],
  ["a hash with vowels", "a8f3k2e"],
  ["a hexadecimal hash", "article-9fa3c2"],
  ["a hash in restless case", "sc-bdVaJa"],
  ["a tag's slug", "tag-libya"],
  ["how wide it is", "col-md-8"],
  ["how far it stands", "mt-4"],
  ["a measure", "mb7"],
  ["how a heading looks", "h1"],
  ["a state of the menu", "current-post-parent"],
  ["how large it is", "text-lg"],
  ["a state", "active"],
  ["a name that needs escaping", "md:flex"],
  ["one letter", "a"],
  ["a letter of another script", "عنوان"],
])("%s carries none", (_, name) => {
  expect(isStableName(name)).toBe(false);
});

test.each([
  ["title", "entry-title", true],
  ["title", "articleHeadline", true],
  ["title", "subtitled", false],
  ["author", "post_by", true],
  ["body", "story-text", true],
  ["drop", "related-posts", true],
] as const)("for %s, %s means it: %s", (field, name, expected) => {
  expect(means(field, name)).toBe(expected);
});
