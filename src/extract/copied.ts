/**
 * The same values of new strings. The scan hands out slices, and a slice of a few letters keeps its whole
 * page in memory: nothing that outlives a page may hold one.
 */

/** Shorter strings are never slices. */
const LEAST_SLICE_CHARS = 13;

/** @param value - plain data, as JSON has it; what is undefined is left out of objects */
export function copied<Value>(value: Value): Value {
  if (typeof value === "string") return copiedText(value) as Value;
  if (Array.isArray(value)) return value.map(copied) as Value;
  if (typeof value !== "object" || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(value)) if (one !== undefined) copy[name] = copied(one);
  return copy as Value;
}

/** A string made of two is written down whole when it is cut, and the cut keeps no more than that. */
function copiedText(text: string): string {
  return text.length < LEAST_SLICE_CHARS ? text : ` ${text}`.slice(1);
}
