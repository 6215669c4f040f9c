/**
 * Step 3: which words of the page are the article. A cascade: the site's rule, the theme's rule, the
 * heaviest container, the text repeated for machines as referee, a softer second look, and at last the
 * page's own description, marked as partial.
 */
import { type Document, type Element, isTag } from "domhandler";
import type { BodyResult, PageFacts, RuleFindings, Tracer } from "../context.ts";
import { createTracer } from "../page/tracer.ts";
import { type Block, type Blocks, readBlocks } from "./blocks.ts";
import { dropCards } from "./cards.ts";
import { type Found, findContainer, findHeading, type Marks, type Range } from "./container.ts";
import { type Evidence, findAnchors, readEvidence } from "./evidence.ts";
import { featuresOf, type Region } from "./features.ts";
import { Break, type FlatPage, flatten, within } from "./flat.ts";
import { blockProbability } from "./model.ts";
import { describe, type Pruned, prune, type Strictness } from "./prune.ts";

import { refereeBody } from "./referee.ts";

/** A rule's body shorter than this is believed only when nothing else is found. */
const LEAST_RULE_CHARS = 200;
/** Below this, or below this share of the page's prose, the soft pass gets its turn. */
const LEAST_BODY_CHARS = 250;
const LEAST_PROSE_SHARE = 0.3;
/** The soft pass wins only when it finds this many times more. */
const SOFT_GAIN = 1.5;

interface Reading {
  readonly paragraphs: readonly string[];
  readonly chars: number;
  readonly method: BodyResult["method"];
  readonly source: string;
  readonly container: Element | null;
}

export function findBody(facts: PageFacts, findings: RuleFindings, tracer: Tracer): BodyResult {
  const evidence = readEvidence(facts);
  const flat = flatten(facts.root, findings.dropped);
  const anchors = findAnchors(flat, evidence);
  const marks = { heading: findHeading(flat, evidence), anchors };
  const look = (strictness: Strictness, method: BodyResult["method"]): Reading | null => {
    const pruned = prune(flat, strictness, anchors, tracer);
    dropCards(flat, pruned, tracer);
    const blocks = readBlocks(flat, pruned, evidence);
    const found = findContainer(flat, pruned, blocks, marks);
    return found && readContainer({ flat, pruned, blocks, found }, marks, evidence, method, tracer);
  };
  let reading = look("full", "scored");
  const prose = within(flat, flat.proseChars, 0);
  const chars = reading?.chars ?? 0;
  if (chars < LEAST_BODY_CHARS || chars < LEAST_PROSE_SHARE * prose) {
    const soft = look("soft", "soft");
    if (soft !== null && soft.chars > SOFT_GAIN * chars) reading = soft;
  }
  const refereed = refereeBody(reading?.paragraphs ?? [], evidence, tracer);
  const heading = elementAt(flat.elements[marks.heading]);
  const container = reading?.container ?? null;
  if (refereed !== null) {
    const { paragraphs, method, source, confidence, isPartial } = refereed;
    return { paragraphs, method, source, confidence, isPartial, container, heading };
  }
  const { paragraphs, method, source } = reading as Reading;
  return { paragraphs, method, source, confidence: 0.7, isPartial: false, container, heading };
}

interface Look {
  readonly flat: FlatPage;
  readonly pruned: Pruned;
  readonly blocks: Blocks;
  readonly found: Found;
}

function readContainer(
  look: Look,
  marks: Marks,
  evidence: Evidence,
  method: BodyResult["method"],
  tracer: Tracer,
): Reading {
  const { flat, found } = look;
  const container = elementAt(flat.elements[found.container]);
  const source = `${method} ${describe(container ?? undefined)}`;
  tracer.step("body container", source);
  const paragraphs = paragraphsOf(chooseBlocks(look, marks, evidence, tracer));
  const chars = paragraphs.reduce((sum, paragraph) => sum + paragraph.length, 0);
  return { paragraphs, chars, method, source, container };
}

/** Blocks this far around the container are judged too: standfirsts, chunks, what names misled us about. */
const REGION_BEFORE = 25;
const REGION_AFTER = 40;
const LIKELY = 0.5;

export function regionOf({ flat, blocks, found }: Look, marks: Marks, evidence: Evidence): Region {
  const inside: Range = [found.from, found.to];
  const region: Range = [
    Math.max(0, found.from - REGION_BEFORE),
    Math.min(blocks.list.length, found.to + REGION_AFTER),
  ];
  return { flat, blocks, container: found.container, inside, region, marks, evidence };
}

function chooseBlocks(
  look: Look,
  marks: Marks,
  evidence: Evidence,
  tracer: Tracer,
): readonly Block[] {
  const region = regionOf(look, marks, evidence);
  const rows = featuresOf(region);
  return rows.flatMap((row, at) => {
    const block = look.blocks.list[region.region[0] + at] as Block;
    const likely = blockProbability(row);
    if (likely >= LIKELY) return [block];
    if (block.dropped === 0)
      tracer.removed(block.text, `unlikely (${likely.toFixed(2)})`, block.text.length);
    return [];
  });
}

/** The first look at a page, for the trainer: its blocks near the article, with their features. */
export function inspectBlocks(
  facts: PageFacts,
): readonly { readonly text: string; readonly row: Float64Array }[] {
  const evidence = readEvidence(facts);
  const flat = flatten(facts.root, new Set());
  const anchors = findAnchors(flat, evidence);
  const marks = { heading: findHeading(flat, evidence), anchors };
  const silent = createTracer(false);
  const pruned = prune(flat, "full", anchors, silent);
  dropCards(flat, pruned, silent);
  const blocks = readBlocks(flat, pruned, evidence);
  const found = findContainer(flat, pruned, blocks, marks);
  if (found === null) return [];
  const region = regionOf({ flat, pruned, blocks, found }, marks, evidence);
  return featuresOf(region).map((row, at) => ({
    text: (blocks.list[region.region[0] + at] as Block).text,
    row,
  }));
}

function elementAt(node: Element | Document | undefined): Element | null {
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
