/** What an article's own address says of its section. */
import { isNoise } from "./vocabulary.ts";

/** Segments that say what kind of address it is, not under what it is filed. */
const PLAIN_SEGMENT =
  /^(?:archives?|articles?|artikel|posts?|story|stories|index|blogs?|www|html|web|content|node|details?|view|pages?|service|services|download|downloads|sharedDocs|en|resources?|item|id|p|wordpress|wp|cms|joomla|drupal|typo3|moin|wiki|\p{L}{2})$/iu;
const MAX_SEGMENTS = 2;

/** Path segments that could name a section: letters only, and the article comes after them. */
export function pathSections(url: URL): readonly string[] {
  const parts = url.pathname
    .split("/")
    .filter((part) => part !== "")
    .map(decodePart);
  return parts
    .slice(0, -1)
    .filter(
      (part) =>
        /^\p{L}[\p{L}\p{M}-]{2,24}$/u.test(part) && !isNoise(part) && !PLAIN_SEGMENT.test(part),
    )
    .slice(0, MAX_SEGMENTS)
    .map((part) => part.replaceAll("-", " "));
}

export function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
