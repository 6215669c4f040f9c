/**
 * Whether an answer is a page, by its media type and its first bytes: some servers send pages as
 * text/plain, octet-stream or without any type, and others send every file as text/html.
 */
import type { Headers } from "../model.ts";
import type { BodyPlan } from "./exchange.ts";

const HTML_TYPE = /^(?:text\/html|application\/xhtml\+xml|application\/vnd\.wap\.xhtml\+xml)$/;

/** Types that servers give to pages by mistake: the body decides. */
const UNSURE_TYPE =
  /^(?:|text\/plain|text\/xml|application\/xml|application\/octet-stream|unknown\/unknown|text)$/;

/** Looked at after decoding; a comment or an XML declaration may stand first. */
const SNIFF_BYTES = 1024;
const MARKUP = /<(?:!doctype\s+html|html|head|body|meta|title|script|div|table|article|main)[\s>]/i;

/** How other kinds of file begin (WHATWG MIME Sniffing §6): servers send them as text/html too. */
const OTHER_STARTS = [
  ...["%PDF-", "%!PS-Adobe-", "\xFF\xD8\xFF", "\x89PNG\r\n", "GIF87a", "GIF89a", "RIFF"],
  ...["PK\x03\x04", "Rar!\x1A", "7z\xBC\xAF", "\x1F\x8B\x08", "OggS", "ID3", "\x1A\x45\xDF\xA3"],
];
/** MP4 and its kin have a length first. */
const MP4_MARK = "ftyp";
const MP4_MARK_OFFSET = 4;
/** JSON, unless a page follows what some script printed first. */
const JSON_START = /^\s*(?:\{\s*"|\[\s*[[{"])/;
const PAGE_START = /<(?:!doctype\s+html|html|head|body)[\s>]/i;

/** Refuses other media before their body is read. */
export function planByType(headers: Headers, url: string): BodyPlan {
  const type = mediaTypeOf(headers);
  if (HTML_TYPE.test(type) || UNSURE_TYPE.test(type)) return "read";
  return { reason: "not-html", detail: `${url}: ${type}` };
}

/**
 * True for pages: under HTML's own types unless the body begins like another kind of file, under
 * unsure types only when it begins like a page. An empty page is a page.
 */
export function sniffsAsHtml(headers: Headers, body: Uint8Array): boolean {
  if (body.length === 0) return true;
  const head = Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, SNIFF_BYTES));
  const bytes = head.toString("latin1");
  if (OTHER_STARTS.some((start) => bytes.startsWith(start))) return false;
  if (bytes.startsWith(MP4_MARK, MP4_MARK_OFFSET)) return false;
  const text = bytes.replaceAll("\0", "").replace(/^\xEF\xBB\xBF/, "");
  if (JSON_START.test(text) && !PAGE_START.test(text)) return false;
  if (HTML_TYPE.test(mediaTypeOf(headers))) return true;
  return (
    MARKUP.test(text) && !/^\s*(?:<\?xml[^>]*>)?\s*<(?:rss|feed|urlset|sitemapindex)\b/i.test(text)
  );
}

function mediaTypeOf(headers: Headers): string {
  const value = headers.find(([name]) => name === "content-type")?.[1] ?? "";
  return (value.split(";", 1)[0] ?? "").trim().toLowerCase();
}
