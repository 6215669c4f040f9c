/**
 * The identity of a page behind the spellings of its address. The key serves equality only: it is
 * never fetched, shown or exported, and the address that was fetched is always kept as it was.
 * A wrong merge loses an article for good, a missed one costs one request: in doubt, two keys.
 *
 * Merged, and why that is safe:
 * - http and https, `www.` and bare, default ports, a host's final dot: outlets serve one site at
 *   all of them and redirect (seen: eanlibya.com, libyaobserver.ly). A second site there is unheard of.
 * - lower- and upper-case percent-escapes (RFC 3986 §6.2.2.1) and escapes of unreserved letters
 *   (§6.2.2.2): WordPress prints Arabic slugs in one case, feeds and CSVs in the other.
 * - a final slash: every CMS of our outlets redirects one form to the other.
 * - runs of slashes (a theme's `home + "/" + path`): no server tells pages apart by them.
 * - index.html, index.php, default.aspx at the end: the directory's own page.
 * - AMP forms (`/amp`, `?amp=1`, `amp.` host, AMP caches): by definition a rendering of the page.
 * - tracking and session parameters (tracking.ts), WordPress comment pages: the same article.
 * - the order of query parameters; parameters of one name keep theirs.
 * Not merged: `?p=ID` and the slug (only the server knows), `-2` slugs, sections, page numbers,
 * letter case of paths, mobile hosts, Unicode composition of slugs.
 */
import { isAmpParameter, withoutAmpCache, withoutAmpPath } from "./amp.ts";
import { withoutWww } from "./site.ts";
import { isTracking } from "./tracking.ts";

const UNRESERVED = /[A-Za-z0-9._~-]/;
const INDEX_FILE = /\/(?:index\.(?:html?|php)|default\.aspx?)$/i;
const COMMENT_PAGE = /\/comment-page-\d+$/;
const SESSION_IN_PATH = /;(?:jsessionid|phpsessid)=[^/;]*/gi;

/** Equal for two URLs exactly when they are one page by the rules above; text that is no http(s) URL is its own key. */
export function urlKey(url: string): string {
  const text = url.trim();
  if (!URL.canParse(text)) return text;
  const parsed = withoutAmpCache(new URL(text));
  if (parsed.protocol !== "http:" && parsed.protocol !== "https:") return text;
  const query = keyOfQuery(parsed.search);
  return keyOfHost(parsed) + keyOfPath(parsed.pathname) + (query === "" ? "" : `?${query}`);
}

function keyOfHost({ hostname, port }: URL): string {
  const name = hostname.endsWith(".") ? hostname.slice(0, -1) : hostname;
  const bare = withoutWww(name);
  const host = bare.startsWith("amp.") && bare.indexOf(".", 4) > 0 ? bare.slice(4) : bare;
  return port === "" || port === "80" || port === "443" ? host : `${host}:${port}`;
}

function keyOfPath(pathname: string): string {
  let path = normalEscapes(pathname);
  if (path.includes(";")) path = path.replace(SESSION_IN_PATH, "");
  if (path.includes("//")) path = path.replace(/\/{2,}/g, "/");
  path = path.replace(INDEX_FILE, "/");
  path = withoutFinalSlash(path);
  path = withoutAmpPath(path);
  path = path.replace(COMMENT_PAGE, "");
  return path === "" ? "/" : path;
}

function withoutFinalSlash(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

function keyOfQuery(search: string): string {
  if (search.length < 2) return "";
  const pairs: (readonly [name: string, pair: string])[] = [];
  for (const raw of search.slice(1).split("&")) {
    if (raw === "") continue;
    const pair = normalEscapes(raw.replaceAll("+", "%20"));
    const equals = pair.indexOf("=");
    const name = equals < 0 ? pair : pair.slice(0, equals);
    const value = equals < 0 ? "" : pair.slice(equals + 1);
    if (isTracking(name, value) || isAmpParameter(name, value)) continue;
    pairs.push([name, `${name}=${value}`]);
  }
  pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)); // stable: a[]=1&a[]=2 keep their order
  return pairs.map(([, pair]) => pair).join("&");
}

/** Upper-case escapes; unreserved characters bare. Works on bytes, so windows-1256 queries survive. */
function normalEscapes(text: string): string {
  if (!text.includes("%")) return text;
  return text.replace(/%[0-9a-f]{2}/gi, (escaped) => {
    const char = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    return UNRESERVED.test(char) ? char : escaped.toUpperCase();
  });
}
