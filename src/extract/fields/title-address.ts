/** Whether a page's address is made of a heading's words: CMSes make it of the headline when it is first saved. */
import { fold } from "../../text/index.ts";
import type { PageFacts } from "../context.ts";
import { decodePart } from "./category-address.ts";

/** Shorter words are left out of addresses; umlauts are written in two ways. */
const MIN_WORD_CHARS = 3;
/** One word alone names a section as often. */
const MIN_KEY_CHARS = 12;
const MIN_SHARE = 0.75;
const UMLAUTS: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", å: "aa", ø: "oe" };

/** @param key - the folded heading */
export function namesPage(key: string, { url, canonicals }: PageFacts): boolean {
  if (key.length < MIN_KEY_CHARS) return false;
  return [url.pathname, ...canonicals.slice(0, 1)].some((address) => {
    // Only the last part: those before it name the section, and a page's heading may be just that.
    const path = address.split(/[?#]/u, 1)[0] as string;
    const last = path.split("/").findLast((part) => part !== "") ?? "";
    const slug = plain(fold(decodePart(last)));
    const words = key.split(" ").filter((word) => word.length >= MIN_WORD_CHARS);
    const shared = words.filter((word) => slug.includes(plain(word))).length;
    return words.length > 0 && shared >= words.length * MIN_SHARE;
  });
}

/** `ue` and `u` become one, so that `übersee` is `uebersee` and `ubersee`. */
function plain(text: string): string {
  return text
    .replace(/[äöüåø]/gu, (letter) => UMLAUTS[letter] as string)
    .replace(/([aou])e/gu, "$1");
}
