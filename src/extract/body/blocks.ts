/**
 * Blocks: the lines of text a reader sees, in order, each weighed by how much it looks like a sentence
 * of an article. The weights speak of length, links and punctuation only, in every script alike.
 */
import { readFileSync } from "node:fs";
import { clean, fold } from "../../text/index.ts";
import type { Evidence } from "./evidence.ts";
import { Break, type FlatPage, Is } from "./flat.ts";
import { createHolds } from "./holds.ts";
import { isJunkLine } from "./phrases.ts";
import { Dropped, isForGood, type Pruned } from "./prune.ts";

export interface Block {
  readonly text: string;
  /** The folded beginning of the text: enough to compare with titles, phrases and descriptions. */
  readonly key: string;
  /** Its length in letters of a script that spells words out. */
  readonly length: number;
  readonly endsSentence: boolean;
  readonly linkShare: number;
  /** Nearest block-level element around it. */
  readonly holder: number;
  /** Bits of Is, inherited. */
  readonly bits: number;
  readonly firstPiece: number;
  /** Break.line when only a `<br>` parts it from the block before. */
  readonly breakBefore: number;
  /** Whether a blank line (two `<br>`) stands before it. */
  readonly isAfterBlank: boolean;
  /** 0 for what was dropped. */
  readonly weight: number;
  /** One of Dropped. */
  readonly dropped: number;
  /** Whether the text repeated for machines holds it too; null when there is none to ask. */
  readonly isConfirmed: boolean | null;
}

export interface Blocks {
  readonly list: readonly Block[];
  /** Number of blocks that begin before piece p; one entry more than there are pieces. */
  readonly before: Int32Array;
  /** Running sum of weights. */
  readonly weights: Float64Array;
}

/** A title or a phrase is shorter, and a description's first words stand this early in a block. */
const KEY_CHARS = 180;
/** The beginning of a line is enough to find it again in another text. */
const CONFIRM_CHARS = 48;
const SENTENCE_END = /[.!?؟۔。！？…॥।։][\p{Pf}\p{Pe}"'”’»)\]]*$/u;
/** Behind the last sentence an agency signs, as in `… he said. (dpa)`. */
const SIGNATURE = /\s*[([]\s?([\p{L}\p{M}/.-]{2,12})\s?[)\]]$/u;
const { agencies }: { readonly agencies: readonly { readonly forms: readonly string[] }[] } =
  JSON.parse(readFileSync(new URL("../../../data/agencies.json", import.meta.url), "utf8"));
const AGENCIES = new Set(agencies.flatMap(({ forms }) => forms.map(fold)));
const DENSE = /[\u3040-\u30FF\u3400-\u9FFF]/u;
/** A sign of a dense script says about what 2.5 letters say. */
const DENSE_FACTOR = 2.5;

export function readBlocks(flat: FlatPage, pruned: Pruned, evidence: Evidence): Blocks {
  const list: Block[] = [];
  const { pieces, breaks, owner, context } = flat;
  const before = new Int32Array(pieces.length + 1);
  let text = "";
  let links = 0;
  let first = -1;
  let dropped: number = Dropped.none;
  let breakBefore: number = Break.block;
  let pending: number = Break.block;
  let isAfterBlank = false;
  let isBlankPending = false;
  const isInArticle = evidence.articleKey === "" ? null : createHolds(evidence.articleKey);
  const finish = (next: number): void => {
    if (first === -1) return;
    const cleaned = clean(text);
    if (cleaned !== "") {
      const holder = blockHolder(flat, owner[first] as number);
      const bits = context[owner[first] as number] as number;
      const linkShare = Math.min(1, links / text.length);
      const key = fold(cleaned.slice(0, KEY_CHARS));
      const length = readingLength(cleaned);
      const ends = endsSentence(cleaned) || (!isByPicture(flat, first, next) && isSigned(cleaned));
      const weight = dropped === Dropped.none ? weigh(length, ends, key, linkShare, bits) : 0;
      const isConfirmed = isInArticle === null ? null : isInArticle(key.slice(0, CONFIRM_CHARS));
      list.push({
        text: cleaned,
        key,
        length,
        endsSentence: ends,
        linkShare,
        holder,
        bits,
        firstPiece: first,
        breakBefore,
        isAfterBlank,
        weight,
        dropped,
        isConfirmed,
      });
    }
    first = -1;
  };
  for (let p = 0; p < pieces.length; p++) {
    pending = Math.max(pending, breaks[p] as number);
    isBlankPending ||= flat.afterBlank.has(p);
    const why = pruned.dropped[p] as number;
    // Dropped inside running text: the text goes on without it.
    const isCut =
      isForGood(why) || (why !== Dropped.none && pending === Break.none && why !== dropped);
    if (!isCut) {
      if (pending !== Break.none || first === -1) {
        finish(p);
        first = p;
        dropped = why;
        text = "";
        links = 0;
        breakBefore = pending;
        pending = Break.none;
        isAfterBlank = isBlankPending;
        isBlankPending = false;
      }
      const piece = pieces[p] as string;
      text += piece;
      if ((context[owner[p] as number] as number) & Is.link) links += piece.length;
    }
    before[p + 1] = list.length + (first === -1 ? 0 : 1);
  }
  finish(pieces.length);
  // A block that cleaned away to nothing was counted while it was open: count again, exactly.
  let at = 0;
  for (let p = 0; p < pieces.length; p++) {
    before[p] = at;
    if (at < list.length && (list[at] as Block).firstPiece === p) at++;
  }
  before[pieces.length] = at;
  const weights = new Float64Array(list.length + 1);
  for (const [index, block] of list.entries()) {
    weights[index + 1] = (weights[index] as number) + block.weight;
  }
  return { list, before, weights };
}

function blockHolder(flat: FlatPage, index: number): number {
  let current = index;
  while (current > 0 && ((flat.own[current] as number) & Is.block) === 0) {
    current = flat.parent[current] as number;
  }
  return Math.max(0, current);
}

/** Marks and quotes after a sentence: nobody writes more. */
const MAX_END_CHARS = 40;

/** The end is enough to see it, and a search from the front would try every full stop. */
function endsSentence(text: string): boolean {
  return SENTENCE_END.test(text.length > MAX_END_CHARS ? text.slice(-MAX_END_CHARS) : text);
}

/** Whether an agency known by name signs behind a full stop. */
function isSigned(text: string): boolean {
  const signature = SIGNATURE.exec(text.slice(-MAX_END_CHARS));
  if (signature === null || !AGENCIES.has(fold(signature[1] as string))) return false;
  return endsSentence(text.slice(0, text.length - signature[0].length));
}

/** Whether a picture stands right before or behind a block: there the signature is its photographer's. */
function isByPicture({ media }: FlatPage, first: number, next: number): boolean {
  return (media[next] as number) > (first === 0 ? 0 : (media[first - 1] as number));
}

function readingLength(text: string): number {
  return DENSE.test(text) ? text.length * DENSE_FACTOR : text.length;
}

function weigh(
  length: number,
  ends: boolean,
  key: string,
  linkShare: number,
  bits: number,
): number {
  if (isJunkLine(key)) return -12;
  if (linkShare > 0.6) return -Math.min(length, 120) - 8;
  if (bits & Is.heading) return -2;
  if (length >= 70 && ends) return Math.min(length, 800) * (1 - linkShare);
  if (length >= 35 && ends) return 0.7 * length;
  if (length >= 120) return 0.5 * Math.min(length, 800) * (1 - linkShare);
  return bits & Is.item ? -6 : bits & Is.paragraph ? -4 : -10;
}
