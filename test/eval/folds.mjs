/**
 * The honest forecast: every page read by the whole program (rules, retries, referee, certain lines) with
 * a block model that has seen no page of its site. Each fold gets a copy of the built program with its
 * own model file, so the program needs no door for exchanging models.
 */
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readPages } from "./run.mjs";
import { scorePage, summarise } from "./score.mjs";

export const FOLDS = 5;
const PROCESSES = 2;

/** Pages of one site are always in one fold, whatever set they are in. */
export const foldOf = (id, { site }) =>
  createHash("sha256")
    .update(site ?? id)
    .digest()[0] % FOLDS;

/**
 * @param models - the text of block-model.json per fold
 * @param program - folder of the built program; its `data/` and `node_modules/` are the project's
 * @returns summaries by set, bodies and segments only
 */
export async function forecast(folder, truths, models, program) {
  const project = new URL("../../", import.meta.url).pathname;
  const bySet = {};
  for (const [fold, model] of models.entries()) {
    const root = mkdtempSync(join(tmpdir(), "warraq-fold-"));
    try {
      cpSync(resolve(program), join(root, "dist"), { recursive: true });
      cpSync(join(project, "data"), join(root, "data"), { recursive: true });
      cpSync(join(project, "package.json"), join(root, "package.json"));
      symlinkSync(join(project, "node_modules"), join(root, "node_modules"));
      writeFileSync(join(root, "data/extract/body/block-model.json"), model);
      const own = Object.fromEntries(
        Object.entries(truths).filter(([id, truth]) => foldOf(id, truth) === fold),
      );
      process.env.WARRAQ_EVAL_DIST = join(root, "dist");
      const { answers, errors } = await readPages(folder, own, PROCESSES);
      if (errors.length > 0) throw new Error(`${errors.length} pages failed: ${errors[0].error}`);
      for (const [id, truth] of Object.entries(own)) {
        bySet[truth.set] ??= [];
        bySet[truth.set].push(scorePage(truth, answers[id]));
      }
    } finally {
      rmSync(root, { recursive: true });
    }
  }
  bySet.all = Object.values(bySet).flat();
  return Object.fromEntries(Object.entries(bySet).map(([set, list]) => [set, summarise(list)]));
}
