import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** Research data beside the project; on machines without it these tests say so and are skipped. */
const FOLDER = fileURLToPath(new URL("../../../shared/eval", import.meta.url));
const missing = existsSync(`${FOLDER}/score-extraction.mjs`) ? "" : ` (skipped: no ${FOLDER})`;

interface Page {
  readonly body?: string;
  readonly title?: string;
}
interface Scorer {
  scorePage(truth: object, answer: object | null): Record<string, unknown>;
  summarise(scores: readonly object[]): Record<string, Record<string, number>>;
}
const load = async (file: URL | string): Promise<Scorer> => import(String(file));
const ours = await load(new URL("./score.mjs", import.meta.url));
const { fallen, raise } = await import(String(new URL("./floors.mjs", import.meta.url)));

test("identical words are exact, half of the words count half", () => {
  const truth = { body: "one two three four five", title: "A b" };
  expect(
    ours.scorePage(truth, { body: "one, two - three four FIVE", title: "a B!" }),
  ).toMatchObject({
    exact: 0,
    words: 1,
    title: 1,
  });
  expect(ours.scorePage(truth, truth)).toMatchObject({
    exact: 1,
    shingle: { both: 1, extra: 0, missed: 0 },
  });
  expect(
    ours.scorePage({ body: "one two three four five six" }, { body: "one two three four" }),
  ).toMatchObject({
    shingle: { both: 1 / 3, extra: 0, missed: 2 / 3 },
  });
  expect(ours.scorePage(truth, null)).toMatchObject({
    shingle: { both: 0, extra: 0, missed: 1 },
    words: 0,
  });
});

test("floors rise, never fall, and say what fell", () => {
  expect(
    raise({ aeb: { "body F1": 0.9 } }, { aeb: { "body F1": 0.8 }, x: { title: 0.5 } }),
  ).toEqual({
    aeb: { "body F1": 0.9 },
    x: { title: 0.5 },
  });
  expect(fallen({ aeb: { "body F1": 0.9 } }, { aeb: { "body F1": 0.8 } })).toEqual([
    "aeb body F1: 0.8 is below 0.9",
  ]);
  expect(fallen({ aeb: { "body F1": 0.9 } }, { aeb: { "body F1": 0.899 } })).toEqual([]);
});

test.skipIf(missing)(`our scorer agrees with the published one to 1e-9${missing}`, async () => {
  const theirs = await load(`file://${FOLDER}/score-extraction.mjs`);
  const { loadTruths } = await import(String(new URL("./run.mjs", import.meta.url)));
  const truths: Record<string, Page> = loadTruths(FOLDER, ["aeb", "fundus", "arabic", "traf"]);
  const answers = Object.values(truths).map((truth, at) => ({
    ...truth,
    body: truth.body?.slice(at % 50, -(at % 90) - 1).replace(/the/g, at % 3 === 0 ? "a" : "the"),
    title: at % 5 === 0 ? "other" : truth.title,
    date: at % 7 === 0 ? "2020-01-01" : (truth as { date?: string }).date,
  }));
  const [own, other] = [ours, theirs].map((scorer) =>
    scorer.summarise(
      Object.values(truths).map((truth, at) => scorer.scorePage(truth, answers[at] ?? null)),
    ),
  );
  for (const measure of ["precision", "recall", "f1", "exact", "words"]) {
    expect(own?.body?.[measure]).toBeCloseTo(other?.body?.[measure] as number, 9);
  }
  for (const measure of ["precision", "recall", "f1"]) {
    expect(own?.segment?.[measure]).toBeCloseTo(other?.segment?.[measure] as number, 9);
  }
  for (const field of ["title", "author", "authorWords", "date", "dateNear", "section"]) {
    expect(own?.[field]?.hit).toBeCloseTo(other?.[field]?.hit as number, 9);
  }
});
