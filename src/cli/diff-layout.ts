/**
 * A diff as lines for a terminal: inline, unified, or side by side. Text in, lines out. Each piece of
 * an outlet's text is made harmless and isolated, so that in a right-to-left line the marks stay around
 * their words and the columns where they are.
 */
import { type DiffRow, diffRows } from "../export/index.ts";
import { type Change, displayWidth, forTerminal, isolate } from "../text/index.ts";

export type DiffLayout = "inline" | "unified" | "side-by-side";

export interface LayoutStyle {
  readonly color: boolean;
  /** Cells per line; null for a pipe, which has no width. */
  readonly width: number | null;
}

/** Two columns of a page in a pipe: as wide as a line of prose reads well. */
const PIPE_WIDTH = 160;
/** Narrower columns hold no word. */
const MIN_COLUMN = 18;
const GAP = " │ ";
const INDENT = "  ";

const MARK = {
  plain: { removed: ["[-", "-]"], added: ["{+", "+}"] },
  color: { removed: ["\x1b[9;31m", "\x1b[0m"], added: ["\x1b[32m", "\x1b[0m"] },
} as const;

/** The lines of one field's changes; paragraphs that did not change are counted. */
export function layOutDiff(
  changes: readonly Change[],
  layout: DiffLayout,
  style: LayoutStyle,
): readonly string[] {
  const lines: string[] = [];
  let unchanged = 0;
  const flush = (): void => {
    if (unchanged > 0) lines.push(`${INDENT}(${unchanged} unchanged)`);
    unchanged = 0;
  };
  const linesOf = { inline: inlineLines, unified: unifiedLines, "side-by-side": sideLines }[layout];
  for (const row of layout === "inline" ? inlineRows(changes) : diffRows(changes)) {
    if (!row.isChanged) {
      unchanged++;
      continue;
    }
    flush();
    lines.push(...linesOf(row, style));
  }
  flush();
  return lines;
}

/** One paragraph a row, with what went and what came in their places. */
function inlineRows(changes: readonly Change[]): readonly DiffRow[] {
  const rows: Change[][] = [[]];
  for (const { kind, text } of changes) {
    for (const [index, part] of text.split(/\n+/u).entries()) {
      if (index > 0) rows.push([]);
      if (part !== "") rows.at(-1)?.push({ kind, text: part });
    }
  }
  return rows
    .filter((pieces) => pieces.some(({ text }) => text.trim() !== ""))
    .map((pieces) => ({
      before: pieces,
      after: null,
      isChanged: pieces.some(({ kind }) => kind !== "same"),
    }));
}

function inlineLines({ before }: DiffRow, { color }: LayoutStyle): readonly string[] {
  return [
    `${INDENT}${(before ?? [])
      .map((piece) => marked(piece, color))
      .join("")
      .trim()}`,
  ];
}

function unifiedLines({ before, after }: DiffRow, { color }: LayoutStyle): readonly string[] {
  const line = (sign: string, pieces: readonly Change[] | null): readonly string[] =>
    pieces === null ? [] : [`${sign}${isolate(pieces.map((one) => marked(one, color)).join(""))}`];
  return [...line("-", before), ...line("+", after)];
}

function sideLines({ before, after }: DiffRow, { color, width }: LayoutStyle): readonly string[] {
  const room = Math.max(MIN_COLUMN, Math.floor(((width ?? PIPE_WIDTH) - GAP.length) / 2));
  const left = wrap(before ?? [], room, color);
  const right = wrap(after ?? [], room, color);
  return Array.from({ length: Math.max(left.length, right.length) }, (_, at) => {
    const cell = left[at] ?? { text: "", width: 0 };
    const other = right[at]?.text ?? "";
    return `${isolate(cell.text)}${" ".repeat(room - cell.width)}${GAP}${isolate(other)}`;
  });
}

interface Line {
  readonly text: string;
  readonly width: number;
}

/** Breaks at blanks, and inside what is longer than a line; marks are opened and closed on each line. */
function wrap(pieces: readonly Change[], room: number, color: boolean): readonly Line[] {
  const lines: Line[] = [];
  let line: Change[] = [];
  const widthOf = (all: readonly Change[]): number =>
    all.reduce((sum, piece) => sum + displayWidth(marked(piece, false, !color)), 0);
  const end = (): void => {
    const trimmed = line.map((piece, at) =>
      at === line.length - 1 ? { ...piece, text: piece.text.trimEnd() } : piece,
    );
    const kept = trimmed.filter(({ text }) => text !== "");
    const text = kept.map((piece) => marked(piece, color)).join("");
    if (kept.length > 0) lines.push({ text, width: widthOf(kept) });
    line = [];
  };
  for (const { kind, text } of pieces) {
    for (const word of wordsFitting(forTerminal(text), room)) {
      const next = joined(line, { kind, text: word });
      if (widthOf(trimEnd(next)) > room && line.length > 0) {
        end();
        line = [{ kind, text: word.trimStart() }];
      } else {
        line = next;
      }
    }
  }
  end();
  return lines;
}

/** Words with the blank behind them; those longer than half a line in pieces. */
function wordsFitting(text: string, room: number): readonly string[] {
  const most = Math.max(4, Math.floor(room / 2));
  return [...text.matchAll(/\S+\s*|\s+/gu)].flatMap(([word]) => {
    if (displayWidth(word) <= most) return [word];
    const parts: string[] = [];
    let part = "";
    for (const character of word) {
      if (displayWidth(part + character) > most) {
        parts.push(part);
        part = "";
      }
      part += character;
    }
    return [...parts, part];
  });
}

function joined(line: readonly Change[], piece: Change): Change[] {
  const last = line.at(-1);
  if (last?.kind !== piece.kind) return [...line, piece];
  return [...line.slice(0, -1), { kind: piece.kind, text: last.text + piece.text }];
}

function trimEnd(line: readonly Change[]): readonly Change[] {
  return line.map((piece, at) =>
    at === line.length - 1 ? { ...piece, text: piece.text.trimEnd() } : piece,
  );
}

/** @param withSigns - without colour and signs it is as wide as with colour */
function marked({ kind, text }: Change, color: boolean, withSigns = true): string {
  const safe = forTerminal(text);
  if (kind === "same" || !withSigns) return safe;
  const [open, close] = MARK[color ? "color" : "plain"][kind];
  return color ? `${open}${isolate(safe)}${close}` : `${open}${isolate(safe)}${close}`;
}
