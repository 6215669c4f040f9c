/** Floors: what was reached once is not lost silently. Figures only rise. */

/** One page more or less of chance (a changed tie) must not break a build. */
const SLACK = 0.002;

/** Shares of fewer pages jump by whole points when one page changes. */
const LEAST_PAGES = 50;
const enough = (summary, value) => ((summary?.n ?? 0) >= LEAST_PAGES ? value : undefined);

/** `{set: {measure: value}}`, rounded down to three places. */
export function floorsOf(summaries) {
  const floors = {};
  for (const [set, s] of Object.entries(summaries)) {
    const figures = {
      "body F1": s.body?.f1,
      "body exact": enough(s.body, s.body?.exact),
      "segment F1": s.segment?.f1,
      title: enough(s.title, s.title?.hit),
      author: enough(s.author, s.author?.hit),
      date: enough(s.date, s.date?.hit),
      section: enough(s.section, s.section?.hit),
    };
    floors[set] = Object.fromEntries(
      Object.entries(figures)
        .filter(([, value]) => value !== undefined && !Number.isNaN(value))
        .map(([measure, value]) => [measure, Math.floor(value * 1000) / 1000]),
    );
  }
  return floors;
}

export function raise(before, now) {
  const raised = { ...before };
  for (const [set, figures] of Object.entries(now)) {
    raised[set] = { ...before[set] };
    for (const [measure, value] of Object.entries(figures)) {
      raised[set][measure] = Math.max(before[set]?.[measure] ?? 0, value);
    }
  }
  return raised;
}

/** Sentences about every figure that fell below its floor. */
export function fallen(floors, now) {
  return Object.entries(floors).flatMap(([set, figures]) =>
    Object.entries(figures)
      .filter(([measure, floor]) => (now[set]?.[measure] ?? 0) < floor - SLACK)
      .map(
        ([measure, floor]) =>
          `${set} ${measure}: ${now[set]?.[measure] ?? "nothing"} is below ${floor}`,
      ),
  );
}
