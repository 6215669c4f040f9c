/** Which columns of a record to export (`--fields`). Pure. */
import { WarraqError } from "../errors.ts";
import type { Column, Row } from "./columns.ts";

/**
 * The columns asked for, in the order they were asked for.
 *
 * @throws {WarraqError} E_USAGE naming the first that does not exist, or that is asked for twice
 */
export function pickColumns(
  columns: readonly Column[],
  asked: readonly string[] | undefined,
): readonly Column[] {
  if (asked === undefined) return columns;
  return asked.map((name, index) => {
    const column = columns.find((one) => one.name === name);
    if (column === undefined) {
      const known = columns.map((one) => one.name).join(", ");
      throw new WarraqError("E_USAGE", `there is no field "${name}"; there are ${known}`);
    }
    if (asked.indexOf(name) < index) {
      throw new WarraqError("E_USAGE", `the field "${name}" is named twice`);
    }
    return column;
  });
}

/** The record with these columns only, in this order. */
export function pickFields(row: Row, columns: readonly Column[]): Row {
  return Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? null]));
}
