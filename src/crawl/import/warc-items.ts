/** The pages of a WARC file: HTML answers with status 200, revisits of such, and saved pages. */
import type { Capture, Headers, Via } from "../../model.ts";
import {
  type HttpHead,
  headerOf,
  instantOf,
  readHttpBody,
  readHttpHead,
  readWarc,
  type WarcHead,
  type WarcItem,
  withoutBrackets,
} from "../../warc/index.ts";
import type { ImportItem } from "./source.ts";

/** As when fetching (fetch/limits.ts): more is no article. */
const MOST_BODY_BYTES = 10 * 2 ** 20;

const HTML = /^(?:text\/html|application\/xhtml\+xml)\b/u;
const LOOKS_LIKE_HTML =
  /^\s*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title)\b/iu;
const READ: ReadonlySet<string> = new Set(["response", "revisit", "resource"]);

/**
 * @param chunks - the file from `startAt` on
 * @param isPacked - by its name: counts only where its bytes do not say it
 */
export async function* warcItems(
  chunks: AsyncIterable<Uint8Array>,
  startAt: number,
  { via, isPacked }: { readonly via: Via; readonly isPacked: boolean },
): AsyncGenerator<ImportItem> {
  const isWanted = ({ type, url }: WarcHead): boolean =>
    READ.has(type) && url !== null && isWebAddress(url);
  for await (const item of readWarc(chunks, { startAt, isWanted, isPacked })) {
    if (item.kind === "damage") yield item;
    else yield { offset: item.offset, ...itemOf(item, isWanted, via) };
  }
}

type WarcRecord = Extract<WarcItem, { kind: "record" }>;
/** An item without its place, kind by kind. */
type Placeless = ImportItem extends infer Item
  ? Item extends ImportItem
    ? Omit<Item, "offset">
    : never
  : never;

function itemOf(
  { head, block, isWhole }: WarcRecord,
  isWanted: (head: WarcHead) => boolean,
  via: Via,
): Placeless {
  const { type, url, at } = head;
  if (!READ.has(type)) return passed(`${type || "unnamed"} record`);
  if (url === null || !isWanted(head)) return passed("no web address");
  if (at === null) return passed("no date");
  // Nothing says where its other segments are: what is here is the beginning of a page.
  if (head.fields.has("warc-segment-number")) return passed("segment of a record");
  if (type === "resource") return resource(head, block, isWhole, url, at, via);
  const http = readHttpHead(block);
  if (http === null) return passed("no HTTP answer");
  if (type === "revisit") return revisit(head, http, url, at);
  if (http.status !== 200) return passed(`HTTP ${http.status}`);
  const mime = mimeOf(http.headers, head);
  if (!isHtml(mime, http.raw)) return passed(mime || "unnamed kind of file");
  if (!isWhole) return passed("too large");
  const body = readHttpBody(http, MOST_BODY_BYTES);
  if (body.kind === "too-large") return passed(body.isBomb ? "encoding bomb" : "too large");
  return { kind: "page", capture: captureOf(url, at, http.headers, body.body, via) };
}

function resource(
  head: WarcHead,
  block: Buffer,
  isWhole: boolean,
  url: string,
  at: number,
  via: Via,
): Placeless {
  const mime = (head.fields.get("content-type") ?? "").toLowerCase();
  if (!isHtml(mime, block)) return passed(mime.split(";")[0] || "unnamed kind of file");
  if (!isWhole || block.length > MOST_BODY_BYTES) return passed("too large");
  const headers: Headers = [["content-type", mime || "text/html"]];
  return { kind: "page", capture: captureOf(url, at, headers, new Uint8Array(block), via) };
}

function revisit(
  { fields }: WarcHead,
  { headers, status }: HttpHead,
  url: string,
  at: number,
): Placeless {
  const isNotModified =
    status === 304 || /server-not-modified/u.test(fields.get("warc-profile") ?? "");
  const originalAt = instantOf(fields.get("warc-refers-to-date") ?? "");
  const originalUrl = withoutBrackets(fields.get("warc-refers-to-target-uri") ?? "") || url;
  const hasOriginal = !isNotModified && originalAt !== null && isWebAddress(originalUrl);
  const original = hasOriginal ? { url: originalUrl, at: originalAt } : null;
  return { kind: "revisit", url, at, headers, original };
}

function captureOf(
  url: string,
  fetchedAt: number,
  headers: Headers,
  body: Uint8Array,
  via: Via,
): Capture {
  return { url, finalUrl: url, redirects: [], fetchedAt, status: 200, headers, body, via };
}

/** Crawlers write down whatever they were asked for. */
function isWebAddress(url: string): boolean {
  return /^https?:/iu.test(url) && URL.canParse(url);
}

function mimeOf(headers: Headers, { fields }: WarcHead): string {
  const told =
    headerOf(headers, "content-type") || fields.get("warc-identified-payload-type") || "";
  return told.toLowerCase().split(/[;,]/u)[0]?.trim() ?? "";
}

/** By its label, or where there is none by its beginning. */
function isHtml(mime: string, body: Buffer): boolean {
  return mime === "" ? LOOKS_LIKE_HTML.test(body.toString("latin1", 0, 2_048)) : HTML.test(mime);
}

function passed(what: string): { readonly kind: "passed"; readonly what: string } {
  return { kind: "passed", what };
}
