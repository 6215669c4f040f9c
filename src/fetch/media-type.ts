/**
 * Whether an answer is a page, by its media type and its first bytes: some servers send pages as
 * text/plain, octet-stream or without any type, and others send every file as text/html.
 */
import { isOtherKind } from "../decode/index.ts";
import type { Headers } from "../model.ts";
import type { BodyPlan } from "./exchange.ts";

const HTML_TYPE = /^(?:text\/html|application\/xhtml\+xml|application\/vnd\.wap\.xhtml\+xml)$/;

/** Types that servers give to pages by mistake: the body decides. */
const UNSURE_TYPE =
  /^(?:|text\/plain|text\/xml|application\/xml|application\/octet-stream|unknown\/unknown|text)$/;

/** Looked at after decoding; a comment or an XML declaration may stand first. */
const SNIFF_BYTES = 1024;
const MARKUP = /<(?:!doctype\s+html|html|head|body|meta|title|script|div|table|article|main)[\s>]/i;

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
  if (isOtherKind(body)) return false;
  if (HTML_TYPE.test(mediaTypeOf(headers))) return true;
  const head = Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, SNIFF_BYTES));
  const text = head.toString("latin1").replaceAll("\0", "");
  return (
    MARKUP.test(text) && !/^\s*(?:<\?xml[^>]*>)?\s*<(?:rss|feed|urlset|sitemapindex)\b/i.test(text)
  );
}

function mediaTypeOf(headers: Headers): string {
  const value = headers.find(([name]) => name === "content-type")?.[1] ?? "";
  return (value.split(";", 1)[0] ?? "").trim().toLowerCase();
}
