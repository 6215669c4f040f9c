/**
 * Text of strangers on our terminal: nothing in it may move the cursor, change colours, retitle the window or
 * turn the line around; and columns must line up whatever mix of scripts they hold.
 *
 * `util.stripVTControlCharacters` leaves the C1 and bidi controls in; these functions leave none.
 */

// CSI, OSC/DCS/SOS/PM/APC with their end (or to the end of the text), and two-character escapes.
const ESCAPE_SEQUENCES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the purpose
  /(?:\x1B\[|\x9B)[\x30-\x3F]*[\x20-\x2F]*[\x40-\x7E]|(?:\x1B[\]PX^_]|[\x90\x98\x9D-\x9F])[^\x07\x1B\x9C]*(?:\x07|\x1B\\|\x9C)?|\x1B[\x20-\x2F]*[\x30-\x7E]?/g;
const LINE_SPACES = /[\t\n\v\f\r\x85\u2028\u2029]+/g;
const CONTROLS =
  /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u206A-\u206F\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;
const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";
const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}\u1160-\u11FF]$/u;
const SIMPLE = /^[\x20-\x7E\u00A1-\u02FF\u0370-\u0482\u0621-\u064A\u0660-\u0669]*$/;
const ELLIPSIS = "…";

// Blocks every terminal draws two columns wide: East Asian Wide and Fullwidth, and emoji (UAX #11).
const WIDE_RANGES: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x23e9, 0x23ec],
  [0x2614, 0x2615],
  [0x2648, 0x2653],
  [0x26a1, 0x26a1],
  [0x26bd, 0x26be],
  [0x2705, 0x2705],
  [0x274c, 0x274c],
  [0x2753, 0x2755],
  [0x2795, 0x2797],
  [0x2b50, 0x2b50],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18cff],
  [0x1b000, 0x1b2ff],
  [0x1f1e6, 0x1f1ff],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f7e0, 0x1f7eb],
  [0x1f900, 0x1faff],
  [0x20000, 0x3fffd],
];

/** The text as one safe line: no escapes, no controls, no bidi tricks; line breaks become spaces. */
export function forTerminal(text: string): string {
  return text.replace(ESCAPE_SEQUENCES, "").replace(LINE_SPACES, " ").replace(CONTROLS, "");
}

/** Wraps a column so that its direction cannot spill into its neighbours. Costs no width. */
export function isolate(text: string): string {
  return `${FIRST_STRONG_ISOLATE}${text}${POP_ISOLATE}`;
}

/** Columns a terminal needs for the text: marks and controls 0, wide East Asian and emoji 2, else 1. */
export function displayWidth(text: string): number {
  if (SIMPLE.test(text)) {
    return text.length;
  }
  let width = 0;
  for (const character of text) {
    width += characterWidth(character);
  }
  return width;
}

/** The longest start of `text` that fits in `width` columns, with `…` as its last column when cut. */
export function truncateToWidth(text: string, width: number): string {
  if (displayWidth(text) <= width) {
    return text;
  }
  if (width < 1) {
    return "";
  }
  let used = 1;
  let kept = "";
  for (const character of text) {
    const columns = characterWidth(character);
    if (used + columns > width) {
      break;
    }
    used += columns;
    kept += character;
  }
  return kept.trimEnd() + ELLIPSIS;
}

function characterWidth(character: string): number {
  if (ZERO_WIDTH.test(character)) {
    return 0;
  }
  const point = character.codePointAt(0) ?? 0;
  return WIDE_RANGES.some(([first, last]) => point >= first && point <= last) ? 2 : 1;
}
