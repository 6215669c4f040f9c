/** Sentences of a text: cut after . ! ؟ ? ؛ … with what closes them, and at every line's end. */

// A point inside a number or an abbreviation has no blank after it.
const BOUNDARY = /(?<=[.!?؟؛…]["'»”’)\]]*)\s+|\n+/u;

/** In order, as written, without the blanks between them. */
export function sentences(text: string): string[] {
  return text.split(BOUNDARY).flatMap((sentence) => sentence.trim() || []);
}
