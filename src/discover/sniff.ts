/** What a file is, by its first bytes: servers send feeds as HTML and HTML as feeds. */

export type FileKind =
  | "feed"
  | "json-feed"
  | "sitemap"
  | "url-list"
  | "wp-json"
  | "html"
  | "empty"
  | "unknown";

// Enough to get past an XML declaration, a stylesheet line, a licence comment and a PHP warning.
const WINDOW_CHARS = 4_096;

/** Total: any text gets a kind. */
export function sniff(text: string): FileKind {
  const start = text.slice(0, WINDOW_CHARS).replace(/^[\s\uFEFF]+/u, "");
  if (start === "") return "empty";
  if (start.startsWith("{") || start.startsWith("[")) return sniffJson(start);
  // A warning printed before the JSON; a page of HTML names its root before any such thing.
  const json = start.search(/^\s*(?:\[\s*)?\{\s*"/mu);
  if (json > 0 && !/<(?:!doctype|html|\?xml)/iu.test(start.slice(0, json)))
    return sniffJson(start.slice(json));
  if (/^https?:\/\/\S+\s*$/imu.test(start.split("\n", 1)[0] ?? "")) return "url-list";
  const at = (pattern: RegExp): number => {
    const found = start.search(pattern);
    return found < 0 ? Number.POSITIVE_INFINITY : found;
  };
  const places: readonly (readonly [FileKind, number])[] = [
    ["feed", at(/<(?:rss|rdf:RDF|(?:\w+:)?feed|channel)[\s>]/iu)],
    ["sitemap", at(/<(?:\w+:)?(?:urlset|sitemapindex)[\s>]/iu)],
    ["html", at(/<(?:!doctype\s+html|html|head|body)[\s>]/iu)],
  ];
  const [kind, place] = places.reduce((best, next) => (next[1] < best[1] ? next : best));
  if (place !== Number.POSITIVE_INFINITY) return kind;
  if (/<(?:item|entry)[\s>]/iu.test(start)) return "feed";
  if (/<(?:\w+:)?loc[\s>]/iu.test(start)) return "sitemap";
  return start.includes("<") ? "html" : "unknown";
}

function sniffJson(start: string): FileKind {
  if (/"version"\s*:\s*"https?:\\?\/\\?\/jsonfeed\.org/u.test(start)) return "json-feed";
  if (/"(?:date_gmt|guid|_links|wp:featuredmedia)"\s*:/u.test(start)) return "wp-json";
  return /"items"\s*:/u.test(start) ? "json-feed" : "wp-json";
}
