import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** Research data beside the project; on machines without it this test says so and is skipped. */
const FOLDER = fileURLToPath(new URL("../../../shared/eval", import.meta.url));
const missing = existsSync(FOLDER) ? "" : ` (skipped: no ${FOLDER})`;
const own = (file: string) => import(String(new URL(file, import.meta.url)));

/** Reads 1,200 pages with the built program in two processes: half a minute, more on a busy machine. */
const TIMEOUT_MS = 240_000;

test.skipIf(missing)(
  `no figure of the extractor is below its floor${missing}`,
  async () => {
    const [{ loadTruths, readPages }, { scorePage, summarise }, { fallen, floorsOf }] =
      await Promise.all([own("./run.mjs"), own("./score.mjs"), own("./floors.mjs")]);
    const floors = JSON.parse(readFileSync(new URL("./floors.json", import.meta.url), "utf8"));
    const truths: Record<string, { set: string }> = loadTruths(FOLDER);
    const { answers, errors } = await readPages(FOLDER, truths, 2);
    const bySet: Record<string, object[]> = { all: [] };
    for (const [id, truth] of Object.entries(truths)) {
      const score = scorePage(truth, answers[id]);
      bySet.all?.push(score);
      bySet[truth.set] ??= [];
      bySet[truth.set]?.push(score);
    }
    const reached = Object.fromEntries(
      Object.entries(bySet).map(([set, scores]) => [set, summarise(scores)]),
    );
    expect(errors).toEqual([]);
    expect(fallen(floors, floorsOf(reached))).toEqual([]);
  },
  TIMEOUT_MS,
);
