/**
 * The body of a page that a script would have drawn, read from the script's state. Believed only when
 * it speaks of what the page's title or description speaks of.
 */
import { fold } from "../../text/index.ts";
import type { PageFacts } from "../context.ts";
import { readState } from "../page/state.ts";
import { createTracer } from "../page/tracer.ts";
import { buildTree } from "../page/tree.ts";
import { readBlocks } from "./blocks.ts";
import type { Evidence } from "./evidence.ts";
import { flatten } from "./flat.ts";
import { isJunkLine } from "./phrases.ts";
import { prune } from "./prune.ts";

/** Share of the title's and description's words that the text must hold. */
const LEAST_SHARED = 0.4;
/** Frameworks that stream their state put a row's number and length before its text. */
const ROW_HEADER = /^[0-9a-f]{1,4}:T[0-9a-f]{1,6},/iu;

export interface StateBody {
  readonly paragraphs: readonly string[];
  readonly source: string;
}

export function readStateBody(facts: PageFacts, evidence: Evidence): StateBody | null {
  const state = readState(facts.scripts);
  if (state === null) return null;
  const flat = flatten(buildTree(state.markup.replace(ROW_HEADER, "")), new Set());
  const { list } = readBlocks(
    flat,
    prune(flat, "full", [], -1, new Set(), createTracer(false)),
    evidence,
  );
  const lines = list
    .filter(({ key, dropped }) => dropped === 0 && key !== "" && !isJunkLine(key))
    .map(({ text }) => text);
  if (!isAbout(lines.join(" "), evidence)) return null;
  return { paragraphs: lines, source: `script:${state.key || "state"}` };
}

function isAbout(text: string, { titles, descriptionKeys }: Evidence): boolean {
  const wanted = [...new Set([...titles, ...descriptionKeys].flatMap((key) => key.split(" ")))];
  if (wanted.length === 0) return false;
  const known = new Set(fold(text).split(" "));
  return wanted.filter((word) => known.has(word)).length >= LEAST_SHARED * wanted.length;
}
