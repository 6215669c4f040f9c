/**
 * The index of near copies against brute force on generated news with planted copies, as the full
 * benchmark does it on 20,000 articles (`npm run bench -- --only near`).
 */
import { expect, test } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";

const ARTICLES = 800;
const { articles } = await import(String(new URL("../bench/copies.mjs", import.meta.url)));
const { compareWithBruteForce } = await import(
  String(new URL("../bench/near.mjs", import.meta.url))
);

test("finds what brute force finds: contained, shortened, reordered, respelled and footed copies", async () => {
  const news = [...articles(ARTICLES, { perDay: 200 })];
  const result = await compareWithBruteForce(`${temporaryFolder()}/archive.db`, news);
  expect(result.pairs).toBeGreaterThan(80);
  expect(result.recall, JSON.stringify(result.missed)).toBeGreaterThanOrEqual(0.98);
  expect(result.precision, JSON.stringify(result.wrong)).toBeGreaterThanOrEqual(0.95);
  expect(result.glued.length).toBeLessThanOrEqual(result.clusters / 20);
}, 60_000);
