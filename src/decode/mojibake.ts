/**
 * Undoes double encoding: UTF-8 that somebody read as windows-1256 ("ط§ظ„ط®ط¨ط±") or windows-1252
 * ("Ø§Ù„Ø®Ø¨Ø±") and saved again as UTF-8. Both readings keep every byte, so writing the characters
 * back in that code page and reading the bytes as UTF-8 restores the text exactly.
 *
 * Invariant: text changes only where the damage is certain. Arabic words never contain a run like
 * ط§ظ„ط, so a page counts as damaged only when such runs are many, and then only the runs change:
 * a template in sound UTF-8 around a damaged article stays as it is.
 */

import { readAs } from "./single-byte.ts";

type MisreadAs = "windows-1256" | "windows-1252";

/** "ال", which no Arabic text goes without, as each misreading spells it: a cheap first look. */
const SIGNS: readonly (readonly [MisreadAs, string])[] = [
  ["windows-1256", "ط§ظ„"],
  ["windows-1252", "Ø§Ù„"],
  ["windows-1252", "Ø§Ù\u0084"],
];

/** Fewer damaged words than this may be a quotation about encodings; a damaged page has hundreds. */
const MIN_RUNS = 5;

/** The repaired text, or null when there is nothing certain to repair. */
export function undoMojibake(text: string): string | null {
  for (const [misreadAs, sign] of SIGNS) {
    if (!text.includes(sign)) continue;
    const table = tableOf(misreadAs);
    if ((text.match(table.longRun)?.length ?? 0) < MIN_RUNS) continue;
    return text.replace(table.run, (run) => restored(run, table.byteOf));
  }
  return null;
}

interface CodePageTable {
  readonly byteOf: ReadonlyMap<string, number>;
  /** Three misread letters on end: proof. */
  readonly longRun: RegExp;
  /** What is rewritten once there is proof: any run of misread sequences. */
  readonly run: RegExp;
}

const tables = new Map<MisreadAs, CodePageTable>();

function tableOf(name: MisreadAs): CodePageTable {
  const known = tables.get(name);
  if (known !== undefined) return known;
  // Programs that took Latin-1 for windows-1252 left control characters where 1252 has quotes.
  const spellings = Array.from({ length: 128 }, (_, at) => {
    const char = readAs(name, Uint8Array.of(at + 128));
    return name === "windows-1252" && at < 32 ? char + String.fromCharCode(at + 128) : char;
  });
  const between = (from: number, to: number): string =>
    `[${spellings.slice(from - 128, to - 127).join("")}]`;
  const tail = between(0x80, 0xbf);
  const arabic = `${between(0xd8, 0xdb)}${tail}`; // U+0600–U+06FF
  const latin1 = `${between(0xc2, 0xc2)}${between(0xa0, 0xbf)}`; // « » and the hard space
  const punctuation = `${between(0xe2, 0xe2)}${between(0x80, 0x82)}${tail}`; // U+2000–U+20BF
  const forms = `${between(0xef, 0xef)}${between(0xac, 0xbf)}${tail}`; // U+FB00–U+FFFF
  const table = {
    byteOf: new Map(
      spellings.flatMap((chars, at) => Array.from(chars, (char) => [char, at + 128])),
    ),
    longRun: new RegExp(`(?:${arabic}){3}`, "g"),
    run: new RegExp(`(?:${arabic}|${latin1}|${punctuation}|${forms})+`, "g"),
  };
  tables.set(name, table);
  return table;
}

/** Punctuation that stands right after an Arabic letter in sound text too ("النفط،"). */
const SOUND_AFTER_LETTER = /^[طظعغ][\s،؛؟«»…–—“”‘’•]$/u;

function restored(run: string, byteOf: ReadonlyMap<string, number>): string {
  if (SOUND_AFTER_LETTER.test(run)) return run;
  const bytes = Buffer.from(Array.from(run, (char) => byteOf.get(char) ?? 0));
  const text = bytes.toString("utf8");
  return text.includes("\ufffd") ? run : text;
}
