/**
 * Columns that line up, whatever mix of scripts they hold. Text in, lines out: no stream, no
 * terminal. Every cell is made harmless (escapes, bidi controls) and, where it holds right-to-left
 * letters, isolated, so that its direction cannot reorder its neighbours.
 */
import { displayWidth, forTerminal, isolate, truncateToWidth } from "../text/index.ts";

/** Ranges [start, end) of a text that are to stand out. */
export type Marks = readonly (readonly [start: number, end: number])[];

export interface Cell {
  readonly text: string;
  readonly marks?: Marks;
}

export interface TableColumn<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string | number | Cell | null;
  readonly align?: "right";
  /** May be cut with `…` down to this many cells on a narrow screen; absent: never cut. */
  readonly shrinkTo?: number;
  /** On lines of its own under the row, whole, when the screen is too narrow for all columns whole. */
  readonly isBelow?: boolean;
  /** Left out when the screen is too narrow even for the shrunk columns. */
  readonly isOptional?: boolean;
}

export interface TableStyle {
  /** Cells per line; null for as wide as it gets. */
  readonly width: number | null;
  readonly color: boolean;
}

/** A laid-out table: its header and how each row becomes one line, or more with a column below. */
export interface Table<Row> {
  readonly header: string;
  readonly line: (row: Row) => string;
}

/** What stands under a row stands further in. */
export const INDENT = "    ";

const GAP = "  ";
const MARK_ON = "\x1b[1;33m";
const DIM_ON = "\x1b[2m";
const OFF = "\x1b[0m";
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** Decides the columns' widths from the rows at hand; later rows are cut to them. */
export function layOut<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
  style: TableStyle,
): Table<Row> {
  const natural = columns.map(({ title, cell }) =>
    rows.reduce(
      (most, row) => Math.max(most, styledText(cellOf(cell(row)), null, style.color).width),
      displayWidth(title),
    ),
  );
  const below = columns.filter(({ isBelow }) => isBelow === true);
  if (below.length > 0 && style.width !== null && widthOf(natural) > style.width) {
    return withLinesBelow(columns, below, rows, style);
  }
  const { kept, widths } = fitColumns(columns, natural, style.width);
  const place = (column: TableColumn<Row>, index: number, cell: Cell, isLast: boolean): string => {
    const width = widths[index] ?? 0;
    const free = column.shrinkTo === undefined && style.width === null;
    const text = styledText(cell, free ? null : width, style.color);
    const padding = " ".repeat(Math.max(0, width - text.width));
    if (column.align === "right") return padding + text.styled;
    return isLast ? text.styled : text.styled + padding;
  };
  const join = (cells: readonly Cell[]): string =>
    kept
      .map((column, index) =>
        place(column, index, cells[index] ?? { text: "" }, index === kept.length - 1),
      )
      .join(GAP);
  const header = join(kept.map(({ title }) => ({ text: title })));
  return {
    header: style.color ? `${DIM_ON}${header}${OFF}` : header,
    line: (row) => join(kept.map(({ cell }) => cellOf(cell(row)))),
  };
}

function withLinesBelow<Row>(
  columns: readonly TableColumn<Row>[],
  below: readonly TableColumn<Row>[],
  rows: readonly Row[],
  style: TableStyle,
): Table<Row> {
  const room = (style.width ?? Number.POSITIVE_INFINITY) - INDENT.length;
  const rest = layOut(
    columns.filter((column) => !below.includes(column)),
    rows,
    style,
  );
  const under = (row: Row): readonly string[] =>
    below.flatMap(({ cell }) => wrapped(cellOf(cell(row)).text, room));
  return {
    header: rest.header,
    line: (row) => [rest.line(row), ...under(row).map((line) => INDENT + line)].join("\n"),
  };
}

/** A text in lines of at most so many cells, broken between words; each keeps its direction to itself. */
export function wrapped(text: string, width: number): readonly string[] {
  const isRtl = RIGHT_TO_LEFT.test(text);
  const lines: string[] = [];
  for (const word of forTerminal(text).split(" ").filter(Boolean)) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && displayWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(truncateToWidth(word, width));
  }
  return lines.map((line) => (isRtl ? isolate(line) : line));
}

function widthOf(cells: readonly number[]): number {
  return cells.reduce((sum, one) => sum + one, 0) + GAP.length * (cells.length - 1);
}

/** One text cut to a width (null: whole), its marks in colour, or in « » without colour. */
export function styledText(
  { text, marks = [] }: Cell,
  width: number | null,
  color: boolean,
): { readonly styled: string; readonly width: number } {
  const isRtl = RIGHT_TO_LEFT.test(text);
  let styled = "";
  let used = 0;
  const total = piecesOf(text, marks, color).reduce(
    (sum, { plain }) => sum + displayWidth(plain),
    0,
  );
  const limit = width === null || total <= width ? Number.POSITIVE_INFINITY : Math.max(0, width);
  for (const { plain, isMarked } of piecesOf(text, marks, color)) {
    if (used >= limit) break;
    // One cell stays free for the … that says that more was there.
    const room = limit - used;
    const next = displayWidth(plain) < room ? plain : truncateToWidth(`${plain} `, room);
    styled += isMarked && color ? `${MARK_ON}${next}${OFF}` : next;
    used += displayWidth(next);
    if (next !== plain) break;
  }
  return { styled: isRtl ? isolate(styled) : styled, width: used };
}

interface Piece {
  readonly plain: string;
  readonly isMarked: boolean;
}

function piecesOf(text: string, marks: Marks, color: boolean): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const [start, end] of marks) {
    if (start < from || end <= start) continue;
    pieces.push({ plain: forTerminal(text.slice(from, start)), isMarked: false });
    const word = forTerminal(text.slice(start, end));
    pieces.push({ plain: color ? word : `«${word}»`, isMarked: true });
    from = end;
  }
  pieces.push({ plain: forTerminal(text.slice(from)), isMarked: false });
  return pieces.filter(({ plain }) => plain !== "");
}

function cellOf(value: string | number | Cell | null): Cell {
  if (value === null) return { text: "" };
  return typeof value === "object" ? value : { text: String(value) };
}

/** Shrinks the widest shrinkable column, cell by cell; then leaves out optional ones from the right. */
function fitColumns<Row>(
  columns: readonly TableColumn<Row>[],
  natural: readonly number[],
  width: number | null,
): { readonly kept: readonly TableColumn<Row>[]; readonly widths: readonly number[] } {
  if (width === null) return { kept: columns, widths: natural };
  const widths = [...natural];
  const floors = columns.map(({ shrinkTo }, index) =>
    Math.min(natural[index] ?? 0, shrinkTo ?? Number.POSITIVE_INFINITY),
  );
  let excess = widthOf(widths) - width;
  while (excess > 0) {
    let widest = -1;
    for (const [index, cells] of widths.entries()) {
      const canShrink = cells > (floors[index] ?? 0);
      if (canShrink && (widest < 0 || cells > (widths[widest] ?? 0))) widest = index;
    }
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess--;
  }
  const dropped = excess > 0 ? columns.findLastIndex(({ isOptional }) => isOptional === true) : -1;
  if (dropped < 0) return { kept: columns, widths };
  const without = <T>(items: readonly T[]): readonly T[] =>
    items.filter((_, index) => index !== dropped);
  return fitColumns(without(columns), without(natural), width);
}
