/** The zone a time of day is in, where the text says so: `GMT+0300`, `+02:00`, `MSK`, `بتوقيت غرينتش`. */
import { type Item, NO_MEANING } from "./lex.ts";

export interface Zone {
  readonly last: number;
  readonly offsetMinutes: number | null;
  readonly zoneName: string | null;
}

/**
 * The zone after the last item of a time.
 *
 * @param hasSeconds - a bare `-HH:MM` is an offset only after seconds; else it is the end of a span of time
 * @returns `last` unchanged and nulls when there is none
 */
export function readZone(items: readonly Item[], last: number, hasSeconds: boolean): Zone {
  let index = last + 1;
  if (items[index]?.mark === "(") {
    index++;
  }
  const item = items[index];
  const means = item?.means ?? NO_MEANING;
  if (means.zoneName !== undefined) {
    return { last: index, offsetMinutes: null, zoneName: means.zoneName };
  }
  if (means.zoneOffsetMinutes !== undefined) {
    const offset = readOffset(items, index + 1);
    return {
      last: offset?.last ?? index,
      offsetMinutes: means.zoneOffsetMinutes + (offset?.minutes ?? 0),
      zoneName: null,
    };
  }
  // A bare "-11:30" after a time without seconds is the end of a span of time, not an offset.
  const offset = item?.mark === "+" || hasSeconds ? readOffset(items, last + 1) : null;
  return { last: offset?.last ?? last, offsetMinutes: offset?.minutes ?? null, zoneName: null };
}

function readOffset(
  items: readonly Item[],
  index: number,
): { readonly last: number; readonly minutes: number } | null {
  const sign = items[index]?.mark;
  const hours = items[index + 1];
  if ((sign !== "+" && sign !== "-" && sign !== "−") || hours === undefined || hours.isSpaced) {
    return null;
  }
  const factor = sign === "+" ? 1 : -1;
  if (hours.digits === 4 && hours.number % 100 < 60 && hours.number <= 1400) {
    const minutes = Math.floor(hours.number / 100) * 60 + (hours.number % 100);
    return { last: index + 1, minutes: factor * minutes };
  }
  if (hours.digits === 0 || hours.digits > 2 || hours.number > 14) {
    return null;
  }
  const minutes = items[index + 3];
  if (items[index + 2]?.mark === ":" && isSexagesimal(minutes)) {
    return { last: index + 3, minutes: factor * (hours.number * 60 + minutes.number) };
  }
  return { last: index + 1, minutes: factor * hours.number * 60 };
}

/** Two digits below sixty. */
export function isSexagesimal(item: Item | undefined): item is Item {
  return item !== undefined && item.digits === 2 && item.number < 60;
}
