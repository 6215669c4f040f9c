/**
 * The indexes of the Wayback Machine and of Common Crawl: the questions as their documentation has
 * them, and their answers. Pure. Sources: the Wayback CDX Server's own README (matchType, collapse,
 * filter, fl, output=json, limit, showResumeKey, resumeKey; from and to are inclusive, 1 to 14
 * digits), pywb's "CDX Server API" (matchType, filter, output=json as one object a line, page,
 * showNumPages) and index.commoncrawl.org/collinfo.json.
 */
import { parseHttpUrl } from "../../url/index.ts";

/** One capture an index names. */
export interface IndexRow {
  readonly url: string;
  readonly at: number;
  /** 14 digits, as the service wrote it. */
  readonly timestamp: string;
}

/** Rows of one answer: 2,000 are 200 KB, and a month of a busy outlet. */
export const ROWS_PER_ANSWER = 2_000;

const FIELDS = ["urlkey", "timestamp", "original", "digest"] as const;

export function waybackQuery(
  base: string,
  {
    host,
    from,
    to,
    resumeKey,
  }: {
    readonly host: string;
    readonly from: number;
    readonly to: number;
    readonly resumeKey: string | null;
  },
): string {
  const query = new URLSearchParams([
    ["url", host],
    ["matchType", "domain"],
    ["output", "json"],
    ["fl", FIELDS.join(",")],
    ["filter", "statuscode:200"],
    ["filter", "mimetype:text/html"],
    ["collapse", "digest"],
    ["from", timestampOf(from)],
    ["to", timestampOf(to)],
    ["limit", String(ROWS_PER_ANSWER)],
    ["showResumeKey", "true"],
  ]);
  // The key is handed out percent-encoded; as a parameter it is put there as it stands.
  const isEncoded = resumeKey !== null && /^[\w%+.~*'()!-]+$/u.test(resumeKey);
  const key = isEncoded ? resumeKey : encodeURIComponent(resumeKey ?? "");
  const resume = resumeKey === null ? "" : `&resumeKey=${key}`;
  return `${base}cdx/search/cdx?${query}${resume}`;
}

export interface WaybackAnswer {
  readonly rows: readonly IndexRow[];
  /** Where the next question goes on; null after the last row. */
  readonly resumeKey: string | null;
  readonly problem: string | null;
}

/** The first row names the columns; an empty row and the key stand last when there is more. */
export function parseWaybackAnswer(text: string): WaybackAnswer {
  const nothing = { rows: [], resumeKey: null };
  if (text.trim() === "") return { ...nothing, problem: null };
  const json = readJson(text);
  if (!Array.isArray(json) || !json.every(Array.isArray)) {
    return { ...nothing, problem: `not a CDX answer: ${firstLine(text)}` };
  }
  const [names = [], ...lines] = json as readonly (readonly unknown[])[];
  const [timestampAt, urlAt] = [names.indexOf("timestamp"), names.indexOf("original")];
  const separator = lines.findIndex((line) => line.length === 0);
  const rows = (separator < 0 ? lines : lines.slice(0, separator)).flatMap((line) =>
    toRow(line[urlAt], line[timestampAt]),
  );
  const key = separator < 0 ? undefined : lines[separator + 1]?.[0];
  return { rows, resumeKey: typeof key === "string" && key !== "" ? key : null, problem: null };
}

/** `id_`: the body as it was captured, without the toolbar and with its own links. */
export function playbackUrl(base: string, { timestamp, url }: IndexRow): string {
  return `${base}web/${timestamp}id_/${url}`;
}

/** What a playback address names, after the service led from one to another; null for none. */
export function playedBack(base: string, address: string): IndexRow | null {
  const [, timestamp = "", url = ""] = address.startsWith(base)
    ? (/^web\/(\d{14})(?:[a-z]{2}_)?\/(.+)$/u.exec(address.slice(base.length)) ?? [])
    : [];
  return toRow(url, timestamp)[0] ?? null;
}

export interface Collection {
  readonly id: string;
  /** Where it is asked: `https://index.commoncrawl.org/CC-MAIN-2024-10-index`. */
  readonly api: string;
  /** When its pages were fetched; null where the list does not say. */
  readonly from: number | null;
  readonly to: number | null;
}

/** The list of crawls, oldest first. */
export function parseCollections(text: string): Collection[] {
  const json = readJson(text);
  const entries = Array.isArray(json) ? (json as readonly unknown[]) : [];
  return entries
    .flatMap((entry): Collection[] => {
      const { id, "cdx-api": api, from, to } = (entry ?? {}) as Readonly<Record<string, unknown>>;
      if (typeof id !== "string" || typeof api !== "string") return [];
      return [{ id, api, from: instant(from), to: instant(to) }];
    })
    .sort((a, b) => (a.from ?? 0) - (b.from ?? 0) || (a.id < b.id ? -1 : 1));
}

export function commonCrawlQuery(
  api: string,
  host: string,
  part: { readonly page: number } | "count",
): string {
  const query = new URLSearchParams([
    ["url", host],
    ["matchType", "domain"],
    ["output", "json"],
    ["filter", "=status:200"],
    ["filter", "=mime:text/html"],
    ["pageSize", "1"], // blocks of 3,000 rows: an answer of 1 MB; five, the default, are too many
    part === "count" ? ["showNumPages", "true"] : ["page", String(part.page)],
  ]);
  return `${api}?${query}`;
}

export interface WarcPlace extends IndexRow {
  readonly filename: string;
  readonly offset: number;
  readonly length: number;
}

/** One JSON object a line; lines that are none (an error message) are left out. */
export function parseCommonCrawlAnswer(text: string): WarcPlace[] {
  return text.split("\n").flatMap((line): WarcPlace[] => {
    const entry = readJson(line);
    if (typeof entry !== "object" || entry === null) return [];
    const { url, timestamp, filename, ...numbers } = entry as Readonly<Record<string, unknown>>;
    const [offset, length] = [Number(numbers.offset), Number(numbers.length)];
    const isPlace =
      typeof filename === "string" && Number.isSafeInteger(offset) && Number.isSafeInteger(length);
    if (!isPlace || offset < 0 || length <= 0) return [];
    return toRow(url, timestamp).map((row) => ({ ...row, filename, offset, length }));
  });
}

/** `{"pages": 4, "pageSize": 5, "blocks": 18}`, or the bare number older servers print. */
export function parsePageCount(text: string): number | null {
  const json = readJson(text);
  const count =
    typeof json === "number" ? json : (json as { readonly pages?: unknown } | null)?.pages;
  return typeof count === "number" && Number.isSafeInteger(count) ? count : null;
}

/** `20190307120000`, in UTC as both services count. */
export function timestampOf(at: number): string {
  return new Date(at).toISOString().replace(/\D/gu, "").slice(0, 14);
}

export function instantOf(timestamp: string): number | null {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/u.exec(timestamp) ?? [];
  if (parts.length === 0) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts.map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function toRow(url: unknown, timestamp: unknown): IndexRow[] {
  if (typeof url !== "string" || typeof timestamp !== "string") return [];
  const [parsed, at] = [parseHttpUrl(url), instantOf(timestamp)];
  return parsed === null || at === null ? [] : [{ url: parsed.href, at, timestamp }];
}

/** Collinfo prints UTC without saying so. */
function instant(text: unknown): number | null {
  if (typeof text !== "string") return null;
  const at = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/u.test(text) ? text : `${text}Z`);
  return Number.isNaN(at) ? null : at;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function firstLine(text: string): string {
  return (text.trim().split("\n")[0] ?? "").slice(0, 120);
}
