/**
 * From text to an address that can be asked for: absolute, http or https, without fragment and
 * without credentials. The malformed shapes repaired here were all seen in the feeds and listings
 * of real outlets; each is repaired only where a single reading is possible.
 */
import { withoutWww } from "./site.ts";

/**
 * A longer URL is not an article's. WordPress cuts slugs at 200 bytes, which percent-encoded Arabic
 * swells to 600 characters; 4,096 leaves room for any path and refuses crawler traps that grow.
 */
const MAX_URL_CHARS = 4096;

/** Misspelt schemes that no protocol is registered under. */
const TYPED_SCHEME = /^(?:h{2,}ttps?|ht{3,}ps?|htt?s|htps?|htpps?|ttps?|https?p):(?=\/\/)/i;

/** A scheme written twice, or without its colon: the host of the outer URL would be "https". */
const DOUBLED_SCHEME = /^https?:\/{1,}(?=https?[:/]\/)/i;
const SCHEME_WITHOUT_COLON = /^(https?)\/\//i;

/** Slashes or a bare colon between host and path: `https://reportage.ly://`. */
const EMPTY_PORT = /^(https?:\/\/[^/?#:@]+):(?:\/{2,}|(?=$))/i;

/** Only these can be resolved to a page; `mailto:`, `javascript:` and their like cannot. */
const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/**
 * Reads an absolute http(s) URL as typed or stored; null for anything else. The fragment and any
 * `user:password@` are dropped: the one never reaches the server, the other must not be archived.
 */
export function parseHttpUrl(text: string): URL | null {
  return usable(text.trim());
}

/**
 * The absolute address that `href` names on a page at `base`; null when it names no page (other
 * schemes, empty text, nonsense). Repairs: a scheme doubled (`http://https://…`), misspelt
 * (`htttp://…`) or without its colon (`https//…`), an empty port followed by slashes
 * (`https://reportage.ly://`), a host turned into a scheme (`ly.reportage://https` on reportage.ly),
 * the page's own host printed without scheme (`www.example.ly/a`), `&amp;` escaped twice.
 */
export function resolveUrl(href: string, base: string): string | null {
  const text = href.trim();
  if (text === "" || text.length > MAX_URL_CHARS) return null;
  if (!URL.canParse(base)) return usable(repaired(text, null))?.href ?? null;
  const from = new URL(base);
  const fixed = repaired(text, from);
  if (HAS_SCHEME.test(fixed) && !/^https?:/i.test(fixed)) return null;
  return usable(fixed, from.href)?.href ?? null;
}

function usable(text: string, base?: string): URL | null {
  if (text.length > MAX_URL_CHARS || !URL.canParse(text, base)) return null;
  const url = new URL(text, base);
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  if (url.hostname === "" || url.href.length > MAX_URL_CHARS) return null;
  url.hash = "";
  url.username = "";
  url.password = "";
  return url;
}

function repaired(text: string, base: URL | null): string {
  let fixed = text.replace(DOUBLED_SCHEME, "");
  fixed = fixed.replace(SCHEME_WITHOUT_COLON, "$1://");
  fixed = fixed.replace(TYPED_SCHEME, (scheme) => (/s:$/i.test(scheme) ? "https:" : "http:"));
  fixed = fixed.replace(EMPTY_PORT, "$1/");
  if (fixed.includes("&amp;")) fixed = fixed.replaceAll("&amp;", "&");
  return base === null ? fixed : withOwnHost(fixed, base);
}

/** Repairs that are certain only because the page's own host appears in the href. */
function withOwnHost(text: string, base: URL): string {
  const start = text.toLowerCase();
  const bare = withoutWww(base.hostname);
  const reversed = bare.split(".").reverse().join(".");
  if (start.startsWith(`${reversed}://`)) return base.origin;
  const scheme = /^https?:\/(?!\/)/.exec(start)?.[0] ?? "";
  const rest = start.slice(scheme.length);
  const isOwnHost = [bare, `www.${bare}`].some(
    (host) => rest.startsWith(host) && /^(?:[/?#]|$)/.test(rest.slice(host.length)),
  );
  if (!isOwnHost) return text;
  return `${scheme === "" ? base.protocol : scheme.slice(0, -1)}//${text.slice(scheme.length)}`;
}
