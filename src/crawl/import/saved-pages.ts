/**
 * A folder of saved pages, or one of them. Whose address a page has, in this order: what `urls.csv` in
 * the folder says (columns file, url and perhaps captured), what the browser or mirror wrote into it,
 * its canonical or og:url, its path below a folder that is named like a host. When it was saved: as
 * `urls.csv` or the page says, else a date in its name, else the file's own time.
 */
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join, sep } from "node:path";
import { fileTrouble } from "../../errors.ts";
import { parseMachineDate } from "../../text/index.ts";
import { resolveUrl } from "../../url/index.ts";
import type { ImportItem } from "./source.ts";

const PAGE_NAME = /\.(?:x?html?|htm|php|aspx?)$/iu;
const LIST_NAME = "urls.csv";
/** Where a page says where it is from. */
const HEAD_BYTES = 64 * 2 ** 10;
const MOST_BYTES = 10 * 2 ** 20;

/** Internet Explorer, Chrome and those after them; SingleFile; HTTrack. */
const SAVED_FROM = /<!--\s*saved from url=\(\d+\)(?<url>\S+)\s*-->/iu;
const SINGLE_FILE =
  /Page saved with SingleFile\s+url:\s*(?<url>\S+)\s+saved date:\s*(?<at>[^\n]+)/iu;
const MIRRORED = /<!-- Mirrored from (?<url>\S+) by HTTrack [^,]*,\s*(?<at>[^>]+?)\s*-->/iu;
const CANONICAL = /<link\b[^>]*\brel\s*=\s*["']?canonical\b[^>]*>/iu;
const OG_URL = /<meta\b[^>]*\bproperty\s*=\s*["']?og:url\b[^>]*>/iu;
const VALUE = /\b(?:href|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/iu;
/** 20140305102030, 2014-03-05T10-20, 2014_03_05 … */
const NAME_DATE =
  /(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?:[-_.T ]?([01]\d|2[0-3])[-_.:]?([0-5]\d)(?:[-_.:]?([0-5]\d))?)?(?!\d)/u;
const HOST_NAME = /^(?:[a-z0-9-]+\.)+[a-z]{2,}$/iu;

export interface SavedPages {
  readonly root: string;
  /** Paths below the root, in order. */
  readonly files: readonly string[];
}

/** @param path - a folder, or a page */
export async function listSavedPages(path: string): Promise<SavedPages> {
  if (!(await stat(path)).isDirectory()) return { root: "", files: [path] };
  const all = await readdir(path, { recursive: true, withFileTypes: true });
  const files = all
    .filter((one) => one.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name).slice(path.replace(/\/+$/u, "").length + 1),
    );
  return { root: path, files: files.sort() };
}

/** @param startAt - number of files to pass over */
export async function* savedPages(
  { root, files }: SavedPages,
  startAt: number,
): AsyncGenerator<ImportItem> {
  const told = await readList(root === "" ? null : join(root, LIST_NAME));
  for (const [offset, file] of files.entries()) {
    if (offset < startAt || file === LIST_NAME) continue;
    if (!PAGE_NAME.test(file) && root !== "") {
      const suffix = /\.[^./\\]+$/u.exec(basename(file))?.[0].toLowerCase();
      yield { offset, kind: "passed", what: `${suffix ?? "unnamed"} file` };
      continue;
    }
    try {
      yield { offset, ...(await itemOf(root, file, told.get(file.split(sep).join("/")))) };
    } catch (error) {
      // Gone since it was listed, or not ours to read.
      yield { offset, kind: "damage", detail: `${file} cannot be read: ${fileTrouble(error)}` };
    }
  }
}

interface Told {
  readonly url: string;
  readonly at: number | null;
}

async function itemOf(root: string, file: string, told: Told | undefined) {
  const path = join(root, file);
  const { mtimeMs, size } = await stat(path);
  if (size > MOST_BYTES) return { kind: "passed", what: "too large" } as const;
  const body = new Uint8Array(await readFile(path));
  // Addresses are ASCII, whatever the page is in.
  const head = Buffer.from(body.subarray(0, HEAD_BYTES)).toString("latin1");
  const saved = [SAVED_FROM, SINGLE_FILE, MIRRORED].map((form) => form.exec(head)?.groups);
  const own = saved.find((found) => found !== undefined);
  const url = [told?.url, own?.url, named(head), byPath(file)]
    .map(asUrl)
    .find((one) => one !== null);
  if (url === undefined || url === null) {
    return { kind: "passed", what: "page without an address" } as const;
  }
  const ownAt = own?.at === undefined ? Number.NaN : Date.parse(own.at.replace(/\(.*\)/u, ""));
  const at = told?.at ?? (Number.isNaN(ownAt) ? dateInName(basename(file)) : ownAt);
  return {
    kind: "page",
    capture: {
      ...{ url, finalUrl: url, redirects: [], fetchedAt: at ?? Math.floor(mtimeMs), status: 200 },
      ...{ headers: [["content-type", "text/html"]] as const, body, via: "file" as const },
    },
  } as const;
}

function named(head: string): string | undefined {
  for (const form of [CANONICAL, OG_URL]) {
    const tag = form.exec(head)?.[0];
    const [, double, single, bare] = VALUE.exec(tag ?? "") ?? [];
    const value = (double ?? single ?? bare ?? "").replaceAll("&amp;", "&");
    if (/^https?:/iu.test(value)) return value;
  }
  return undefined;
}

/** `mirror/www.example.ly/2014/a.html` → `http://www.example.ly/2014/a.html` */
function byPath(file: string): string | undefined {
  const parts = file.split(sep);
  const host = parts.findIndex((part, index) => index < parts.length - 1 && HOST_NAME.test(part));
  if (host < 0) return undefined;
  const path = parts.slice(host + 1).map((part) => encodeURI(part).replaceAll("%25", "%"));
  return `http://${parts[host]}/${path.join("/").replace(/(?:^|(?<=\/))index\.html?$/iu, "")}`;
}

function asUrl(text: string | undefined): string | null {
  if (text === undefined) return null;
  // HTTrack leaves the scheme out.
  const whole = /^[a-z]+:/iu.test(text) ? text : `http://${text}`;
  const url = resolveUrl(whole, "http://localhost/");
  return url !== null && /^https?:/iu.test(url) ? url : null;
}

function dateInName(name: string): number | null {
  const [, year, month, day, hour = "0", minute = "0", second = "0"] = NAME_DATE.exec(name) ?? [];
  if (year === undefined) return null;
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  return Date.UTC(y, m - 1, d, Number(hour), Number(minute), Number(second));
}

/** file,url[,captured] with or without quotes; a header line says which column is which. */
async function readList(path: string | null): Promise<ReadonlyMap<string, Told>> {
  const told = new Map<string, Told>();
  const text = path === null ? "" : await readFile(path, "utf8").catch(() => "");
  const [header, ...rows] = text
    .replace(/^\uFEFF/u, "")
    .split(/\r?\n/u)
    .map(cellsOf);
  const names = (header ?? []).map((name) => name.toLowerCase());
  const [file, url] = [
    names.findIndex((name) => /^(?:file|path|name)$/u.test(name)),
    names.indexOf("url"),
  ];
  const captured = names.findIndex((name) => /^(?:captured|time|date|saved)$/u.test(name));
  if (file < 0 || url < 0) return told;
  for (const row of rows) {
    const at = parseMachineDate(row[captured] ?? "", { timeZone: "UTC", naive: "utc" })?.at ?? null;
    told.set(row[file] ?? "", { url: row[url] ?? "", at });
  }
  return told;
}

function cellsOf(line: string): string[] {
  const cells = line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/gu);
  return [...cells].map(([, quoted, bare]) => (quoted?.replaceAll('""', '"') ?? bare ?? "").trim());
}
