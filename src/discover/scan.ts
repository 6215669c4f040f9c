/**
 * Runs htmlparser2 over a text in pieces and stops where tags nest beyond reason. The parser keeps
 * its open tags in an array it shifts, so a megabyte of nested tags costs a second and ten cost
 * minutes; what is real never nests deeper than some hundred.
 */
import { Parser, type ParserOptions } from "htmlparser2";

export interface ScanHandler {
  readonly onopentag: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly ontext: (piece: string) => void;
  readonly onclosetag: (name: string, isImplied: boolean) => void;
  /** Before the tags still open are closed: what is being read now, the file does not finish. */
  readonly beforeEnd?: () => void;
}

// Pages with hundreds of never-closed inline tags exist; thousands are an attack.
const MAX_DEPTH = 2_000;
// Small enough that one piece cannot nest far beyond the limit, large enough to cost nothing.
const PIECE_CHARS = 16_384;

/** @returns false when the rest was left unread because the tags nest too deeply */
export function scan(text: string, handler: ScanHandler, options: ParserOptions): boolean {
  let depth = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1;
        handler.onopentag(name, attributes);
      },
      ontext: handler.ontext,
      onclosetag(name, isImplied) {
        depth -= 1;
        handler.onclosetag(name, isImplied);
      },
    },
    options,
  );
  let at = 0;
  while (at < text.length && depth <= MAX_DEPTH) {
    parser.write(text.slice(at, at + PIECE_CHARS));
    at += PIECE_CHARS;
  }
  handler.beforeEnd?.();
  parser.end();
  return at >= text.length;
}
