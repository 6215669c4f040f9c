/**
 * CSV after RFC 4180 that a spreadsheet cannot be tricked with: CRLF line ends, quotes doubled, and
 * a cell that a spreadsheet would take for a formula gets a leading apostrophe (OWASP "CSV
 * Injection"). Lists of texts are joined with `; `, other structures are JSON in the cell.
 */

export type CellValue = unknown;

const FORMULA_START = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/u;
// Spreadsheets of half of Europe and North Africa part cells at semicolons.
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/u;

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
