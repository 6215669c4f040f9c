/** Taking the site's name off a page's title: `Title - Section | Site`, `Site » Title`, in any script. */
import { matchesOf } from "../../text/index.ts";
import type { SiteNames } from "./site-name.ts";

const MIN_TITLE_CHARS = 2;
/** Longer "titles" are no titles, and every separator costs a look at the rest. */
const MAX_CHARS = 600;
/** A separator between spaces, or one that never stands inside words; hyphens need evidence anyway. */
const SEPARATOR =
  /\s+[-–—―|ㅣ:•·»«›‹~/\\]+\s+|\s*[|ㅣ»«›‹•]+\s*|(?<=\p{Script=Han}|\p{Script=Hangul}|\p{Script=Kana}|[！？。」』”》】…])\s*[-_–—]+\s*|\s*::\s*|:\s+|\s+@\s+/gu;
/** What headlines do not use themselves: the parts around it are page furniture but one. */
const PIPE = /\s*[|ㅣ»«›‹]+\s*|\s+::\s+/u;
/** `新华网`, `人民日报`, `海外网`: names of outlets end like this, headlines do not. */
const HAN_OUTLET =
  /^\p{Script=Han}{1,6}(?:网|網|日报|日報|晚报|晚報|新闻|新聞|在线|在線|频道|頻道)$/u;
const EDGES = /^[\s|»«›‹•·:~/\\–—-]+|[\s|»«›‹•·~/\\–—-]+$/gu;
/** `Title – Section – Site name`: more rounds have not been seen. */
const MAX_ROUNDS = 4;

/** Takes the site's name off either end of a title; the rest keeps its own separators. */
export function stripSite(title: string, names: SiteNames): string {
  if (title.length > MAX_CHARS) return title.slice(0, MAX_CHARS);
  let rest = title;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const shorter = stripOnce(rest, names);
    if (shorter === null) break;
    rest = shorter;
  }
  return rest === title ? title : rest.replace(EDGES, "") || title;
}

function stripOnce(title: string, names: SiteNames): string | null {
  const cuts = matchesOf(SEPARATOR, title);
  for (const cut of cuts.toReversed()) {
    const tail = title.slice(cut.index + cut[0].length).trim();
    const before = title.slice(0, cut.index).trim();
    // After a colon stands half of a headline more often than a name.
    const isColon = cut[0].startsWith(":");
    if (before.length < MIN_TITLE_CHARS || (isColon && tail.includes(" "))) continue;
    if (names.isSite(tail) || HAN_OUTLET.test(tail)) return before;
    if (!isColon && tail.length < before.length * 2 && names.namesHost(tail)) return before;
  }
  for (const cut of cuts) {
    if (cut[0].trim() === ":") continue;
    const head = title.slice(0, cut.index).trim();
    const after = title.slice(cut.index + cut[0].length).trim();
    if (after.length >= MIN_TITLE_CHARS && head !== "" && names.isSite(head)) return after;
  }
  return null;
}

/** The last part of `Title - Site` and what stands before it; null without a separator. */
export function splitLast(title: string): { readonly head: string; readonly tail: string } | null {
  const cut = matchesOf(SEPARATOR, title).findLast((one) => one[0].trim() !== ":");
  if (cut === undefined) return null;
  return {
    head: title.slice(0, cut.index).trim(),
    tail: title.slice(cut.index + cut[0].length).trim(),
  };
}

/** Both sides of every separator of a title; behind a colon stands half of a headline. */
export function splits(title: string): readonly { readonly head: string; readonly tail: string }[] {
  const cuts = matchesOf(SEPARATOR, title.slice(0, MAX_CHARS));
  return cuts
    .filter((cut) => !cut[0].startsWith(":"))
    .map((cut) => ({
      head: title.slice(0, cut.index).trim(),
      tail: title.slice(cut.index + cut[0].length).trim(),
    }));
}

/** The longest part between pipes: what is left of `Title | Section | Forum` is the title. */
export function longestPart(title: string): string {
  let longest = "";
  // Two parts are as often title and subtitle; then the first one is the title.
  for (const part of title.split(PIPE)) if (part.length > longest.length) longest = part;
  return longest.trim() || title;
}
