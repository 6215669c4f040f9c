import { expect, test } from "vitest";
import {
  findSite,
  genericSite,
  mergeSites,
  parseSiteRule,
  ruleDigest,
} from "../../src/sites/index.ts";

const rule = (id: string, hosts: string[]) =>
  parseSiteRule(
    {
      id,
      name: id,
      home: `https://${hosts[0]}/`,
      hosts,
      evidence: "test",
      checkedOn: "2026-06-17",
    },
    "test",
  );
const sites = [
  rule("almarsad", ["almarsad.co"]),
  rule("ar.libyaobserver", ["ar.libyaobserver.ly"]),
  rule("libyaobserver", ["libyaobserver.ly", "www.libyaobserver.ly"]),
  rule("local", ["127.0.0.1:8080"]),
];

test.each<[what: string, wanted: string, id: string | null]>([
  ["an id", "almarsad", "almarsad"],
  ["an id typed with capitals and spaces", " AlMarsad ", "almarsad"],
  ["a host", "almarsad.co", "almarsad"],
  ["the www twin of a host", "www.almarsad.co", "almarsad"],
  ["the bare twin of a www host", "libyaobserver.ly", "libyaobserver"],
  ["an article's address", "http://almarsad.co/2026/06/25/x/", "almarsad"],
  ["an address without scheme", "almarsad.co/2026", "almarsad"],
  ["a host in capitals", "https://ALMARSAD.CO/", "almarsad"],
  ["a subdomain that has a rule of its own", "https://ar.libyaobserver.ly/x", "ar.libyaobserver"],
  ["a subdomain that has none", "https://en.almarsad.co/x", "almarsad"],
  ["a host with a port", "http://127.0.0.1:8080/x", "local"],
  ["the same host on another port", "http://127.0.0.1:8081/x", null],
  ["a host that only ends alike", "https://notalmarsad.co/", null],
  ["an unknown word", "awj", null],
  ["nothing", "", null],
])("%s finds its site: %s", (_what, wanted, id) => {
  expect(findSite(sites, wanted)?.id ?? null).toBe(id);
});

test("an unknown site gets a rule of its own, with Tripoli's time only under .ly", () => {
  expect(genericSite("https://www.example.ly/")).toMatchObject({
    id: "example.ly",
    home: "https://www.example.ly/",
    hosts: ["www.example.ly"],
    timeZone: "Africa/Tripoli",
    listings: [],
    articlePath: [],
  });
  expect(genericSite("https://news.example/").timeZone).toBe(null);
});

test("a section of an unknown site is where its crawl begins", () => {
  expect(genericSite("http://127.0.0.1:8080/sport/?page=1")).toMatchObject({
    home: "http://127.0.0.1:8080/",
    hosts: ["127.0.0.1:8080"],
    listings: ["/sport/?page=1"],
  });
});

test("an added rule takes the place of the bundled one, order stays by id", () => {
  const mine = { ...rule("almarsad", ["almarsad.co"]), name: "المرصد" };
  const merged = mergeSites(sites, [rule("zz", ["zz.example"]), mine]);
  expect(merged.map(({ id }) => id)).toEqual([
    "almarsad",
    "ar.libyaobserver",
    "libyaobserver",
    "local",
    "zz",
  ]);
  expect(merged[0]?.name).toBe("المرصد");
});

test("a digest depends on what a rule says and not on the order it says it in", () => {
  const one = rule("a", ["a.example"]);
  const turned = Object.fromEntries(Object.entries(one).reverse()) as unknown as typeof one;
  expect(ruleDigest(one)).toMatch(/^[0-9a-f]{8}$/u);
  expect(ruleDigest(turned)).toBe(ruleDigest(one));
  expect(ruleDigest({ ...one, delayMs: 1 })).not.toBe(ruleDigest(one));
});
