/**
 * Flashes: a sentence or three, or a sentence and a table of prices. Lines so short look like captions and
 * labels, so what belongs to a flash is known by where it stands: right behind what is sure, in the same box
 * and the same markup, with no heading between. A table of figures belongs to it whole or not at all.
 */
import type { Block, Blocks } from "./blocks.ts";
import { type FlatPage, Is, within } from "./flat.ts";
import { holdsPrompt } from "./phrases.ts";
import { Dropped } from "./prune.ts";
import { mainHolder, type Region, signatureOf } from "./region.ts";

/**
 * Two or three sentences weigh this much. Between two paragraphs of longer articles the model is right about
 * short lines, so there is nothing to make up for.
 */
const FLASH_WEIGHT = 400;
/** Behind a sure sentence, where half would be asked elsewhere: what the shortest second sentences reached. */
const LIKELY_IN_FLASH = 0.2;
/** Of a table's text: lists of other stories and menus link most of it. */
const MAX_TABLE_LINK_SHARE = 0.3;
/** A cell of figures or a name; longer cells hold prose, as the layout tables of old sites do. */
const MAX_CELL_CHARS = 80;
/** A heading row and one of a name and its figures; a bar of buttons is one row, a calendar has no names. */
const LEAST_ROWS = 2;
/** From a cell's text up to its table: td, tr, tbody, and what stands in a cell. */
const CELL_LEVELS = 6;
/** `4.15`, `+2 %`, `7.20 LYD`; not `Views 233`. */
const FIGURE = /^[^\p{L}]*\p{Nd}/u;

interface Judged {
  readonly block: Block;
  readonly likely: number;
  /** Whether it is chosen without being a flash's. */
  readonly isSure: boolean;
}

/**
 * The lines of a flash beside its sure ones; none in anything longer.
 *
 * @param judged - in the page's order
 * @param isPlain - whether a line is a whole sentence
 */
export function flashLines(
  region: Region,
  judged: readonly Judged[],
  isPlain: (block: Block) => boolean,
): ReadonlySet<Block> {
  const lines = new Set<Block>();
  const { flat, blocks, inside } = region;
  const weight = (blocks.weights[inside[1]] as number) - (blocks.weights[inside[0]] as number);
  if (weight > FLASH_WEIGHT) return lines;
  const box = mainHolder(region).parent;
  const tableOf = figureTables(flat, blocks);
  const isLine = ({ block, likely }: Judged): boolean =>
    block.bits & Is.table
      ? tableOf(block) !== -1
      : likely >= LIKELY_IN_FLASH && isPlain(block) && !holdsPrompt(block.key);
  // Nothing weighs anything: what is in the container stands nowhere better.
  if (box === -1) {
    const held = new Set(blocks.list.slice(inside[0], inside[1]));
    for (const one of judged) if (held.has(one.block) && isLine(one)) lines.add(one.block);
    return lines;
  }
  const isOfBox = ({ block, isSure }: Judged): boolean =>
    isSure && flat.parent[block.holder] === box;
  const first = judged.findIndex(isOfBox);
  if (first === -1) return lines;
  const last = judged.findLastIndex(isOfBox);
  const { holder } = (judged[first] as Judged).block;
  for (const [at, one] of judged.entries()) {
    if (at <= first || one.isSure || one.block.dropped !== Dropped.none) continue;
    const isBeside = one.block.holder === box || isBehind(flat, one.block, holder, tableOf);
    if (isBeside && isLine(one)) lines.add(one.block);
    else if (at > last) break;
  }
  return lines;
}

/**
 * Where the run of blocks ends that stand behind a paragraph as its like, or as tables of figures. What was
 * dropped between them does not end it.
 *
 * @param to - the first block behind the paragraph
 */
export function runBehind(flat: FlatPage, blocks: Blocks, paragraph: number, to: number): number {
  const tableOf = figureTables(flat, blocks);
  let end = to;
  for (let at = to; at < blocks.list.length; at++) {
    const block = blocks.list[at] as Block;
    if (block.dropped !== Dropped.none) continue;
    if (!isBehind(flat, block, paragraph, tableOf) || holdsPrompt(block.key)) break;
    end = at + 1;
  }
  return end;
}

type TableOf = (block: Block) => number;

/** Whether a block stands in the same box as a paragraph and in the same markup, or is of a table there. */
function isBehind(flat: FlatPage, block: Block, paragraph: number, tableOf: TableOf): boolean {
  const box = flat.parent[paragraph] as number;
  const table = tableOf(block);
  if (table !== -1) {
    const around = flat.parent[table] as number;
    return around === box || flat.parent[around] === box;
  }
  if (flat.parent[block.holder] !== box) return false;
  return signatureOf(flat, block.holder) === signatureOf(flat, paragraph);
}

/** Finds the table of figures a block is a cell of; -1 when it is of none. Each table is looked at once. */
function figureTables(flat: FlatPage, blocks: Blocks): TableOf {
  const known = new Map<number, boolean>();
  const isTable = (at: number): boolean => ((flat.own[at] as number) & Is.table) !== 0;
  return ({ holder, bits }) => {
    if ((bits & Is.table) === 0) return -1;
    let at = holder;
    for (let level = 0; !isTable(at); level++) {
      at = flat.parent[at] as number;
      if (at < 0 || level === CELL_LEVELS) return -1;
    }
    const isOne = known.get(at) ?? holdsFigures(flat, blocks, at);
    known.set(at, isOne);
    return isOne ? at : -1;
  };
}

function holdsFigures(flat: FlatPage, blocks: Blocks, table: number): boolean {
  const links = within(flat, flat.linkChars, table);
  if (links > MAX_TABLE_LINK_SHARE * within(flat, flat.chars, table)) return false;
  for (let at = table + 1; at < (flat.end[table] as number); at++) {
    if ((flat.own[at] as number) & (Is.table | Is.paragraph | Is.heading)) return false;
  }
  const from = blocks.before[flat.pieceStart[table] as number] as number;
  const to = blocks.before[flat.pieceEnd[table] as number] as number;
  const rows = new Map<number, { named: boolean; figured: boolean }>();
  for (const { text, holder } of blocks.list.slice(from, to)) {
    if (text.length > MAX_CELL_CHARS) return false;
    const row = flat.parent[holder] as number;
    const { named = false, figured = false } = rows.get(row) ?? {};
    const isFigure = FIGURE.test(text);
    rows.set(row, { named: named || !isFigure, figured: figured || isFigure });
  }
  return rows.size >= LEAST_ROWS && [...rows.values()].some((row) => row.named && row.figured);
}
