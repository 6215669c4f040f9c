/**
 * Which region of a page an element begins: by its tag, its role, its names; and what stands beside the
 * article. Pure; the walk of page-index.ts asks it once an element.
 */
import { type Element, isTag } from "domhandler";
import { classesOf, idOf } from "../page/marks.ts";
import { Region, readRoles } from "./roles.ts";

export const REGION_OF_TAG: Readonly<Record<string, number>> = {
  nav: Region.nav,
  header: Region.header,
  footer: Region.footer,
  aside: Region.aside,
  article: Region.article,
  main: Region.main,
};
export const REGION_OF_ROLE: Readonly<Record<string, number>> = {
  navigation: Region.nav,
  contentinfo: Region.footer,
  complementary: Region.aside,
  search: Region.nav,
  main: Region.main,
  article: Region.article,
};

/** A theme wraps its text once or twice between the article's box and the body. */
const MAX_WRAPPERS = 3;

/** True for what stands in the box that holds the body or its heading, too; the whole page is no such box. */
export function isBeside({ parent }: Element, inner: Element | null): boolean {
  if (parent === null || !isTag(parent) || parent.name === "body") return false;
  let one = inner;
  for (let up = 0; up < MAX_WRAPPERS && one !== null; up++) {
    if (one === parent) return true;
    one = one.parent !== null && isTag(one.parent) ? one.parent : null;
  }
  return false;
}

/** The regions that an element begins by its own tag, names and role. */
export function ownRegion(element: Element): number {
  const { name, attribs } = element;
  const named = readRoles(classesOf(element)).region | readRoles(idOf(element)).region;
  const byRole = REGION_OF_ROLE[attribs.role?.toLowerCase() ?? ""] ?? 0;
  return named | (REGION_OF_TAG[name] ?? 0) | byRole;
}
