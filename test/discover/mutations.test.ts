/** Every parser against files damaged at random: whatever comes, something is answered. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { discover } from "../../src/discover/index.ts";
import type { PageRole } from "../../src/model.ts";
import { captureOf, contextOf, HOME } from "./capture.ts";

const FOLDER = new URL("../../fixtures/feeds/broken/", import.meta.url);
const ROUNDS = 40;

const SITEMAP = `<urlset><url><loc>${HOME}2026/06/17/a/</loc><lastmod>2026-06-17</lastmod><news:news><news:title><![CDATA[خبر]]></news:title></news:news></url></urlset>`;
const POSTS = JSON.stringify([
  { link: `${HOME}a/`, title: { rendered: "خ" }, date_gmt: "2026-06-17T09:30:00" },
]);
const PAGE = `<!DOCTYPE html><html><head><base href="/x/"><link rel="alternate" type="application/rss+xml" href="/feed/"></head><body><h2><a href="a/">خبر</a></h2></body></html>`;

const files: [name: string, role: PageRole, bytes: Buffer][] = [
  ...readdirSync(FOLDER).map((name): [string, PageRole, Buffer] => [
    name,
    "feed",
    readFileSync(new URL(name, FOLDER)),
  ]),
  ["a sitemap", "sitemap", Buffer.from(SITEMAP)],
  ["a list of posts", "wp-json", Buffer.from(POSTS)],
  ["a page", "listing", Buffer.from(PAGE)],
];

/** Repeatable: the same numbers on every machine (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function damaged(bytes: Buffer, random: () => number): Buffer {
  const at = Math.floor(random() * bytes.length);
  const length = Math.floor(random() * Math.min(200, bytes.length - at));
  const kind = Math.floor(random() * 4);
  if (kind === 0) return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
  if (kind === 1) return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
  if (kind === 2) return bytes.subarray(0, at);
  const changed = Buffer.from(bytes);
  for (let i = 0; i < 20; i += 1)
    changed[Math.floor(random() * changed.length)] = Math.floor(random() * 256);
  return changed;
}

test.each(files)("%s survives damage", (_name, role, bytes) => {
  const random = randomFrom(bytes.length);
  for (let round = 0; round < ROUNDS; round += 1) {
    const found = discover(captureOf(damaged(bytes, random)), contextOf(role));
    for (const { url, siteId } of [...found.pages, ...found.sources]) {
      expect(new URL(url).hash).toBe("");
      expect(new URL(url).hostname).toMatch(/outlet\.example$/u);
      expect(siteId).toBe("outlet");
    }
  }
});
