/**
 * Which blocks of the container are the article: title, byline and date lines at the top, labels with
 * links, prompts and junk lines in between, and everything from a related heading on go.
 */
import type { Tracer } from "../context.ts";
import type { Block, Blocks } from "./blocks.ts";
import { endsSentence, readingLength } from "./blocks.ts";
import { isTitle } from "./container.ts";
import type { Evidence } from "./evidence.ts";
import { Is } from "./flat.ts";
import { holdsPrompt, isEndHeading, isJunkLine, startsWithLabel } from "./phrases.ts";

const TOP_LINES = 6;
const SHORT_LINE_CHARS = 160;
const LABEL_LINK_SHARE = 0.4;
const LINK_LINE_SHARE = 0.8;
/** A closing heading ends the article only past half of its weight and with no more than this left. */
const END_AFTER = 0.5;
const END_REST = 0.35;

export function filterLines(
  blocks: Blocks,
  from: number,
  to: number,
  evidence: Evidence,
  tracer: Tracer,
): readonly Block[] {
  const all = blocks.list.slice(from, to);
  const total = positive(all);
  const kept: Block[] = [];
  let seen = 0;
  for (const [index, block] of all.entries()) {
    const isShort = readingLength(block.text) <= 80;
    if (isShort && isEndHeading(block.key)) {
      const left = positive(all.slice(index + 1));
      if (seen > END_AFTER * total && left < END_REST * total) {
        tracer.removed(block.text, "heading of what follows the article", left);
        break;
      }
      if (block.bits & Is.heading || block.linkShare > 0.5) continue;
    }
    const reason = lineReason(block, index, kept, evidence);
    if (reason === null) kept.push(block);
    else tracer.removed(block.text, reason, block.text.length);
    seen += Math.max(0, block.weight);
  }
  while (kept.length > 0 && (kept.at(-1) as Block).bits & Is.heading) kept.pop();
  return kept;
}

function positive(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + Math.max(0, block.weight), 0);
}

function lineReason(
  block: Block,
  index: number,
  kept: readonly Block[],
  evidence: Evidence,
): string | null {
  const { text, key, linkShare } = block;
  const length = readingLength(text);
  if (key === "") return "no word";
  if (isJunkLine(key)) return "line around articles";
  if (index < TOP_LINES * 2 && isTitle(text, evidence)) return "the title again";
  const ends = endsSentence(text);
  if (kept.length === 0 && index < TOP_LINES && length < 70 && !ends)
    return "line above the article";
  if (linkShare > LINK_LINE_SHARE && length < SHORT_LINE_CHARS && !ends) return "only a link";
  if (length <= SHORT_LINE_CHARS) {
    if (linkShare > LABEL_LINK_SHARE && startsWithLabel(key)) return "label with a link";
    if (linkShare > 0 && !ends && startsWithLabel(key) && text.includes(":"))
      return "label with a link";
    if (holdsPrompt(key) && (linkShare > 0.2 || !ends)) return "prompt";
  }
  return null;
}
