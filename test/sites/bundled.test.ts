import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  compileTemplates,
  loadBundledSites,
  loadThemes,
  type SiteRule,
  siteRuleSchema,
} from "../../src/sites/index.ts";

const DATA = new URL("../../data/", import.meta.url);
const sites = loadBundledSites();
const byId = (id: string): SiteRule => {
  const site = sites.find((candidate) => candidate.id === id);
  if (site === undefined) throw new Error(`no bundled site ${id}`);
  return site;
};

// Repurposed or injected with spam when last seen (September 2026).
const DO_NOT_CRAWL = ["libyancrimeswatch.org", "pm.gov.ly", "tax.gov.ly"];

test("every file is loaded, in order of id, and at least 25 sites are known", () => {
  const files = readdirSync(new URL("sites/", DATA)).filter((file) => file.endsWith(".json"));
  const ids = files.map((file) => file.replace(/\.json$/u, ""));
  expect(sites.map(({ id }) => id)).toEqual(ids.sort());
  expect(sites.length).toBeGreaterThanOrEqual(25);
});

test("no host belongs to two sites, and none is on the do-not-crawl list", () => {
  const hosts = sites.flatMap((site) => site.hosts);
  expect(new Set(hosts).size).toBe(hosts.length);
  expect(hosts.filter((host) => DO_NOT_CRAWL.some((bad) => host.endsWith(bad)))).toEqual([]);
});

test("evidence is given and none of it is from the future or from this program's own age", () => {
  for (const { evidence, checkedOn } of sites) {
    expect(evidence.length).toBeGreaterThan(20);
    expect(checkedOn < "2026-11-24").toBe(true);
  }
});

test("every theme a site names is bundled", () => {
  const known = new Set(loadThemes().map(({ id }) => id));
  const named = sites.flatMap(({ theme }) => theme ?? []);
  expect(named.filter((theme) => !known.has(theme))).toEqual([]);
});

test("the shipped JSON Schema is the one the program checks with", () => {
  const shipped = readFileSync(new URL("site-rule.schema.json", DATA), "utf8");
  expect(JSON.parse(shipped)).toEqual(siteRuleSchema());
});

test.each<[site: string, url: string, parts: Record<string, string>]>([
  ["alwasat", "https://alwasat.ly/news/libya/521758", { section: "libya", id: "521758" }],
  ["alwasat", "http://alwasat.ly/ar/news/libya/201566/", { section: "libya", id: "201566" }],
  ["lana", "https://lana.gov.ly/post.php?lang=ar&id=359561", { lang: "ar", id: "359561" }],
  ["lana-east", "https://lananews.com/ar/?p=466851", { id: "466851" }],
  [
    "libyaobserver",
    "https://libyaobserver.ly/inbrief/some-title",
    { section: "inbrief", slug: "some-title" },
  ],
  [
    "libyaherald",
    "https://libyaherald.com/2026/06/some-title/",
    { year: "2026", month: "06", slug: "some-title" },
  ],
  [
    "libyaakhbar",
    "https://www.libyaakhbar.com/libya-news/1239964.html",
    { section: "libya-news", id: "1239964" },
  ],
  [
    "almarsad",
    "https://almarsad.co/2026/06/25/%D8%A3-%D8%A8/",
    { year: "2026", month: "06", day: "25", slug: "أ-ب" },
  ],
  [
    "libya24",
    "https://libya24.tv/2026/06/17/12345/",
    { year: "2026", month: "06", day: "17", id: "12345" },
  ],
  ["libyareview", "https://libyareview.com/61234/some-title/", { id: "61234", slug: "some-title" }],
  ["tanasuh", "https://tanasuh.tv/45245-2/", { id: "45245", page: "2" }],
  [
    "alsaaa24",
    "https://alsaaa24.net/articles/some-title",
    { section: "articles", slug: "some-title" },
  ],
  [
    "libya-al-mostakbal",
    "http://www.libya-al-mostakbal.org/88/4242/some-title.html",
    { section: "88", id: "4242", slug: "some-title" },
  ],
])("%s: %s is an article by its template", (id, url, parts) => {
  expect(compileTemplates(byId(id).articlePath).match(url)).toEqual(parts);
});

test("the category vocabulary has one kind per label and known topic codes", () => {
  const vocabulary = JSON.parse(readFileSync(new URL("categories.json", DATA), "utf8"));
  const labels = vocabulary.mapping.flatMap((entry: { labels: string[] }) => entry.labels);
  expect(new Set(labels).size).toBe(labels.length);
  for (const { kind, medtop } of vocabulary.mapping) {
    expect(kind).toMatch(/^(?:topic|format|place|noise|scope:\w+|genre:\w+)$/u);
    expect(medtop.every((code: string) => code in vocabulary.medtops)).toBe(true);
    expect(medtop.length > 0).toBe(kind === "topic");
  }
});
