/** A newsroom that answers, an archive that is not there yet, and the program run on both. */
import { onTestFinished } from "vitest";
import { openNewsroom } from "../../src/newsroom/index.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { warraq } from "./harness.ts";

export async function newsroomWorld() {
  const newsroom = await openNewsroom();
  onTestFinished(() => newsroom.close());
  const folder = temporaryFolder();
  const archive = `${folder}/warraq.db`;
  const [sahel] = newsroom.sites;
  const origin = sahel?.origin ?? "";
  const run = (...words: string[]) => warraq([...words, "--archive", archive], { now: Date.now });
  return { newsroom, folder, archive, origin, run };
}
