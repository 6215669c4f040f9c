/**
 * Step 3: which words of the page are the article. A cascade: the site's rule, the theme's rule, the
 * heaviest container, a softer second look, the text repeated for machines as referee, and at last the
 * page's own description, marked as partial.
 */
import { type Document, type Element, isTag } from "domhandler";
import { fold } from "../../text/index.ts";
import type { BodyResult, PageFacts, RuleFindings, Tracer } from "../context.ts";
import { createTracer } from "../page/tracer.ts";
import { type Block, type Blocks, readBlocks } from "./blocks.ts";
import { dropCards } from "./cards.ts";
import { type Chosen, chooseBlocks, type Look, regionOf } from "./choose.ts";
import { type Found, findContainer, findHeading, type Marks, titleOf } from "./container.ts";
import { type Evidence, findAnchors, readEvidence } from "./evidence.ts";
import { featuresOf } from "./features.ts";
import { type FlatPage, flatten, within } from "./flat.ts";
import { describe, prune, type Strictness } from "./prune.ts";
import { isPaidAndShort, refereeBody } from "./referee.ts";
import { readStateBody } from "./state-body.ts";

/** A rule's body shorter than this is held against what is found without it. */
const LEAST_RULE_CHARS = 200;
/** And believed unless the other is this many times longer: flashes are short. */
const RULE_GAIN = 3;
/** Below this, or below this share of the page's prose, the soft pass gets its turn. */
const LEAST_BODY_CHARS = 250;
const LEAST_PROSE_SHARE = 0.3;
/** The soft pass wins only when it finds this many times more. */
const SOFT_GAIN = 1.5;
/** What a container is trusted for by where it came from, before its blocks have their say. */
const TRUST: Readonly<Record<BodyResult["method"], number>> = {
  site: 0.7,
  theme: 0.6,
  scored: 0.4,
  soft: 0.2,
  "json-ld": 0.5,
  description: 0.05,
};
const CERTAINTY_SHARE = 0.45;
const DESCRIBED_BONUS = 0.1;

interface Page {
  readonly flat: FlatPage;
  readonly evidence: Evidence;
  readonly marks: Marks;
  readonly findings: RuleFindings;
  /** Elements the rules' bodies are or stand in. */
  readonly held: ReadonlySet<number>;
  readonly tracer: Tracer;
}

interface Reading extends Chosen {
  readonly method: BodyResult["method"];
  readonly source: string;
  readonly container: Element | null;
}

export function findBody(facts: PageFacts, findings: RuleFindings, tracer: Tracer): BodyResult {
  const page = openPage(facts, findings, tracer);
  const { flat, evidence, marks } = page;
  const blocks = lookAt(page, "full");
  let reading = readByRule(page, blocks);
  const prose = within(flat, flat.proseChars, 0);
  // A theme is guessed from marks that other templates copy: its body must not leave most prose out.
  const isDoubtful = reading?.method === "theme" && reading.chars < LEAST_PROSE_SHARE * prose;
  if (reading === null || isDoubtful || reading.chars < LEAST_RULE_CHARS) {
    const scored = readScored(page, blocks, "scored");
    if (reading === null || (scored?.chars ?? 0) > RULE_GAIN * reading.chars) reading = scored;
  }
  const chars = reading?.chars ?? 0;
  const isThin = chars < LEAST_PROSE_SHARE * prose;
  if ((chars < LEAST_BODY_CHARS || isThin) && (reading === null || reading.method === "scored")) {
    const soft = readScored(page, lookAt(page, "soft"), "soft");
    if (soft !== null && soft.chars > SOFT_GAIN * chars) reading = soft;
    // Every part of the article bears a name of something else (a "toc" of its chapters).
    if ((reading?.chars ?? 0) === 0) reading = readScored(page, lookAt(page, "bare"), "soft");
  }
  if ((reading?.chars ?? 0) < LEAST_BODY_CHARS && evidence.articleKey === "") {
    reading = readDrawn(page, facts, reading) ?? reading;
  }
  const container = reading?.container ?? null;
  const around = { container, heading: elementAt(flat.elements[marks.heading]) };
  const refereed = refereeBody(reading, within(flat, flat.chars, 0), evidence, tracer);
  if (refereed !== null) return { ...refereed, ...around };
  const { paragraphs, method, source } = reading as Reading;
  return {
    paragraphs,
    method,
    source,
    confidence: confidenceOf(reading as Reading, evidence),
    isPartial: isPaidAndShort(facts, (reading as Reading).chars),
    ...around,
  };
}

/** The first look at a page, for the trainer: its blocks near the article, with their features. */
export function inspectBlocks(
  facts: PageFacts,
): readonly { readonly text: string; readonly row: Float64Array }[] {
  const nothing = { theme: null, fields: {}, bodies: [], dropped: new Set<Element>(), endsAt: [] };
  const page = openPage(facts, { ...nothing, stamp: "generic" }, createTracer(false));
  const look = lookAt(page, "full");
  const found = findContainer(page.flat, look.pruned, look.blocks, page.marks);
  if (found === null) return [];
  const region = regionOf(toLook(page, look.blocks, found, false));
  return featuresOf(region).map((row, at) => ({
    text: (look.blocks.list[region.region[0] + at] as Block).text,
    row,
  }));
}

function openPage(facts: PageFacts, findings: RuleFindings, tracer: Tracer): Page {
  const evidence = readEvidence(facts);
  const flat = flatten(facts, findings.dropped);
  const heading = findHeading(flat, evidence);
  const title = titleOf(flat, heading, evidence);
  const marks = { heading, title, anchors: findAnchors(flat, evidence) };
  return { flat, evidence, marks, findings, held: heldBy(findings, flat), tracer };
}

function heldBy({ bodies }: RuleFindings, flat: FlatPage): ReadonlySet<number> {
  const held = new Set<number>();
  if (bodies.length === 0) return held;
  const elements = new Set(bodies.flatMap((body) => body.elements));
  flat.elements.forEach((element, index) => {
    if (!isTag(element) || !elements.has(element)) return;
    for (let at = index; at > 0; at = flat.parent[at] as number) held.add(at);
  });
  return held;
}

interface Looked {
  readonly blocks: Blocks;
  readonly pruned: ReturnType<typeof prune>;
}

function lookAt({ flat, evidence, marks, held, tracer }: Page, strictness: Strictness): Looked {
  const pruned = prune(flat, strictness, marks.anchors, marks.title, held, tracer);
  dropCards(flat, pruned, tracer);
  return { pruned, blocks: readBlocks(flat, pruned, evidence) };
}

function toLook(page: Page, blocks: Blocks, found: Found, isByRule: boolean): Look {
  const { flat, evidence, marks, findings } = page;
  const endsAt = new Set(findings.endsAt.map(fold));
  return { flat, blocks, found, marks, evidence, isByRule, endsAt };
}

/** The first body of the rules that holds any text; parts of a split body are read one after another. */
function readByRule(page: Page, { blocks }: Looked): Reading | null {
  const { flat, findings, tracer } = page;
  if (findings.bodies.length === 0) return null;
  const wanted = new Set<Element | Document>(findings.bodies.flatMap(({ elements }) => elements));
  const indexOf = new Map<Element, number>();
  flat.elements.forEach((element, index) => {
    if (wanted.has(element)) indexOf.set(element as Element, index);
  });
  for (const { method, source, elements } of findings.bodies) {
    const parts = elements.flatMap((element) => {
      const container = indexOf.get(element);
      if (container === undefined) return [];
      const from = blocks.before[flat.pieceStart[container] as number] as number;
      const to = blocks.before[flat.pieceEnd[container] as number] as number;
      if (from === to) return [];
      return [chooseBlocks(toLook(page, blocks, { container, from, to }, true), tracer)];
    });
    const paragraphs = parts.flatMap((part) => part.paragraphs);
    if (paragraphs.length === 0) continue;
    tracer.step("body container", source);
    return {
      paragraphs,
      chars: parts.reduce((sum, part) => sum + part.chars, 0),
      certainty: Math.min(...parts.map((part) => part.certainty)),
      method,
      source,
      container: elements[0] ?? null,
    };
  }
  return null;
}

function readScored(
  page: Page,
  { blocks, pruned }: Looked,
  method: "scored" | "soft",
): Reading | null {
  const found = findContainer(page.flat, pruned, blocks, page.marks);
  if (found === null) return null;
  const container = elementAt(page.flat.elements[found.container]);
  const source = `${method} ${describe(container ?? undefined)}`;
  page.tracer.step("body container", source);
  const chosen = chooseBlocks(toLook(page, blocks, found, false), page.tracer);
  return { ...chosen, method, source, container };
}

/** Pages without text of their own: what their script would have drawn. */
function readDrawn(
  { evidence, tracer }: Page,
  facts: PageFacts,
  found: Reading | null,
): Reading | null {
  const drawn = readStateBody(facts, evidence);
  if (drawn === null) return null;
  const chars = drawn.paragraphs.reduce((sum, paragraph) => sum + paragraph.length, 0);
  if (chars < SOFT_GAIN * Math.max(found?.chars ?? 0, LEAST_BODY_CHARS)) return null;
  tracer.step("body container", drawn.source);
  return { ...drawn, chars, certainty: 0, method: "json-ld", container: null };
}

function confidenceOf(reading: Reading, evidence: Evidence): number {
  const text = fold(reading.paragraphs.slice(0, 3).join(" "));
  const isDescribed = evidence.anchors.some((anchor) => text.includes(anchor));
  const sum =
    TRUST[reading.method] +
    CERTAINTY_SHARE * reading.certainty * (reading.chars < LEAST_BODY_CHARS ? 0.5 : 1) +
    (isDescribed ? DESCRIBED_BONUS : 0);
  return Math.round(Math.min(0.99, sum) * 100) / 100;
}

function elementAt(node: Element | Document | undefined): Element | null {
  return node !== undefined && isTag(node) ? node : null;
}
