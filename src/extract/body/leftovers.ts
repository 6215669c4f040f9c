/**
 * Lines that stand in place of something else: a box nobody filled, an embedded post that waits for
 * consent, the words under a picture, the label over a recording. What they say is never enough: prose may
 * begin with the same words, and a tutorial prints a template's variables as its text.
 */
import { readFileSync } from "node:fs";
import { isTag } from "domhandler";
import { fold } from "../../text/index.ts";
import type { Block } from "./blocks.ts";
import type { FlatPage } from "./flat.ts";

interface LeftoverPhrases {
  readonly embed: readonly { readonly begins: string; readonly holds: string }[];
  readonly caption: readonly string[];
  readonly placeholder: readonly string[];
  readonly recording: readonly string[];
}

const phrases: LeftoverPhrases = JSON.parse(
  readFileSync(new URL("../../../data/extract/body/certain.json", import.meta.url), "utf8"),
);
const EMBEDS = phrases.embed.map(({ begins, holds }) => [fold(begins), fold(holds)] as const);
const CAPTIONS = phrases.caption.map(fold);
const PLACEHOLDERS = phrases.placeholder.map(fold);
const RECORDINGS = new Set(phrases.recording);

/** All of them fill three lines at most (the longest seen has 290 letters); what is longer is prose. */
const MAX_LEFTOVER_CHARS = 320;
/** A box a publishing system did not fill: `$$TOPAD$$`, `%%AD%%`, `{{ advert }}`, `[TEASER_BOX]`. */
const UNFILLED = /^(?:\$\$[\w-]+\$\$|%%[\w-]+%%|\{\{\s?[\w.-]+\s?\}\}|\[[A-Z]+(?:_[A-Z\d]+)+\])$/u;
/** What leads over to a thing that is quoted. */
const LEADS_OVER = /[:：]$/u;
const CODE_TAGS = new Set(["pre", "code", "kbd", "samp", "tt"]);

/** @param before - the line above, of those kept */
export function isLeftover(block: Block, before: Block | undefined, flat: FlatPage): boolean {
  const { key, text } = block;
  if (text.length > MAX_LEFTOVER_CHARS) return false;
  if (isRecording(text)) return true;
  if (EMBEDS.some(([begins, holds]) => startsWith(key, begins) && key.includes(holds))) return true;
  if (CAPTIONS.some((words) => startsWith(key, words))) return isBelowPicture(block, flat);
  const isFilling = UNFILLED.test(text) || PLACEHOLDERS.some((words) => startsWith(key, words));
  return isFilling && !LEADS_OVER.test(before?.text ?? "") && !isCode(block, flat);
}

/** `WATCH | The repairs begin`: in capitals, and before a bar, as no sentence begins. */
function isRecording(text: string): boolean {
  const bar = text.indexOf("|");
  return bar > 0 && RECORDINGS.has(text.slice(0, bar).trimEnd());
}

/** Whether nothing but a picture or a player parts a line from the text above it. */
function isBelowPicture({ firstPiece }: Block, { media }: FlatPage): boolean {
  const above = firstPiece === 0 ? 0 : (media[firstPiece - 1] as number);
  return (media[firstPiece] as number) > above;
}

function isCode({ firstPiece, holder }: Block, flat: FlatPage): boolean {
  for (let at = flat.owner[firstPiece] as number; at >= holder; at = flat.parent[at] as number) {
    const element = flat.elements[at];
    if (element !== undefined && isTag(element) && CODE_TAGS.has(element.name)) return true;
  }
  return false;
}

function startsWith(key: string, start: string): boolean {
  return key.startsWith(start) && (key[start.length] ?? " ") === " ";
}
