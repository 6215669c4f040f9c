/**
 * Which pieces of two sequences belong together. Pure.
 *
 * Anchors are pieces that occur once on each side (patience diff), which keeps moved paragraphs
 * readable and the work near linear; what lies between two anchors is Myers' O(ND), given up as "all
 * replaced" when the sides have too little in common.
 */

/**
 * Edits looked for between two anchors before a stretch counts as rewritten. 1,000 edits cost 4 MB and
 * some milliseconds; texts that differ more share nothing a reader would follow.
 */
const MOST_EDITS = 1_000;

/** Indices of equal pieces, rising on both sides. */
export function align(
  a: readonly string[],
  b: readonly string[],
): readonly (readonly [inA: number, inB: number])[] {
  const pairs: [number, number][] = [];
  match(a, 0, a.length, b, 0, b.length, pairs);
  return pairs;
}

/** Adds the matching pairs of a[aFrom…aTo) and b[bFrom…bTo), in order. */
function match(
  a: readonly string[],
  aFrom: number,
  aTo: number,
  b: readonly string[],
  bFrom: number,
  bTo: number,
  pairs: [number, number][],
): void {
  while (aFrom < aTo && bFrom < bTo && a[aFrom] === b[bFrom]) pairs.push([aFrom++, bFrom++]);
  const tail: [number, number][] = [];
  while (aFrom < aTo && bFrom < bTo && a[aTo - 1] === b[bTo - 1]) tail.push([--aTo, --bTo]);
  if (aFrom < aTo && bFrom < bTo) {
    const anchors = uniqueAnchors(a, aFrom, aTo, b, bFrom, bTo);
    if (anchors.length === 0)
      for (const pair of myers(a, aFrom, aTo, b, bFrom, bTo)) pairs.push(pair);
    let [i, j] = [aFrom, bFrom];
    for (const [x, y] of anchors) {
      match(a, i, x, b, j, y, pairs);
      pairs.push([x, y]);
      i = x + 1;
      j = y + 1;
    }
    if (anchors.length > 0) match(a, i, aTo, b, j, bTo, pairs);
  }
  for (let k = tail.length - 1; k >= 0; k--) pairs.push(tail[k] as [number, number]);
}

/** Pieces that occur once on each side, as the longest chain that rises on both. */
function uniqueAnchors(
  a: readonly string[],
  aFrom: number,
  aTo: number,
  b: readonly string[],
  bFrom: number,
  bTo: number,
): readonly (readonly [number, number])[] {
  const places = new Map<string, { inA: number; inB: number }>();
  const SEVERAL = -2;
  const ABSENT = -1;
  for (let i = aFrom; i < aTo; i++) {
    const known = places.get(a[i] as string);
    if (known === undefined) places.set(a[i] as string, { inA: i, inB: ABSENT });
    else known.inA = SEVERAL;
  }
  for (let j = bFrom; j < bTo; j++) {
    const known = places.get(b[j] as string);
    if (known !== undefined) known.inB = known.inB === ABSENT ? j : SEVERAL;
  }
  const unique = [...places.values()].filter(({ inA, inB }) => inA >= 0 && inB >= 0);
  return longestRise(unique.map(({ inA, inB }) => [inA, inB]));
}

/** Longest increasing subsequence by the second number; patience sorting, n log n. */
function longestRise(
  points: readonly (readonly [number, number])[],
): readonly (readonly [number, number])[] {
  const tops: number[] = [];
  const before: number[] = [];
  for (const [index, [, y]] of points.entries()) {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((points[tops[middle] as number]?.[1] ?? 0) < y) low = middle + 1;
      else high = middle;
    }
    before[index] = low === 0 ? -1 : (tops[low - 1] as number);
    tops[low] = index;
  }
  const chain: (readonly [number, number])[] = [];
  for (let at = tops.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    chain.push(points[at] as readonly [number, number]);
  }
  return chain.reverse();
}

/** Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), greedy, with the trace kept. */
function myers(
  a: readonly string[],
  aFrom: number,
  aTo: number,
  b: readonly string[],
  bFrom: number,
  bTo: number,
): [number, number][] {
  const [n, m] = [aTo - aFrom, bTo - bFrom];
  const most = Math.min(n + m, MOST_EDITS);
  const furthest = new Int32Array(2 * most + 3);
  const trace: Int32Array[] = [];
  const at = (k: number): number => k + most + 1;
  for (let d = 0; d <= most; d++) {
    trace.push(furthest.slice(at(-d) - 1, at(d) + 2));
    for (let k = -d; k <= d; k += 2) {
      const goesDown =
        k === -d || (k !== d && (furthest[at(k - 1)] ?? 0) < (furthest[at(k + 1)] ?? 0));
      let x = goesDown ? (furthest[at(k + 1)] ?? 0) : (furthest[at(k - 1)] ?? 0) + 1;
      let y = x - k;
      while (x < n && y < m && a[aFrom + x] === b[bFrom + y]) {
        x++;
        y++;
      }
      furthest[at(k)] = x;
      if (x >= n && y >= m) return walkBack(trace, n, m, aFrom, bFrom);
    }
  }
  return [];
}

function walkBack(
  trace: readonly Int32Array[],
  n: number,
  m: number,
  aFrom: number,
  bFrom: number,
): [number, number][] {
  const pairs: [number, number][] = [];
  let [x, y] = [n, m];
  for (let d = trace.length - 1; d > 0; d--) {
    // Row d holds the diagonals -d-1 … d+1 as they were before step d.
    const row = trace[d] as Int32Array;
    const at = (k: number): number => row[k + d + 1] ?? 0;
    const k = x - y;
    const wentDown = k === -d || (k !== d && at(k - 1) < at(k + 1));
    const kBefore = wentDown ? k + 1 : k - 1;
    const xBefore = at(kBefore);
    const yBefore = xBefore - kBefore;
    while (x > xBefore + (wentDown ? 0 : 1) && y > yBefore + (wentDown ? 1 : 0)) {
      pairs.push([aFrom + --x, bFrom + --y]);
    }
    [x, y] = [xBefore, yBefore];
  }
  while (x > 0 && y > 0) pairs.push([aFrom + --x, bFrom + --y]);
  return pairs.reverse();
}
