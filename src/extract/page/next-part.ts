/**
 * Articles cut into parts: which address holds the next part of this one. An address counts only
 * when the page links to it and it is this page's own address with the next part's number, as the
 * common systems write it; `rel=next` alone would as soon lead to the next article.
 */
import type { Element } from "domhandler";
import { hrefOf, Mark, marksOf } from "./marks.ts";

/** How systems number parts: WordPress `/slug/2/`, others `?page=2`. */
const PATH_PART = /^(.*?)\/(\d{1,2})\/?$/u;
const QUERY_NAMES: readonly string[] = ["page", "pg", "p_no", "part"];
/** Nobody cuts an article into more; a higher number is an id or a date. */
const MOST_PARTS = 50;

/**
 * @param elements - all of the page
 * @param url - the page's own address
 * @returns the absolute address of the next part, or null
 */
export function nextPartOf(elements: readonly Element[], url: string): string | null {
  const own = new URL(url);
  if (own.pathname === "/" && own.search === "") return null;
  /** Every spelling of a candidate's address → its rank among them. */
  const rankOf = new Map<string, number>();
  /** Their lengths: of the page's many links hardly one need be looked up. */
  const lengths = new Set<number>();
  const candidates = [...candidatesOf(own)];
  for (const [rank, { href, pathname, search }] of candidates.entries()) {
    for (const target of [href, href.replace(/^https?:/u, ""), pathname + search]) {
      if (!rankOf.has(target)) rankOf.set(target, rank);
      lengths.add(target.length);
    }
  }
  let best = candidates.length;
  for (const element of elements) {
    if ((marksOf(element) & Mark.href) === 0) continue;
    const href = hrefOf(element);
    if (href === undefined || !lengths.has(href.length)) continue;
    best = Math.min(best, rankOf.get(href) ?? best);
  }
  return candidates[best]?.href ?? null;
}

function* candidatesOf(own: URL): Generator<URL> {
  for (const name of QUERY_NAMES) {
    const part = own.searchParams.get(name);
    const next = part === null ? 2 : Number(part) + 1;
    if (!Number.isInteger(next) || next < 2 || next > MOST_PARTS) continue;
    const url = new URL(own);
    url.searchParams.set(name, String(next));
    yield url;
  }
  const numbered = PATH_PART.exec(own.pathname);
  const slash = own.pathname.endsWith("/") ? "/" : "";
  const bare = own.pathname.replace(/\/$/u, "");
  const paths = [`${bare}/2${slash}`];
  if (numbered !== null && Number(numbered[2]) >= 2 && Number(numbered[2]) < MOST_PARTS) {
    paths.unshift(`${numbered[1]}/${Number(numbered[2]) + 1}${slash}`);
  }
  for (const path of paths) {
    const url = new URL(own);
    url.pathname = path;
    yield url;
  }
}
