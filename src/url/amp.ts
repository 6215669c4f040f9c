/**
 * AMP forms of a page's address. AMP's own contract is that such a document is a rendering of one
 * canonical page, so taking the marks off an address cannot lead to another article.
 */
import { readUrlData } from "./data.ts";

interface AmpData {
  readonly queries: Readonly<Record<string, readonly string[]>>;
  readonly cacheHostSuffixes: readonly string[];
  readonly viewerHosts: readonly string[];
}

const data = readUrlData<AmpData>("amp-forms.json");

/** `/c/s/example.ly/a`: content, viewer or image of an https page. */
const CACHE_PATH = /^\/[cvi]\/(s\/)?(.+)$/;
const VIEWER_PATH = /^\/amp\/(s\/)?(.+)$/;

export function isAmpParameter(name: string, value: string): boolean {
  return data.queries[name.toLowerCase()]?.includes(value.toLowerCase()) === true;
}

/** The original behind an AMP cache or viewer address; any other URL unchanged. */
export function withoutAmpCache(url: URL): URL {
  const isCache = data.cacheHostSuffixes.some((suffix) => url.hostname.endsWith(suffix));
  const isViewer = data.viewerHosts.includes(url.hostname);
  if (!isCache && !isViewer) return url;
  const found = (isCache ? CACHE_PATH : VIEWER_PATH).exec(url.pathname);
  if (found === null) return url;
  const inner = `${found[1] === undefined ? "http" : "https"}://${found[2]}${url.search}`;
  return URL.canParse(inner) ? new URL(inner) : url;
}

/** Takes `/amp` off either end of a path without final slash, and `.amp` off its file name. */
export function withoutAmpPath(path: string): string {
  if (!/amp/i.test(path)) return path;
  const bare = path
    .replace(/^\/amp(?=\/.)/i, "")
    .replace(/(?<=.)\/amp$/i, "")
    .replace(/(?<=[^/])\.amp(?=$|\.html?$)/i, "");
  return bare === "" ? "/" : bare;
}
