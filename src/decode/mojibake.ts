/**
 * Undoes double encoding: UTF-8 that somebody read as windows-1256 ("ط§ظ„ط®ط¨ط±") or windows-1252
 * ("Ø§Ù„Ø®Ø¨Ø±") and saved again as UTF-8. Both readings keep every byte, so writing the characters
 * back in that code page and reading the bytes as UTF-8 restores the text exactly.
 *
 * Invariant: text changes only where the damage is certain. Arabic words never contain a run like
 * ط§ظ„ط, so a page counts as damaged only when such runs are many, and then only the runs change:
 * a template in sound UTF-8 around a damaged article stays as it is.
 */

export type MojibakeOf = "windows-1256" | "windows-1252";

export interface Repair {
  readonly text: string;
  readonly readAs: MojibakeOf;
}

/** "ال", which no Arabic text goes without, as each misreading spells it: a cheap first look. */
const SIGNS: readonly (readonly [MojibakeOf, string])[] = [
  ["windows-1256", "ط§ظ„"],
  ["windows-1252", "Ø§Ù„"],
];

/** Fewer damaged words than this may be a quotation about encodings; a damaged page has hundreds. */
const MIN_RUNS = 5;

/** The repaired text, or null when there is nothing certain to repair. */
export function undoMojibake(text: string): Repair | null {
  for (const [readAs, sign] of SIGNS) {
    if (!text.includes(sign)) continue;
    const table = tableOf(readAs);
    if ((text.match(table.longRun)?.length ?? 0) < MIN_RUNS) continue;
    return { text: text.replace(table.run, (run) => restored(run, table.byteOf)), readAs };
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

const tables = new Map<MojibakeOf, CodePageTable>();

function tableOf(name: MojibakeOf): CodePageTable {
  const known = tables.get(name);
  if (known !== undefined) return known;
  const decoder = new TextDecoder(name);
  const chars = Array.from({ length: 128 }, (_, at) => decoder.decode(Uint8Array.of(at + 128)));
  const between = (from: number, to: number): string =>
    `[${chars
      .slice(from - 128, to - 127)
      .join("")
      .replace(/[\]\\^-]/g, "\\$&")}]`;
  const tail = between(0x80, 0xbf);
  const arabic = `${between(0xd8, 0xdb)}${tail}`; // U+0600–U+06FF in UTF-8
  const any = `(?:${between(0xc2, 0xdf)}${tail}|${between(0xe1, 0xef)}${tail}{2}|${between(0xf0, 0xf4)}${tail}{3})`;
  const table = {
    byteOf: new Map(chars.map((char, at) => [char, at + 128])),
    longRun: new RegExp(`(?:${arabic}){3}`, "g"),
    run: new RegExp(`${any}+`, "g"),
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
