/** Where the pages of `extract` come from: files, URLs, stdin, or a list of files. */
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { isOtherKind } from "../decode/index.ts";
import { fileTrouble, WarraqError } from "../errors.ts";
import type { Headers } from "../model.ts";
import type { Context } from "./command.ts";
import type { NetworkOptions } from "./run-options.ts";
import { readBytes } from "./stdin.ts";
import { userAgent } from "./user-agent.ts";

/** A page to be read: which file or URL, and what it is called in the output. */
export interface PageInput {
  /** A path, `-`, or an absolute URL. */
  readonly place: string;
  /** Where the page is from, when the place is a file and someone knows. */
  readonly url: string | null;
  readonly id: string | null;
}

/** The bytes of a page, with what came along. */
export interface Page {
  readonly url: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

const WARC_START = "WARC/";
/** What a page has at least one of, a piece of one too; text and source code may have `<` as well. */
const ELEMENT =
  /<(?:!doctype\s+html|html|head|body|title|meta|article|main|section|div|p|h[1-6]|span|table|ul|ol|a(?=\s)|br|img|frameset)[\s>/]/iu;

/** Pages above this are refused after unpacking, as from the network: a bomb must not fill the memory. */
const MAX_BYTES = 64 * 1024 * 1024;
const GZIP_MAGIC = [0x1f, 0x8b] as const;

/**
 * Reads a list as it comes: `{"file", "url", "id"}` or a plain path or URL on each line.
 *
 * @throws {WarraqError} E_INPUT naming file and line
 */
export async function* inputsFrom(context: Context, list: string): AsyncGenerator<PageInput> {
  const name = list === "-" ? "stdin" : list;
  let number = 0;
  for await (const line of linesOf(list === "-" ? context.stdin() : readFileChunks(list))) {
    number++;
    const text = line.trim().replace(/^\uFEFF/u, "");
    if (text.startsWith("{")) yield inputOf(text, `${name}:${number}`);
    else if (text !== "") yield { place: text, url: null, id: null };
  }
}

async function* readFileChunks(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file);
  } catch (error) {
    throw cannotRead(file, error as Error);
  }
}

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  yield rest + decoder.decode();
}

function inputOf(line: string, where: string): PageInput {
  let entry: unknown;
  try {
    entry = JSON.parse(line);
  } catch (cause) {
    throw new WarraqError("E_INPUT", `${where}: is not JSON: ${(cause as Error).message}`, {
      cause,
    });
  }
  const { file, url, id } = (typeof entry === "object" && entry !== null ? entry : {}) as Record<
    string,
    unknown
  >;
  if (typeof file !== "string" && typeof url !== "string") {
    throw new WarraqError("E_INPUT", `${where}: should have "file" or "url"`);
  }
  return {
    place: typeof file === "string" ? file : String(url),
    url: typeof url === "string" ? url : null,
    id: typeof id === "string" || typeof id === "number" ? String(id) : null,
  };
}

/**
 * Gets the bytes of one page.
 *
 * @throws {WarraqError} E_INPUT for a file that cannot be read, E_BAD_URL
 * @returns a sentence instead of a page when the network gave none, or the file is of another kind
 */
export async function getPage(
  context: Context,
  { place, url }: PageInput,
  options: NetworkOptions,
): Promise<Page | string> {
  if (/^https?:\/\//iu.test(place)) return fetchPage(context, place, options);
  if (url !== null && !URL.canParse(url)) {
    throw new WarraqError("E_BAD_URL", `${place}: "${url}" is not an absolute URL`);
  }
  const name = place === "-" ? "stdin" : place;
  try {
    const packed = place === "-" ? await readBytes(context.stdin()) : await readFile(place);
    const body = await unpacked(packed);
    const wrong = whyNoPage(body);
    if (wrong !== null) return `${name}: ${wrong}`;
    return {
      url: url ?? fileUrl(name),
      headers: [],
      body,
    };
  } catch (error) {
    throw cannotRead(name, error as Error);
  }
}

/** What the bytes are instead of a page of HTML; null when they may be one. */
function whyNoPage(body: Uint8Array): string | null {
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString("latin1");
  if (text.startsWith(WARC_START)) return "is a WARC, not a page: warraq import reads it";
  if (isOtherKind(body)) return "is no web page, but another kind of file";
  return body.length === 0 || ELEMENT.test(text.replaceAll("\0", ""))
    ? null
    : "is no web page: there is no HTML in it";
}

/** Without its folders: those say nothing of the page, and a section or date in them would be believed. */
function fileUrl(place: string): string {
  return new URL(encodeURIComponent(basename(place)), "file:///").href;
}

/** By the bytes, not by the name: `curl` saves gzip under any name. */
async function unpacked(bytes: Uint8Array): Promise<Uint8Array> {
  const isPacked = bytes[0] === GZIP_MAGIC[0] && bytes[1] === GZIP_MAGIC[1];
  return isPacked ? promisify(gunzip)(bytes, { maxOutputLength: MAX_BYTES }) : bytes;
}

async function fetchPage(
  context: Context,
  url: string,
  options: NetworkOptions,
): Promise<Page | string> {
  const { openFetcher } = await import("../fetch/index.ts");
  const { parseHttpUrl } = await import("../url/index.ts");
  const parsed = parseHttpUrl(url);
  if (parsed === null) throw new WarraqError("E_BAD_URL", `"${url}" is not an http(s) URL`);
  const fetcher = openFetcher({
    userAgent: userAgent(options, context.env),
    allowPrivate: options.allowPrivate === true,
    now: context.now,
  });
  try {
    const request = { url: parsed.href, isInScope: () => true, etag: null, lastModified: null };
    const outcome = await fetcher.fetch({ ...request, accept: "html" }, context.signal);
    switch (outcome.kind) {
      case "captured": {
        const { finalUrl, headers, body } = outcome.capture;
        return { url: finalUrl, headers, body };
      }
      case "gone":
        return `${url}: HTTP ${outcome.status}`;
      case "refused":
        return `${outcome.detail} (${outcome.reason})`;
      case "failed":
        return `${outcome.detail} (${outcome.code})`;
      case "not-modified":
        return `${url}: not modified`;
    }
  } finally {
    await fetcher.close();
  }
}

function cannotRead(name: string, error: Error): WarraqError {
  const why = fileTrouble(error);
  return new WarraqError("E_INPUT", `${name}: cannot be read: ${why}`, { cause: error });
}
