/** The bundled themes: each knows its own pages, and no page that is not its own. */
import { expect, test } from "vitest";
import { loadThemes } from "../../../src/sites/index.ts";
import { decodeFixture, extractFixture, fixturePages } from "../../fixtures/pages.ts";

const pages = fixturePages();
const themed = pages.filter(({ expected }) => typeof expected.theme === "string");

test("the eight themes of the Libyan press are bundled, and three systems of the wider web", () => {
  expect(loadThemes().map(({ id }) => id)).toEqual([
    "betterstudio-publisher",
    "blogger",
    "drupal",
    "jegtheme-jnews",
    "joomla",
    "meks-voice",
    "tagdiv-newspaper",
    "themeruby-foxiz",
    "tielabs-jannah",
    "tielabs-sahifa",
    "wordpress-block",
  ]);
});

test.each(loadThemes().map((theme) => [theme.id, theme] as const))(
  "%s says where its facts were seen and has a fixture page",
  (id, { evidence, unverified, checkedOn }) => {
    expect(evidence.length).toBeGreaterThan(20);
    expect(checkedOn).toMatch(/^20\d\d-\d\d-\d\d$/u);
    expect(unverified.length).toBeGreaterThan(0);
    expect(themed.some(({ expected }) => expected.theme === id)).toBe(true);
  },
);

test.each(pages.map((page) => [page.name, page] as const))(
  "%s is recognised as its own theme or none",
  (_, page) => {
    const { theme, rule } = extractFixture(page, decodeFixture(page));
    const expected = page.expected.theme ?? null;
    expect(theme).toBe(expected);
    if (expected !== null) expect(rule).toContain(`theme:${expected}`);
  },
);
