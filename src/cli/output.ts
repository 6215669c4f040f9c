/**
 * How results are printed: one way for every listing command, as a table, JSON, JSON lines or CSV.
 *
 * Rows are printed as they arrive and the next is asked for only when stdout has taken the last, so
 * memory stays flat and `| head` ends the work. The table is the default in a pipe too (as with
 * kubectl and ps): a pipe has no width, so there nothing is cut unless COLUMNS says so.
 */
import { WarraqError } from "../errors.ts";
import { csvLine, plainText } from "../export/index.ts";
import { forTerminal } from "../text/index.ts";
import type { Context } from "./command.ts";
import { formatOf, type OutputOptions } from "./options.ts";
import {
  type Cell,
  INDENT,
  layOut,
  styledText,
  type Table,
  type TableColumn,
  type TableStyle,
} from "./table.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** How one kind of row is shown. */
export interface Listing<Row> {
  /** Keys of `toJson`, in order; null when only the rows know them (`sql`). */
  readonly fields: readonly string[] | null;
  readonly toJson: (row: Row) => JsonObject;
  /** Other names `--fields` understands: the headings of the table. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Columns of the table; null for one per field. */
  readonly columns: readonly TableColumn<Row>[] | null;
  /** Lines under a row of the table: a snippet. */
  readonly details?: (row: Row) => readonly Cell[];
}

/** Rows that decide the widths of a table's columns; a stream's later rows are cut to them. */
const SAMPLE_ROWS = 500;

/**
 * Prints rows in the format the options name.
 *
 * @returns how many rows were printed
 * @throws {WarraqError} E_USAGE when --fields names a field there is not
 */
export async function printRows<Row>(
  context: Context,
  options: OutputOptions,
  listing: Listing<Row>,
  rows: AsyncIterable<Row> | Iterable<Row>,
): Promise<number> {
  const chosen = options.fields === undefined ? null : checkedFields(options.fields, listing);
  const pick = (row: Row): JsonObject => {
    const all = listing.toJson(row);
    return chosen === null
      ? all
      : Object.fromEntries(chosen.map((field) => [field, all[field] ?? null]));
  };
  const print = { json: printJson, jsonl: printJsonLines, csv: printCsv, table: printTable };
  const shown: Listing<Row> = {
    ...listing,
    toJson: pick,
    fields: chosen ?? listing.fields,
    columns: chosen === null ? listing.columns : null,
  };
  return print[formatOf(options)]({ context, listing: shown, rows: untilStopped(context, rows) });
}

/** One object of a command such as `show --json`, indented for people who read JSON. */
export async function printObject({ stdout }: Context, value: unknown): Promise<void> {
  await stdout(`${toJsonText(value, 2)}\n`);
}

/** One text of a person's language, cut to nothing, safe for a terminal. */
export function fieldLine(name: string, value: unknown, color: boolean): string {
  const { styled } = styledText({ text: plainText(value) }, null, color);
  const label = `${name}:`.padEnd(12);
  return `${color ? `\x1b[2m${label}\x1b[0m` : label}${styled}`;
}

interface Job<Row> {
  readonly context: Context;
  readonly listing: Listing<Row>;
  readonly rows: AsyncIterable<Row>;
}

async function printJson<Row>({ context, listing, rows }: Job<Row>): Promise<number> {
  let count = 0;
  for await (const row of rows) {
    await context.stdout(`${count === 0 ? "[\n" : ",\n"}${toJsonText(listing.toJson(row))}`);
    count++;
  }
  await context.stdout(count === 0 ? "[]\n" : "\n]\n");
  return count;
}

async function printJsonLines<Row>({ context, listing, rows }: Job<Row>): Promise<number> {
  let count = 0;
  for await (const row of rows) {
    await context.stdout(`${toJsonText(listing.toJson(row))}\n`);
    count++;
  }
  return count;
}

async function printCsv<Row>({ context, listing, rows }: Job<Row>): Promise<number> {
  let header = listing.fields;
  if (header !== null) await context.stdout(csvLine(header));
  let count = 0;
  for await (const row of rows) {
    const json = listing.toJson(row);
    if (header === null) {
      header = Object.keys(json);
      await context.stdout(csvLine(header));
    }
    const cells = header.map((field) => json[field]);
    // In a file every character counts; on a terminal none may act.
    await context.stdout(
      csvLine(context.isTty ? cells.map((cell) => forTerminal(plainText(cell))) : cells),
    );
    count++;
  }
  return count;
}

async function printTable<Row>({ context, listing, rows }: Job<Row>): Promise<number> {
  const { stdout, columns: width, color } = context;
  let table: Table<Row> | null = null;
  let waiting: Row[] = [];
  let count = 0;
  const flush = async (): Promise<void> => {
    const [first] = waiting;
    if (first === undefined) return;
    let text = "";
    if (table === null) {
      const fields = listing.fields ?? Object.keys(listing.toJson(first));
      const columns = listing.columns ?? columnsOf(listing, fields);
      table = layOut(columns, waiting, { width, color });
      text = `${table.header}\n`;
    }
    for (const row of waiting) text += rowText(table, listing, row, { width, color });
    waiting = [];
    await stdout(text);
  };
  for await (const row of rows) {
    waiting.push(row);
    count++;
    if (table !== null || waiting.length >= SAMPLE_ROWS) await flush();
  }
  await flush();
  return count;
}

function rowText<Row>(
  table: Table<Row>,
  { details }: Listing<Row>,
  row: Row,
  style: TableStyle,
): string {
  const room = style.width === null ? null : style.width - INDENT.length;
  const under = (details?.(row) ?? []).map(
    (detail) => `${INDENT}${styledText(detail, room, style.color).styled}\n`,
  );
  return `${table.line(row)}\n${under.join("")}`;
}

function columnsOf<Row>(
  { toJson }: Listing<Row>,
  fields: readonly string[],
): readonly TableColumn<Row>[] {
  return fields.map((field) => ({
    title: field,
    cell: (row) => plainText(toJson(row)[field]),
    shrinkTo: 8,
  }));
}

function checkedFields<Row>(
  typed: readonly string[],
  { fields: known, aliases = {} }: Listing<Row>,
): readonly string[] {
  const isAlias = (field: string): boolean =>
    known?.includes(field) === false && Object.hasOwn(aliases, field);
  const asked = typed.map((field) => (isAlias(field) ? (aliases[field] ?? field) : field));
  const wrong = known === null ? undefined : asked.find((field) => !known.includes(field));
  if (wrong !== undefined) {
    throw new WarraqError(
      "E_USAGE",
      `there is no field "${wrong}"; there are ${known?.join(", ")}`,
    );
  }
  return asked;
}

async function* untilStopped<Row>(
  { signal }: Context,
  rows: AsyncIterable<Row> | Iterable<Row>,
): AsyncGenerator<Row> {
  for await (const row of rows) {
    signal.throwIfAborted();
    yield row;
  }
}

// JSON.stringify escapes C0 only. DEL, C1 and direction controls may act on a terminal as well; as
// \u escapes they do not, and mean the same to every reader of JSON.
const UNESCAPED_CONTROLS = /[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** JSON that no terminal acts on; whole numbers beyond 2^53, as SQL has them, become texts. */
export function toJsonText(value: unknown, indent?: number): string {
  const big = (_: string, item: unknown): unknown =>
    typeof item === "bigint" ? String(item) : item;
  return JSON.stringify(value, big, indent).replace(
    UNESCAPED_CONTROLS,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
