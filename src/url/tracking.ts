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
