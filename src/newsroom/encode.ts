/** Writing text as windows-1256 bytes, which Node can only read. */

const UNMAPPABLE = 0x3f; // "?"

let table: ReadonlyMap<string, number> | undefined;

/** @returns one byte per character; characters the code page lacks become `?` */
export function toWindows1256(text: string): Uint8Array {
  table ??= new Map(
    Array.from({ length: 256 }, (_, byte) => [
      new TextDecoder("windows-1256").decode(Uint8Array.of(byte)),
      byte,
    ]),
  );
  const bytes = table;
  return Uint8Array.from(text, (character) => bytes.get(character) ?? UNMAPPABLE);
}
