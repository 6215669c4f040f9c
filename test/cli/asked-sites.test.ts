/** Sites and days that cannot give anything: said in one line instead of an empty answer. */
import { expect, test } from "vitest";
import { nearestId } from "../../src/sites/index.ts";
import { filledArchive } from "./given-archive.ts";
import { warraq } from "./harness.ts";

const asking = (site: string): readonly (readonly string[])[] => [
  ["list", "--site", site],
  ["search", "مكتبة", "--site", site],
  ["export", "-o", "-", "--site", site],
  ["duplicates", "--site", site],
  ["changes", "--site", site],
  ["stats", "--site", site],
  ["reextract", "--site", site],
  ["archive", "prune", "--raw", "--before", "2020", "--site", site],
];

test.each(asking("sahell"))(
  "%s with a mistyped site names the one that was meant",
  async (...words) => {
    const archive = await filledArchive();
    const { code, out, err } = await warraq([...words, "--archive", archive]);
    expect(err).toMatch(/^warraq: "sahell" is not a known site \(did you mean sahel\?\)/u);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
    expect([code, out]).toEqual([2, ""]);
  },
);

test.each(asking("almarsad"))(
  "%s may name a site that has a rule and no article",
  async (...words) => {
    const archive = await filledArchive();
    expect((await warraq([...words, "--archive", archive])).code).toBe(0);
  },
);

test.each([
  ["an id", "marsa"],
  ["the host of a rule's site", "www.almarsad.co"],
])("%s is understood beside others", async (_, word) => {
  const archive = await filledArchive();
  const { code, out } = await warraq([
    ...["list", "--site", `${word},marsa`, "--json", "--fields", "source"],
    ...["--archive", archive],
  ]);
  expect([code, JSON.parse(out)]).toEqual([0, [{ source: "marsa" }]]);
});

test.each([["list"], ["search", "x"], ["export", "-o", "-"], ["changes"], ["import", "."]])(
  "%s refuses a window that no day lies in",
  async (...words) => {
    const archive = await filledArchive();
    const window = ["--from", "2025", "--to", "2024"];
    const { code, err } = await warraq([...words, ...window, "--archive", archive]);
    expect(err).toContain("--from is later than --to: no day lies between");
    expect(code).toBe(2);
  },
);

test.each([
  [["search", "مكتبة site:sahell"], '"sahell" is not a known site (did you mean sahel?)'],
  [["search", "مكتبة -site:sahell"], '"sahell" is not a known site (did you mean sahel?)'],
  [["search", "مكتبة OR موقع:sahell"], '"sahell" is not a known site (did you mean sahel?)'],
  [["list", "site:sahell"], '"sahell" is not a known site (did you mean sahel?)'],
  [["export", "-o", "-", "site:sahell"], '"sahell" is not a known site (did you mean sahel?)'],
  [["search", "site:www.almarsad.co"], "in a query a site goes by its id, site:almarsad (E_QUERY)"],
])("%j names the site that was meant in the query", async (words, message) => {
  const { code, out, err } = await warraq([...words, "--archive", await filledArchive()]);
  expect(err).toContain(message);
  expect([code, out]).toEqual([2, ""]);
});

test.each([["site:sahel"], ["site:SAHEL"], ["-site:almarsad"], ['"site:sahell"'], ["websites:x"]])(
  "the query %s names no unknown site",
  async (words) => {
    expect((await warraq(["search", words, "--archive", await filledArchive()])).code).toBe(0);
  },
);

const NOTHING: readonly (readonly [words: readonly string[], hint: RegExp])[] = [
  [
    ["--category", "ثقافه وفنن"],
    /no article is filed under "ثقافه وفنن" \((?:did you mean|there is) /u,
  ],
  [["--language", "arabic"], /no article is in "arabic" \(there is ar/u],
  [["--language", "aar"], /no article is in "aar" \(did you mean ar\?\)/u],
];

test.each(
  NOTHING.flatMap(([words, hint]) =>
    [["list"], ["search", "مكتبة"], ["duplicates"]].map(
      (command) => [[...command, ...words], hint] as const,
    ),
  ),
)("%j says which labels there are", async (words, hint) => {
  const { code, out, err } = await warraq([...words, "--archive", await filledArchive()]);
  expect(err).toMatch(/^nothing found\n/u);
  expect(err).toMatch(hint);
  expect([code, out]).toEqual([0, ""]);
});

test("a label that is known and finds nothing gets no hint", async () => {
  const archive = await filledArchive();
  const { err } = await warraq(["search", "xyzzy", "--language", "ar", "--archive", archive]);
  expect(err).toBe("nothing found\n");
});

const IDS = ["almarsad", "alwasat", "libyaherald", "lana", "awj", "dead.example"];

test.each([
  ["letters swapped", "almrasad", "almarsad"],
  ["one left out", "libyaheald", "libyaherald"],
  ["capitals", "AlMarsad", "almarsad"],
  ["a piece of one", "herald", "libyaherald"],
  ["a piece of several", "alma", "almarsad"],
  ["a host without its end", "dead.exampl", "dead.example"],
  ["nothing near", "facebook", null],
  ["a short word that is near by chance", "ab", null],
])("%s: %s", (_, word, id) => {
  expect(nearestId(word, IDS)).toBe(id);
});

test("crawl names the site that was meant, too", async () => {
  const { code, err } = await warraq(["crawl", "almrasad", "--archive", "/nonexistent/warraq.db"]);
  expect(err).toContain('"almrasad" is not a known site (did you mean almarsad?)');
  expect(code).toBe(2);
});

test.each([
  ["coverage", "almarsad", "nothing was archived of almarsad yet (E_UNKNOWN_SITE)"],
  ["check", "almarsad", "nothing was archived of almarsad yet (E_UNKNOWN_SITE)"],
  ["coverage", "sahell", '"sahell" is not a known site (did you mean sahel?)'],
  ["duplicates", "c99", 'there is no cluster "c99"'],
])("%s %s says what is missing", async (command, word, message) => {
  const { code, err } = await warraq([command, word, "--archive", await filledArchive()]);
  expect(err).toContain(message);
  expect(code).toBe(2);
});

test("a place that is none is said, one in any spelling is asked for", async () => {
  const archive = await filledArchive();
  const wrong = await warraq(["list", "--place", "nowhere", "--archive", archive]);
  expect(wrong).toMatchObject({ code: 2, out: "" });
  expect(wrong.err).toContain('"nowhere" is no place of Libya that data/places.json names');
  expect((await warraq(["list", "--place", "مصراته", "--archive", archive])).code).toBe(0);
});

test("an archive is not imported but merged", async () => {
  const archive = await filledArchive();
  const { code, err } = await warraq(["import", archive, "--archive", `${archive}2`]);
  expect(err).toContain("it is a database; warraq archive merge takes over another archive");
  expect(code).toBe(2);
});
