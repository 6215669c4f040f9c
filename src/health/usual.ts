/**
 * What is usual, and how sure we are that something is not: the little statistics of health. Robust
 * (medians, not means), exact for small counts, no table of magic values. Pure.
 */

/**
 * A source is looked at every day for years, in several ways: one false alarm in a thousand looks is
 * one a year and source, which a person can bear.
 */
export const SURE = 0.001;
/** How far below the median, in robust deviations, a count may be by its source's own restlessness. */
const MOST_DEVIATIONS = 3;
/** Turns a median absolute deviation into a standard deviation, for normal noise. */
const MAD_SCALE = 1.4826;

/** @param share - 0…1; linear between the ranks. NaN for no values */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/**
 * Counts below this are unusual for a source with this past. A regular source is held to its median even
 * if its past holds bad days; a restless one is given its restlessness.
 */
export function floorOf(past: readonly number[]): number {
  const middle = median(past);
  const deviation = MAD_SCALE * median(past.map((count) => Math.abs(count - middle)));
  return middle - MOST_DEVIATIONS * deviation;
}

/** Whether a count is too low to be chance: below the source's floor, and below what noise explains. */
export function isLow(count: number, past: readonly number[]): boolean {
  return count < floorOf(past) && poissonAtMost(count, median(past)) < SURE;
}

/** The chance of at most `count` events where `mean` are expected. */
export function poissonAtMost(count: number, mean: number): number {
  let term = Math.exp(-mean);
  // Beyond this the first term is 0 in floating point; the normal curve is exact enough there.
  if (term === 0) return normalAtMost((count + 0.5 - mean) / Math.sqrt(mean));
  let sum = 0;
  for (let events = 0; events <= count; events++) {
    sum += term;
    term *= mean / (events + 1);
  }
  return Math.min(1, sum);
}

/** The chance of at most `hits` in `tries` where each hits with chance `rate`. */
export function binomialAtMost(hits: number, tries: number, rate: number): number {
  if (rate <= 0 || hits >= tries) return 1;
  if (rate >= 1) return 0;
  let sum = 0;
  let logTerm = tries * Math.log1p(-rate);
  for (let count = 0; count <= hits; count++) {
    sum += Math.exp(logTerm);
    logTerm += Math.log((tries - count) / (count + 1)) + Math.log(rate / (1 - rate));
  }
  return Math.min(1, sum);
}

/** The chance of at least `hits` in `tries` where each hits with chance `rate`. */
export function binomialAtLeast(hits: number, tries: number, rate: number): number {
  return hits <= 0 ? 1 : binomialAtMost(tries - hits, tries, 1 - rate);
}

/** Abramowitz and Stegun 7.1.26; wrong by at most 1.5e-7. */
function normalAtMost(deviations: number): number {
  const x = Math.abs(deviations) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const above = (series * Math.exp(-x * x)) / 2;
  return deviations < 0 ? above : 1 - above;
}
