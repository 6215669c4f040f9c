/** The one table: a row per system, quality first, then cost. */

const share = (value) => (value === undefined || Number.isNaN(value) ? "–" : value.toFixed(3));
const field = (name) => (figures) =>
  figures.without.includes(name) ? "–" : share(figures.all[name]?.hit);

/** Columns as `[head, read]`; fields without any truth in these pages get none. */
export function columnsOf(sets, figures) {
  const known = ["title", "author", "date", "section"].filter((name) => figures[0]?.all[name]);
  return [
    ["system", ({ label }) => label],
    ["body F1", ({ all }) => share(all.body?.f1)],
    ["P", ({ all }) => share(all.body?.precision)],
    ["R", ({ all }) => share(all.body?.recall)],
    ["exact", ({ all }) => share(all.body?.exact)],
    ...sets.map((set) => [`F1 ${set}`, ({ bySet }) => share(bySet[set].body?.f1)]),
    ...known.map((name) => [`${name} (${figures[0].all[name].n})`, field(name)]),
    ["pages / CPU s", ({ rate }) => rate.toFixed(rate < 20 ? 1 : 0)],
    [
      "ratio",
      ({ ratio, ratioRange: [least, most] }) =>
        Number.isNaN(ratio)
          ? "–"
          : `${ratio.toFixed(2)} × (${least.toFixed(2)}–${most.toFixed(2)})`,
    ],
    ["worst page", ({ worstMs }) => `${worstMs.toFixed(0)} ms`],
    ["peak RSS", ({ peakRssMb }) => `${peakRssMb.toFixed(0)} MB`],
    ["crashed / late", ({ crashes, late }) => `${crashes.length} / ${late.length}`],
  ];
}

const cellsOf = (columns, figures) => [
  columns.map(([head]) => head),
  ...figures.map((row) => columns.map(([, read]) => read(row))),
];

export function plainTable(columns, figures) {
  const rows = cellsOf(columns, figures);
  const widths = columns.map((_, at) => Math.max(...rows.map((cells) => cells[at].length)));
  const pad = (cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]));
  return rows.map((cells) => cells.map(pad).join("  ")).join("\n");
}

export function markdownTable(columns, figures) {
  const [head, ...rows] = cellsOf(columns, figures);
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const rule = columns.map((_, at) => (at === 0 ? "---" : "--:"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}
