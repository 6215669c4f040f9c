/** Text of a title that may hold tags and entities, once or twice escaped. */
import { Parser } from "htmlparser2";
import { clean } from "../text/index.ts";
import { copy } from "./page-ref.ts";

const LEFTOVER_ENTITY = /&(?:#\d{2,6}|#x[0-9a-f]{2,5}|[a-z]{2,8});/iu;
// Titles above this are a broken file's rest, not a title.
const MAX_TITLE_CHARS = 1_000;

/** One line, no tags, entities decoded (a second time when the first left some), at most 1,000 chars. */
export function plainText(html: string): string {
  const once = strip(html.slice(0, MAX_TITLE_CHARS * 4));
  const text = LEFTOVER_ENTITY.test(once) ? strip(once) : once;
  return copy(clean(text).slice(0, MAX_TITLE_CHARS));
}

function strip(html: string): string {
  if (!/[<&]/u.test(html)) return html;
  let text = "";
  const parser = new Parser({
    ontext: (piece) => {
      text += piece;
    },
  });
  parser.end(html);
  return text;
}
