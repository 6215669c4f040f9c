/** What an exported file is called says what it is. */
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";
import { filledArchive } from "./given-archive.ts";
import { warraq } from "./harness.ts";

test.each([
  ["without .gz gets it", "articles.jsonl", "articles.jsonl.gz"],
  ["with .gz keeps it", "articles.jsonl.gz", "articles.jsonl.gz"],
])("a name %s under --gzip", async (_, name, written) => {
  const folder = temporaryFolder();
  const words = ["export", "-o", `${folder}/${name}`, "--gzip", "--archive", await filledArchive()];
  const { err } = await warraq(words);
  expect(err).toContain(`to ${folder}/${written}\n`);
  expect(gunzipSync(readFileSync(`${folder}/${written}`)).toString()).toContain('"id":"a1"');
  expect(existsSync(`${folder}/articles.jsonl`)).toBe(false);
  expect((await warraq(words)).err).toContain("(E_TARGET_EXISTS)");
});

test("what is no file keeps its name under --gzip", async () => {
  const words = ["export", "-o", "/dev/null", "-f", "jsonl", "--gzip"];
  const { code, err } = await warraq([...words, "--archive", await filledArchive()]);
  expect(code, err).toBe(0);
  expect(err).toContain("to /dev/null\n");
});
