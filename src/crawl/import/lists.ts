/** Lists of addresses: one a line, or the feeds of an OPML. They are for the next crawl to fetch. */
import { Parser } from "htmlparser2";
import type { PageRole } from "../../model.ts";
import type { ImportItem } from "./source.ts";

/** An OPML is read whole; no reader exports a larger one. */
const MOST_BYTES = 20 * 2 ** 20;

export interface Address {
  readonly url: string;
  readonly title: string | null;
  /** Null: its form decides. */
  readonly role: PageRole | null;
}

export async function* addressItems(
  chunks: AsyncIterable<Uint8Array>,
  kind: "urls" | "opml",
): AsyncGenerator<ImportItem> {
  const text = await textOf(chunks);
  const addresses = kind === "opml" ? feedsOf(text) : linesOf(text);
  for (const [offset, address] of addresses.entries()) {
    if (URL.canParse(address.url) && /^https?:/iu.test(address.url)) {
      yield { offset, kind: "address", ...address };
    } else {
      yield { offset, kind: "passed", what: "no web address" };
    }
  }
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) break;
    pieces.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(pieces));
}

/** The first word of each line; `#` begins a remark. */
function linesOf(text: string): Address[] {
  return text
    .split(/\r?\n/u)
    .map((line) => line.replace(/^\uFEFF/u, "").trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => ({ url: line.split(/[\s,;]/u, 1)[0] ?? "", title: null, role: null }));
}

function feedsOf(text: string): Address[] {
  const feeds: Address[] = [];
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const url = attributes.xmlurl;
        if (name !== "outline" || url === undefined) return;
        const title = attributes.title ?? attributes.text ?? null;
        feeds.push({ url: url.trim(), title, role: "feed" });
      },
    },
    { lowerCaseAttributeNames: true, lowerCaseTags: true, decodeEntities: true },
  );
  parser.end(text);
  return feeds;
}
