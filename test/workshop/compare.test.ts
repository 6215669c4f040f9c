import { expect, test } from "vitest";
import {
  type Compared,
  compareValues,
  summarize,
  type Verdict,
  verdictOf,
} from "../../src/workshop/compare.ts";

const SHARED = new Set(["Sign up."]);

test.each<[Verdict, readonly string[], readonly string[]]>([
  ["equal", ["a", "b"], ["a", "b"]],
  ["empty", [], []],
  ["filled", [], ["a"]],
  ["lost", ["a"], []],
  ["differs", ["a", "b"], ["b", "a"]],
  ["differs", ["a", "b"], ["a"]],
  ["cleaner", ["a", "Sign up.", "b"], ["a", "b"]],
  ["differs", ["a", "b"], ["a", "Sign up.", "b"]],
])("a body is %s when %j becomes %j", (verdict, before, after) => {
  expect(compareValues({ body: before }, { body: after }, SHARED)).toEqual([
    { field: "body", before, after, verdict },
  ]);
});

test("what is not expected is not compared", () => {
  expect(
    compareValues({ title: ["a"] }, { title: ["a"], body: ["b"] }).map(({ field }) => field),
  ).toEqual(["title"]);
});

const page = (url: string, ...verdicts: readonly Verdict[]) => ({
  url,
  compared: verdicts.map(
    (verdict): Compared => ({
      ...{ field: "title", verdict },
      before: verdict === "filled" || verdict === "empty" ? [] : ["a"],
      after: verdict === "lost" || verdict === "empty" ? [] : ["a"],
    }),
  ),
});

test.each<[string, readonly Verdict[]]>([
  ["the same on all 2 pages", ["equal", "equal"]],
  ["found by neither", ["empty", "empty"]],
  ["the same on 1 of 2; only the rule finds it on 1", ["equal", "filled"]],
  ["only the generic reading finds it on 1; other on 1: look at it", ["lost", "differs"]],
  ["without repeated lines on 1; other on 1: look at it", ["cleaner", "differs"]],
])("in words: %s", (words, verdicts) => {
  const [summary] = summarize(verdicts.map((verdict, at) => page(`u${at}`, verdict)));
  expect(summary && verdictOf(summary)).toBe(words);
});

test("the example is of the worst kind", () => {
  const [summary] = summarize([page("a", "differs"), page("b", "lost"), page("c", "equal")]);
  expect(summary?.example?.url).toBe("b");
  expect(summary).toMatchObject({ pages: 3, filled: 2, equal: 1, lost: 1, differs: 1 });
});
