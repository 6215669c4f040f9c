/**
 * Tells query parameters that name a page from those that name the reader's way to it.
 * The lists are data/url/tracking-parameters.json; the law is "in doubt, it names the page".
 */
import { readUrlData } from "./data.ts";

interface TrackingData {
  readonly names: readonly string[];
  readonly prefixes: readonly string[];
  readonly valued: Readonly<Record<string, readonly string[]>>;
}

const data = readUrlData<TrackingData>("tracking-parameters.json");
const names = new Set(data.names);
const valued = new Map(
  Object.entries(data.valued).map(([name, values]) => [name, new Set(values)]),
);

/** Whether one `name=value` of a query (both as they stand in the URL) says nothing about the page. */
export function isTracking(name: string, value: string): boolean {
  const lower = name.toLowerCase();
  if (names.has(lower)) return true;
  if (data.prefixes.some((prefix) => lower.startsWith(prefix))) return true;
  return valued.get(lower)?.has(value.toLowerCase()) === true;
}

/**
 * The URL without its tracking parameters; the others keep their order and spelling. Text without
 * any comes back unchanged, character for character. The fragment goes only when it is a text
 * fragment (`#:~:text=`).
 */
export function stripTracking(url: string): string {
  const hashAt = url.indexOf("#");
  const hash = hashAt < 0 || url.startsWith("#:~:", hashAt) ? "" : url.slice(hashAt);
  const head = hashAt < 0 ? url : url.slice(0, hashAt);
  const queryAt = head.indexOf("?");
  if (queryAt < 0) return head + hash;
  const kept = head
    .slice(queryAt + 1)
    .split("&")
    .filter((pair) => {
      const equals = pair.indexOf("=");
      return equals < 0
        ? !isTracking(pair, "")
        : !isTracking(pair.slice(0, equals), pair.slice(equals + 1));
    });
  const query = kept.join("&");
  return head.slice(0, queryAt) + (query === "" ? "" : `?${query}`) + hash;
}
