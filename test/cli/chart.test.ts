import { expect, test } from "vitest";
import { barLines, timeLines } from "../../src/cli/chart.ts";
import { displayWidth } from "../../src/text/index.ts";

const style = (width: number | null) => ({ width, color: false });

test("the longest bar is the greatest count, and whatever is there shows", () => {
  const bars = [
    { label: "almarsad", count: 800 },
    { label: "lana", count: 400 },
    { label: "ean", count: 1 },
    { label: "none", count: 0 },
  ];
  expect(barLines(bars, 1201, style(52))).toEqual([
    "almarsad  ████████████████  800  67%",
    "lana      ████████          400  33%",
    "ean       ▏                   1   0%",
    "none                          0   0%",
  ]);
});

const MIXED = [
  { label: "محلي وأخبار المدن والبلديات في الجنوب الليبي كله", count: 12_345 },
  { label: "sport", count: 7 },
  { label: "\u202Eevil\x1b[31m", count: 3 },
];

test.each([24, 40, 80, 200])(
  "%d cells hold bars with labels of both directions, harmless",
  (width) => {
    for (const line of barLines(MIXED, 12_355, style(width))) {
      expect(displayWidth(line)).toBeLessThanOrEqual(width);
      expect(line.includes("\x1b") || line.includes("\u202E")).toBe(false);
      // An Arabic label is closed in, so that bar and figures stay on its right.
      if (/\p{Script=Arabic}/u.test(line)) expect(line).toMatch(/^\u2068[^\u2069]*\u2069/u);
    }
  },
);

const days = (counts: readonly number[]) =>
  counts.map((count, index) => ({
    label: new Date(Date.UTC(2024, 0, 1 + index)).toISOString().slice(0, 10),
    count,
  }));

test("days stand as columns over the first and the last", () => {
  const counts = [...Array.from({ length: 30 }, (_, index) => index % 9), 32];
  expect(timeLines(days(counts), { width: 80 })).toEqual([
    "32                               █",
    "                                 █",
    "                                 █",
    " 0  ▁▂▃▄▅▆▇█ ▁▂▃▄▅▆▇█ ▁▂▃▄▅▆▇█ ▁▂█",
    "   2024-01-01           2024-01-31",
  ]);
});

test.each([20, 80, 200])("two years of days fit %d cells, none left out", (width) => {
  const counts = Array.from({ length: 730 }, () => 1);
  const lines = timeLines(days(counts), { width });
  for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
  expect(lines).toHaveLength(5);
});

test.each([
  ["no days", []],
  ["days without anything", days([0, 0, 0])],
])("of %s there is no chart", (_, points) => {
  expect(timeLines(points, { width: 80 })).toEqual([]);
});
