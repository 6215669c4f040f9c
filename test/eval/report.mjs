/** What the evaluation prints: the table of sets, the goals beside what was reached, the worst pages. */
import {
  FIELD_MEASURES,
  f1Of,
  pageF1,
  precisionOf,
  recallOf,
  summarise,
  wordsOf,
} from "./score.mjs";

/** Goals of the extractor: [label, goal, reads the figure from {set → summary}]. */
const GOALS = [
  ...[
    ["aeb", 0.97],
    ["fundus", 0.97],
    ["wcxb", 0.95],
    ["arabic", 0.98],
    ["aebar", 0.965],
  ].map(([set, goal]) => [`body F1 ${set}`, goal, (sets) => sets[set]?.body?.f1]),
  ["body exact, all sets", 0.3, (sets) => sets.all?.body?.exact],
  ["segments F1 traf", 0.93, (sets) => sets.traf?.segment?.f1],
  ["title exact", 0.88, (sets) => sets.all?.title?.hit],
  ["section, any match", 0.75, (sets) => sets.all?.section?.hit],
  ["author exact", 0.7, (sets) => sets.all?.author?.hit],
  ["date same day", 0.92, (sets) => sets.all?.date?.hit],
];
/** aeb and its copy in Arabic script may differ by this much. */
const SCRIPT_GAP = 0.005;

const figure = (value) => (value === undefined || Number.isNaN(value) ? "-" : value.toFixed(3));
const row = (cells, widths) =>
  cells
    .map((cell, at) =>
      at === 0 ? String(cell).padEnd(widths[0]) : String(cell).padStart(widths[at]),
    )
    .join(" ");

export function table(rows) {
  const widths = rows[0].map((_, at) => Math.max(...rows.map((cells) => String(cells[at]).length)));
  return rows.map((cells) => row(cells, widths)).join("\n");
}

/** Standard deviation of a figure over resampled pages; deterministic, so two runs can be compared. */
export function bootstrap(scores, rounds, read) {
  let seed = 20_260_101;
  const next = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  const values = Array.from({ length: rounds }, () =>
    read(summarise(scores.map(() => scores[Math.floor(next() * scores.length)]))),
  )
    .filter((value) => Number.isFinite(value))
    .sort((a, b) => a - b);
  const at = (share) => values[Math.min(values.length - 1, Math.floor(share * values.length))];
  return { low: at(0.025), high: at(0.975) };
}

export function setsTable(summaries) {
  const head = [
    "set",
    "pages",
    "body P",
    "R",
    "F1",
    "exact",
    "words",
    "seg P",
    "R",
    "F1",
    ...FIELD_MEASURES,
  ];
  const rows = Object.entries(summaries).map(([set, s]) => [
    set,
    s.pages,
    ...[s.body?.precision, s.body?.recall, s.body?.f1, s.body?.exact, s.body?.words].map(figure),
    ...[s.segment?.precision, s.segment?.recall, s.segment?.f1].map(figure),
    ...FIELD_MEASURES.map((field) => figure(s[field]?.hit)),
  ]);
  return table([head, ...rows]);
}

export function goalsTable(summaries, scoresBySet, rounds) {
  const rows = [["measure", "goal", "reached", "95 % interval", ""]];
  for (const [label, goal, read] of GOALS) {
    const reached = read(summaries);
    if (reached === undefined) continue;
    const set = Object.keys(scoresBySet).find((name) => label.endsWith(` ${name}`)) ?? "all";
    const interval =
      rounds > 0 ? bootstrap(scoresBySet[set], rounds, (s) => read({ [set]: s })) : null;
    rows.push([
      label,
      `≥ ${goal.toFixed(3)}`,
      figure(reached),
      interval ? `${figure(interval.low)} – ${figure(interval.high)}` : "-",
      reached >= goal ? "reached" : `${(reached - goal).toFixed(3)}`,
    ]);
  }
  const [latin, arabic] = [summaries.aeb?.body?.f1, summaries.aebar?.body?.f1];
  if (latin !== undefined && arabic !== undefined) {
    const gap = Math.abs(latin - arabic);
    rows.push([
      "aeb and aebar apart",
      `≤ ${SCRIPT_GAP.toFixed(3)}`,
      figure(gap),
      "-",
      gap <= SCRIPT_GAP ? "reached" : "missed",
    ]);
  }
  return table(rows);
}

/** Runs of words that only one side has, longest first: what to look at. */
export function wordDiff(truth, answer, most = 4) {
  const [wanted, given] = [wordsOf(truth), wordsOf(answer)];
  const runs = (from, against) => {
    const known = new Set();
    for (let at = 0; at + 4 <= against.length; at++) known.add(against.slice(at, at + 4).join(" "));
    const found = [];
    let run = [];
    for (let at = 0; at < from.length; at++) {
      const isKnown =
        known.has(from.slice(at, at + 4).join(" ")) ||
        known.has(from.slice(Math.max(0, at - 3), at + 1).join(" "));
      if (!isKnown) run.push(from[at]);
      if ((isKnown || at === from.length - 1) && run.length > 0) {
        found.push(run);
        run = [];
      }
    }
    return found.sort((a, b) => b.length - a.length).slice(0, most);
  };
  const show = (sign, run) => {
    const text =
      run.length > 24
        ? `${run.slice(0, 12).join(" ")} … ${run.slice(-12).join(" ")}`
        : run.join(" ");
    return `      ${sign} (${run.length}) ${text}`;
  };
  return [
    ...runs(wanted, given).map((run) => show("-", run)),
    ...runs(given, wanted).map((run) => show("+", run)),
  ].join("\n");
}

export function worstPages(scored, truths, answers, count) {
  return scored
    .filter((score) => score.shingle)
    .sort((a, b) => pageF1(a) - pageF1(b))
    .slice(0, count)
    .map((score) => {
      const [p, r] = [precisionOf(score.shingle), recallOf(score.shingle)];
      const head = `  F1 ${figure(f1Of(p, r))} P ${figure(p)} R ${figure(r)} ${score.id} [${answers[score.id]?.method ?? "no answer"}] ${truths[score.id].url ?? ""}`;
      return `${head}\n${wordDiff(truths[score.id].body, answers[score.id]?.body ?? "")}`;
    })
    .join("\n");
}
