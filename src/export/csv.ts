/**
 * CSV after RFC 4180 that a spreadsheet cannot be tricked with: CRLF line ends, quotes doubled, and
 * a cell that a spreadsheet would take for a formula gets a leading apostrophe (OWASP "CSV
 * Injection"). Lists of texts are joined with `; `, other structures are JSON in the cell.
 */

export type CellValue = unknown;

const FORMULA_START = /^[=+\-@\t\r]/u;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/u;
/** Excel takes CSV for the local 8-bit encoding unless the file begins with this. */
export const UTF8_BOM = "\uFEFF";

/** One record, with its line end. */
export function csvLine(values: readonly CellValue[]): string {
  return `${values.map(csvCell).join(",")}\r\n`;
}

function csvCell(value: CellValue): string {
  const text = plainText(value);
  // A number cannot be a formula, and "-5" must stay a number.
  const isSafe = typeof value === "number" || typeof value === "bigint";
  const safe = !isSafe && FORMULA_START.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A value as one text: nothing for null, `; ` between texts of a list, else JSON. */
export function plainText(value: CellValue): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) {
    return value.join("; ");
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
