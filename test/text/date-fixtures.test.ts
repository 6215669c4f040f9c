/** The 57 date strings of the Libyan fact sheet, where that sheet lies beside the project. */
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { localToUtc, parseDate, utcToLocal } from "../../src/text/index.ts";

const TABLE = new URL("../../../shared/libya/data/date-fixtures.json", import.meta.url);
const timeZone = "Africa/Tripoli";
const now = localToUtc({ year: 2026, month: 6, day: 17, hour: 10 }, timeZone);

type Row = readonly [text: string, expected: string | null, seen: string];

const rows: readonly Row[] = existsSync(TABLE) ? JSON.parse(readFileSync(TABLE, "utf8")) : [];

if (rows.length === 0)
  test.skip(`the date strings: skipped, ${TABLE.pathname} is not on this machine`);

test.each(rows)("‹%s› means %s (%s)", (text, expected) => {
  const parsed = parseDate(text, { now, timeZone });
  if (expected === null || parsed === null) {
    expect(parsed).toBe(expected);
    return;
  }
  const local = utcToLocal(parsed.at, timeZone);
  const two = (value: number) => String(value).padStart(2, "0");
  const clock = `${local.year}-${two(local.month)}-${two(local.day)}T${two(local.hour)}:${two(local.minute)}:${two(local.second)}`;
  const wanted = expected.replace("~", "");
  expect(clock.startsWith(wanted), clock).toBe(true);
  expect(parsed.hasTime).toBe(wanted.length > 10);
});
