/**
 * A re-extraction killed with SIGKILL at random moments and begun again: each version says the old or
 * the new, whole, with the old one kept; and in the end each was read anew exactly once.
 */
import { join } from "node:path";
import { expect, test } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { count, expectIntact, start } from "../bad-input/program.ts";
import { beginRun, givenPage, givenRead, NOW, visit } from "../store/given.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const KILLS = 6;
const PAGES = 240;
const OLD = "قسم الأخبار";
/** From the first sign of work on; reading all takes about a second. */
const LONGEST_LIFE_MS = 250;

test(`${KILLS} kills of a re-extraction leave nothing half said, and it goes on`, async () => {
  const archive = join(temporaryFolder(), "warraq.db");
  await givenOldReadings(archive);
  const words = ["reextract", "--apply", "--archive", archive];
  const anew = () => count(archive, "select count(*) from version where extraction = 2");
  let before = 0;
  const reached: number[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    const life = start(words);
    await beginning(before, anew);
    await new Promise((resolve) => setTimeout(resolve, ((kill + 1) * LONGEST_LIFE_MS) / KILLS));
    life.kill("SIGKILL");
    await life.ended;
    expectIntact(archive);
    const checked = await start(["verify", "--archive", archive]).ended;
    expect(checked.code, checked.out).toBe(0);
    const now = anew();
    expect(now).toBeGreaterThanOrEqual(before);
    const half = "select count(*) from version where (title = $old) <> (extraction = 1)";
    expect(count(archive, half.replace("$old", `'${OLD}'`))).toBe(0);
    expect(count(archive, `select count(*) from extraction where title = '${OLD}'`)).toBe(now);
    before = now;
    reached.push(now);
  }
  const last = await start(words).ended;
  expect(last.code, last.err).toBe(0);
  console.log(`re-extraction drill: ${reached.join(", ")} of ${PAGES} read anew at each kill`);
  expect(anew()).toBe(PAGES);
  expect(count(archive, "select count(*) from extraction")).toBe(PAGES);
  expect(count(archive, "select count(*) from version")).toBe(PAGES);
  const chain = await start(["verify", "--chain", "--archive", archive]).ended;
  expect(chain.code, chain.err).toBe(0);
}, 180_000);

/** Until more has been read anew than before, or there is no more. */
async function beginning(before: number, anew: () => number): Promise<void> {
  for (let looks = 0; looks < 500 && before < PAGES && anew() === before; looks++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Pages as rules of another day read them: with a title that was never on them. */
async function givenOldReadings(archive: string): Promise<void> {
  const store = await openStore({ path: archive, mode: "write" });
  const runId = await beginRun(store);
  for (let number = 0; number < PAGES; number++) {
    const url = `https://sahel.ly/2024/05/01/${number}`;
    const paragraph = `قال المتحدث رقم ${number} إن المكتبة تضم آلاف الكتب، وإنها تفتح أبوابها كل صباح لطلبة المدارس والباحثين من سكان المدينة.`;
    const title = `افتتاح المكتبة العامة رقم ${number} في غدامس`;
    const html = `<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><title>${title}</title>
      <body><main><article><h1>${title}</h1>${`<p>${paragraph}</p>`.repeat(4)}</article></main>`;
    const article = { title: OLD, body: paragraph, wordCount: 20 };
    const capture = { body: Buffer.from(html) };
    const read = givenRead(url, { runId, article, capture, at: NOW + number });
    await visit(store, givenPage(url), read);
  }
  await store.close();
}
