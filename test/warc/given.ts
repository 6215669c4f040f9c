/** WARC files as different crawlers write them, made byte by byte: only what a test is about differs. */
import { brotliCompressSync, gzipSync } from "node:zlib";
import type { WarcItem } from "../../src/warc/index.ts";
import { readWarc } from "../../src/warc/index.ts";

export const AT = "2014-03-05T10:20:30Z";

export interface GivenRecord {
  readonly type?: string;
  readonly url?: string | null;
  readonly at?: string | null;
  readonly block?: Uint8Array | string;
  /** What the record says; null: nothing. @default its true length */
  readonly length?: number | null;
  readonly fields?: readonly string[];
}

export function record(given: GivenRecord = {}): Buffer {
  const { type = "response", url = "http://dead.example/2014/a", at = AT, fields = [] } = given;
  const block = Buffer.from(given.block ?? http());
  const length = given.length === undefined ? block.length : given.length;
  const lines = [
    "WARC/1.0",
    `WARC-Type: ${type}`,
    ...(url === null ? [] : [`WARC-Target-URI: ${url}`]),
    ...(at === null ? [] : [`WARC-Date: ${at}`]),
    "WARC-Record-ID: <urn:uuid:00000000-0000-8000-8000-000000000000>",
    ...fields,
    ...(length === null ? [] : [`Content-Length: ${length}`]),
  ];
  return Buffer.concat([
    Buffer.from(`${lines.join("\r\n")}\r\n\r\n`),
    block,
    Buffer.from("\r\n\r\n"),
  ]);
}

export function http(
  body: Uint8Array | string = page("خبر"),
  headers: readonly string[] = ["Content-Type: text/html; charset=utf-8"],
  status = "200 OK",
): Buffer {
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 ${status}\r\n${headers.join("\r\n")}\r\n\r\n`),
    Buffer.from(body),
  ]);
}

export function chunked(body: Uint8Array | string, size = 100): Buffer {
  const bytes = Buffer.from(body);
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size);
    parts.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n"));
  }
  return Buffer.concat([...parts, Buffer.from("0\r\n\r\n")]);
}

/** An article that any extractor would take for one. */
export function page(title: string, body = paragraphs(title)): string {
  return (
    `<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>${title}</title>` +
    `<meta property="og:type" content="article">` +
    `<meta property="article:published_time" content="2014-03-05T08:00:00+02:00"></head>` +
    `<body><article><h1>${title}</h1>${body}</article></body></html>`
  );
}

export function paragraphs(word: string): string {
  const sentence = `قال المتحدث باسم المجلس البلدي في مصراتة إن ${word} سيبدأ العمل فيه صباح الأحد المقبل بعد صيانة الطريق والميناء.`;
  return Array.from({ length: 4 }, (_, index) => `<p>${sentence} الفقرة ${index}.</p>`).join("");
}

export const packed = (...records: readonly Buffer[]): Buffer =>
  Buffer.concat(records.map((one) => gzipSync(one)));
export const brotli = (text: string): Buffer => brotliCompressSync(Buffer.from(text));

/** All items of a file that comes in pieces of this size. */
export async function itemsOf(
  bytes: Buffer,
  pieceBytes = 1_000,
  options: Parameters<typeof readWarc>[1] = {},
): Promise<WarcItem[]> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  }
  const items: WarcItem[] = [];
  for await (const item of readWarc(pieces(), options)) items.push(item);
  return items;
}

/** `response@0 http://…`, `damage@640` */
export function inShort(item: WarcItem): string {
  if (item.kind === "damage") return `damage@${item.offset}: ${item.detail}`;
  return `${item.head.type}@${item.offset} ${item.block.length}`;
}
