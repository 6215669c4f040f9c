/**
 * Whether bytes that were taken for a page are another kind of file: servers send PDFs and pictures as
 * text/html, and people hand over the wrong file. Looks at the beginning only.
 */

/** How other kinds of file begin (WHATWG MIME Sniffing §6), as Latin-1. */
const STARTS = [
  ...["%PDF-", "%!PS-Adobe-", "\xFF\xD8\xFF", "\x89PNG\r\n", "GIF87a", "GIF89a", "RIFF"],
  ...["PK\x03\x04", "Rar!\x1A", "7z\xBC\xAF", "\x1F\x8B\x08", "OggS", "ID3", "\x1A\x45\xDF\xA3"],
];
/** MP4 and its kin have a length first. */
const MP4_MARK = "ftyp";
const MP4_MARK_OFFSET = 4;

/** JSON, unless a page follows what some script printed first. */
const JSON_START = /^\s*(?:\{\s*"|\[\s*[[{"])/;
const PAGE_START = /<(?:!doctype\s+html|html|head|body)[\s>]/i;
const ANY_MARKUP = /<[a-z!]/i;

const LOOK_AT_BYTES = 1024;
/** Bytes no text holds (§7.1): controls other than tab, line ends, form feed and escape. */
const isBinary = (byte: number): boolean =>
  byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d && byte !== 0x0b) && byte !== 0x1b;

/** True for what is surely no page. Empty is no kind at all: false. */
export function isOtherKind(body: Uint8Array): boolean {
  const head = Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, LOOK_AT_BYTES));
  const bytes = head.toString("latin1");
  if (STARTS.some((start) => bytes.startsWith(start))) return true;
  if (bytes.startsWith(MP4_MARK, MP4_MARK_OFFSET)) return true;
  const text = bytes.replaceAll("\0", "").replace(/^\xEF\xBB\xBF/, "");
  if (JSON_START.test(text)) return !PAGE_START.test(text);
  const isUtf16 = /^(?:\xFE\xFF|\xFF\xFE)/.test(bytes);
  return !isUtf16 && head.some(isBinary) && !ANY_MARKUP.test(text);
}
