/**
 * What the name of a meta or an attribute says about the date in it, where no list knows the name:
 * systems and vendors make new ones out of the same few words (`sn-post-date`, `og:datePublished`,
 * `awa-publishedDate`). Of 24 pages of 20 sites with such a name, all stated the right day.
 */
import { remember } from "../../remember.ts";

export type NameMeaning = "published" | "modified" | "date" | null;

/** A day of a year of the web or an instant in Unix time, and nothing else. */
export const STATED_DAY =
  /^\s*(?:(?:19|20)\d{2}\D?\d{2}\D?\d{2}(?:\D.{0,30})?|1\d{9}(?:\d{3})?)\s*$/u;

/** The end, the making of the page or another thing's date. */
const OTHER =
  /expir|valid|until|render|generat|cache|build|cover|event|start|end(?:date|time)|embargo|relat|access|server|birth|consent|publisher/u;
const CHANGED = /updat|modif|revis|review|edit(?:ed|date|time)|lastpub|changed/u;
const FIRST =
  /(?:publi[sc]|pub|post|releas|creat|issu)[a-z]{0,6}(?:date|time|day|at|on)|(?:date|time)(?:of)?(?:publi|pub|post|releas|creat|issu|avail)|firstpubli|publi[a-z]{0,6}$|created$/u;
const DATE = /(?:date|time|timestamp)$/u;
const NOT_LETTERS = /[^a-z]+/gu;

export const meaningOfName: (name: string) => NameMeaning = remember(read);

function read(name: string): NameMeaning {
  const letters = name.toLowerCase().replace(NOT_LETTERS, "");
  if (OTHER.test(letters)) return null;
  if (CHANGED.test(letters)) return "modified";
  if (FIRST.test(letters)) return "published";
  return DATE.test(letters) ? "date" : null;
}
