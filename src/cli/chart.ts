/**
 * Small charts of block characters, for eyes: bars beside labels, and columns over time. Text in, lines
 * out, never wider than asked; labels of either direction are isolated by the table they stand in.
 */
import { layOut, type TableColumn, type TableStyle } from "./table.ts";

export interface Bar {
  readonly label: string;
  readonly count: number;
}

const FULL = "█";
/** One to seven eighths of a cell, lying and standing. */
const PARTS_ACROSS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"] as const;
const PARTS_UP = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇"] as const;
/** Where there is no width (a pipe, a file), a line of a terminal. */
const USUAL_WIDTH = 80;
/** A bar longer than this says no more than a shorter one. */
const LONGEST_BAR = 40;
/** What a bar leaves to its label and figures on a narrow screen. */
const BESIDE_BAR = 36;
const SHORTEST_BAR = 8;
/** Lines of a chart over time: enough to tell quiet days from busy ones. */
const HEIGHT = 4;

/** A line per bar, longest bar = greatest count: label, bar, count, share of `total`. */
export function barLines(bars: readonly Bar[], total: number, style: TableStyle): string[] {
  const most = Math.max(...bars.map(({ count }) => count), 0);
  const width = style.width ?? USUAL_WIDTH;
  const cells = Math.min(LONGEST_BAR, Math.max(SHORTEST_BAR, width - BESIDE_BAR));
  const columns: readonly TableColumn<Bar>[] = [
    { title: "", cell: ({ label }) => label, shrinkTo: 6 },
    { title: "", cell: ({ count }) => barOf(count, most, cells).padEnd(cells) },
    { title: "", cell: ({ count }) => count, align: "right" },
    { title: "", cell: ({ count }) => percent(count, total), align: "right", isOptional: true },
  ];
  const { line } = layOut(columns, bars, style);
  return bars.map((bar) => line(bar));
}

/**
 * Counts in order of time as standing columns, under them the first and last label. More points than
 * cells are summed up, several to a column, so that nothing is left out.
 *
 * @returns no lines when there is nothing to show
 */
export function timeLines(points: readonly Bar[], style: Pick<TableStyle, "width">): string[] {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.every(({ count }) => count === 0))
    return [];
  const axis = (most: number): number => String(most).length + 1;
  const room =
    (style.width ?? USUAL_WIDTH) - axis(points.reduce((sum, { count }) => sum + count, 0));
  const perColumn = Math.max(1, Math.ceil(points.length / Math.max(1, room)));
  const sums = Array.from({ length: Math.ceil(points.length / perColumn) }, (_, column) =>
    points
      .slice(column * perColumn, (column + 1) * perColumn)
      .reduce((sum, { count }) => sum + count, 0),
  );
  const most = Math.max(...sums);
  const gutter = axis(most);
  const lines = Array.from({ length: HEIGHT }, (_, fromTop) => {
    const floor = (HEIGHT - 1 - fromTop) * 8;
    const label = fromTop === 0 ? String(most) : fromTop === HEIGHT - 1 ? "0" : "";
    const columns = sums.map((sum) => pieceAbove(floor, eighths(sum, most, HEIGHT)));
    return `${label.padStart(gutter - 1)} ${columns.join("")}`.trimEnd();
  });
  const between = sums.length - first.label.length - last.label.length;
  const ends = between > 0 ? `${first.label}${" ".repeat(between)}${last.label}` : first.label;
  return [...lines, `${" ".repeat(gutter)}${ends}`];
}

function barOf(count: number, most: number, cells: number): string {
  const length = eighths(count, most, cells);
  return FULL.repeat(Math.floor(length / 8)) + (PARTS_ACROSS[length % 8] ?? "");
}

/** In eighths of a cell; whatever is more than nothing shows. */
function eighths(count: number, most: number, cells: number): number {
  if (count <= 0 || most <= 0) return 0;
  return Math.max(1, Math.round((count / most) * cells * 8));
}

function pieceAbove(floor: number, length: number): string {
  const above = length - floor;
  return above >= 8 ? FULL : (PARTS_UP[Math.max(0, above)] ?? " ");
}

function percent(count: number, total: number): string {
  return total === 0 ? "" : `${Math.round((count / total) * 100)}%`;
}
