/**
 * Step 3: which words of the page are the article. A cascade: the site's rule, the theme's rule, the
 * heaviest container, the text repeated for machines as referee, a softer second look, and at last the
 * page's own description, marked as partial.
 */

import type { Element } from "domhandler";
import { isTag } from "domhandler";
import type { BodyResult, PageFacts, RuleFindings, Tracer } from "../context.ts";
import { type Block, readBlocks } from "./blocks.ts";
import { dropCards } from "./cards.ts";
import { findContainer, findMarks } from "./container.ts";
import { readEvidence } from "./evidence.ts";
import { Break, flatten } from "./flat.ts";
import { filterLines } from "./lines.ts";
import { describe, prune } from "./prune.ts";

export function findBody(facts: PageFacts, findings: RuleFindings, tracer: Tracer): BodyResult {
  const evidence = readEvidence(facts);
  const flat = flatten(facts.root, findings.dropped);
  const pruned = prune(flat, "full", tracer);
  dropCards(flat, pruned, tracer);
  const blocks = readBlocks(flat, pruned);
  const marks = findMarks(flat, blocks, evidence);
  const found = findContainer(flat, pruned, blocks, marks);
  const heading = elementAt(flat.elements[marks.heading]);
  if (found === null) {
    return {
      paragraphs: evidence.description === null ? [] : [evidence.description],
      method: "description",
      source: "og:description",
      confidence: 0.1,
      isPartial: true,
      container: null,
      heading,
    };
  }
  const kept = filterLines(blocks, found.from, found.to, evidence, tracer);
  const element = elementAt(flat.elements[found.container]);
  return {
    paragraphs: paragraphsOf(kept),
    method: "scored",
    source: `scored ${describe(element ?? undefined)}`,
    confidence: 0.7,
    isPartial: false,
    container: element,
    heading,
  };
}

function elementAt(node: Parameters<typeof describe>[0]): Element | null {
  return node !== undefined && isTag(node) ? node : null;
}

/** Lines parted by `<br>` only stay lines of one paragraph. */
function paragraphsOf(blocks: readonly Block[]): readonly string[] {
  const paragraphs: string[] = [];
  for (const block of blocks) {
    if (block.breakBefore === Break.line && paragraphs.length > 0) {
      paragraphs.push(`${paragraphs.pop()}\n${block.text}`);
    } else paragraphs.push(block.text);
  }
  return paragraphs;
}
