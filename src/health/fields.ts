/**
 * Whether articles are still read as they were: which fields are filled, how long bodies are, which
 * rules took part. A redesign shows here first.
 */
import type { VersionFill } from "../store/store.ts";
import type { Alarm, AlarmKind } from "./alarm.ts";
import { binomialAtMost, median, quantile, SURE } from "./usual.ts";

/** Fewer say nothing about a share. */
const ENOUGH_NOW = 8;
const ENOUGH_PAST = 30;
/** A smaller loss may be sure and still not worth waking anybody for. */
const LEAST_DROP = 0.2;
/** Nothing is always so: a field that was never missing may be missing once in a hundred. */
const SUREST_RATE = 0.99;
/** Bodies half or twice as long as usual are another thing than the body. */
const BODY_FACTOR = 2;
/** A rule that took part more rarely than this was no habit. */
const HABIT = 0.5;

const FIELDS: readonly (readonly [AlarmKind, (version: VersionFill) => boolean])[] = [
  ["title", ({ hasTitle }) => hasTitle],
  ["category", ({ hasCategory }) => hasCategory],
  ["date", ({ hasDate }) => hasDate],
  ["author", ({ hasAuthor }) => hasAuthor],
];

/**
 * @param versions - oldest first
 * @param from - versions read at or after it are in question, those before are the past
 */
export function judgeFields(versions: readonly VersionFill[], from: number): Alarm[] {
  const past = versions.filter(({ at }) => at < from);
  const now = versions.filter(({ at }) => at >= from);
  if (now.length < ENOUGH_NOW || past.length < ENOUGH_PAST) return [];
  return [
    ...FIELDS.flatMap(([kind, has]) => judgeShare(kind, null, has, past, now)),
    ...judgeBody(past, now),
    ...rulesOf(past).flatMap((rule) =>
      judgeShare("rule", rule, (version) => partsOf(version).includes(rule), past, now),
    ),
  ];
}

function judgeShare(
  kind: AlarmKind,
  what: string | null,
  has: (version: VersionFill) => boolean,
  past: readonly VersionFill[],
  now: readonly VersionFill[],
): Alarm[] {
  const rate = past.filter(has).length / past.length;
  const hits = now.filter(has).length;
  const share = hits / now.length;
  const chance = binomialAtMost(hits, now.length, Math.min(rate, SUREST_RATE));
  if (rate - share < LEAST_DROP || chance >= SURE) return [];
  const since = startOfTrouble(now, (version) => !has(version));
  return [{ kind, what, now: percent(share), usual: percent(rate), since }];
}

function judgeBody(past: readonly VersionFill[], now: readonly VersionFill[]): Alarm[] {
  const lengths = past.map(({ bodyChars }) => bodyChars);
  const usual = median(lengths);
  const length = median(now.map(({ bodyChars }) => bodyChars));
  const isShort = length * BODY_FACTOR < usual && length < quantile(lengths, 0.25);
  const isLong = length > usual * BODY_FACTOR && length > quantile(lengths, 0.75);
  if (!isShort && !isLong) return [];
  const since = startOfTrouble(now, ({ bodyChars }) =>
    isShort ? bodyChars * BODY_FACTOR < usual : bodyChars > usual * BODY_FACTOR,
  );
  const chars = (count: number): string => `${Math.round(count)} characters`;
  return [{ kind: "body", what: null, now: chars(length), usual: chars(usual), since }];
}

/** The rules that read most of the past. A rule's exact content may change: that was us. */
function rulesOf(past: readonly VersionFill[]): string[] {
  const counts = new Map<string, number>();
  for (const version of past) {
    for (const part of partsOf(version)) counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count >= past.length * HABIT).map(([part]) => part);
}

/** `site:x@1a2b+theme:y@3c4d` → `site:x`, `theme:y`; nothing for `generic`. */
function partsOf({ rule }: VersionFill): readonly string[] {
  const parts = rule.split("+").map((part) => part.replace(/@.*$/u, ""));
  return parts.filter((part) => part !== "generic");
}

/** The first of the unbroken series of trouble that leads to the newest; else the first trouble. */
function startOfTrouble(
  versions: readonly VersionFill[],
  isTrouble: (version: VersionFill) => boolean,
): number {
  const lastGood = versions.findLastIndex((version) => !isTrouble(version));
  const first = versions[lastGood + 1] ?? versions.find(isTrouble) ?? versions[0];
  return first?.at ?? 0;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
