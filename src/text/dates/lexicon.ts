/**
 * What the words of dates mean, in every language of data/dates: read once, looked up folded.
 *
 * A phrase may mean several things (`mar` is March and mardi, `م` is p.m. and "of our era"): all of them are in
 * its Meaning, and the grammar picks by position.
 */
import { readFileSync } from "node:fs";
import { fold } from "../fold.ts";

export type Unit = "second" | "minute" | "hour" | "day" | "week" | "month" | "year";
export type Era = "libyan" | "hijri" | "gregorian";
export type Meridiem = "am" | "pm" | "night";

/** Every part is absent unless the phrase has that meaning. */
export interface Meaning {
  /** 1…12; two when languages differ (listopad), the likelier first. */
  months?: number[];
  /** The month's name is also an ordinary word. */
  isCommonWord?: boolean;
  /** Too often something else to be a month without a year (5 out of 7). */
  needsYear?: boolean;
  isLibyanMonth?: boolean;
  isThaiMonth?: boolean;
  hijriMonth?: number;
  jalaliMonth?: number;
  /** 0 is Sunday. */
  weekdays?: number[];
  meridiem?: Meridiem;
  era?: Era;
  unit?: Unit;
  /** 2 for the Arabic and Hebrew dual. */
  unitCount?: number;
  number?: number;
  isAgoBefore?: boolean;
  isAgoAfter?: boolean;
  /** 0 today, -1 yesterday, -2 the day before. */
  relativeDay?: number;
  isNow?: boolean;
  /** Last, this, next. */
  turn?: -1 | 0 | 1;
  isConnector?: boolean;
  isBeforeTime?: boolean;
  isHourUnit?: boolean;
  isMinuteUnit?: boolean;
  isOrdinal?: boolean;
  /** "Corresponding to": stands between a Hijri date and its Gregorian twin. */
  isSameDay?: boolean;
  zoneOffsetMinutes?: number;
  zoneName?: string;
}

export interface Lexicon {
  /** Folded phrase, words one space apart → meaning. */
  readonly phrases: ReadonlyMap<string, Meaning>;
  /** Folded first word → most words of any phrase that starts with it. */
  readonly longest: ReadonlyMap<string, number>;
  readonly libyanYears: { readonly first: number; readonly last: number; readonly add: number };
}

/** Cuts a folded phrase as the lexer cuts text: Chinese, Japanese and Korean one character a word. */
export function foldedWords(phrase: string): string[] {
  return fold(phrase).match(FOLDED_WORD) ?? [];
}

/** The tables of data/dates, folded. Read on first use. */
export function lexicon(): Lexicon {
  loaded ??= load();
  return loaded;
}

interface MonthTable {
  readonly commonWords: readonly string[];
  readonly needYear: readonly string[];
  readonly libyanYears: Lexicon["libyanYears"];
  readonly hijri: readonly (readonly string[])[];
  readonly jalali: readonly (readonly string[])[];
  readonly languages: Readonly<Record<string, readonly (readonly string[])[]>>;
}

interface WeekdayTable {
  readonly languages: Readonly<Record<string, readonly (readonly string[])[]>>;
}

type Words = readonly string[];

interface WordTable {
  readonly connectors: Words;
  readonly beforeTimes: Words;
  readonly hourUnits: Words;
  readonly minuteUnits: Words;
  readonly meridiems: Readonly<Record<Meridiem, Words>>;
  readonly eras: Readonly<Record<Era, Words>>;
  readonly ordinals: Words;
  readonly sameDay: Words;
  readonly zones: Readonly<Record<string, number>>;
  readonly namedZones: Readonly<Record<string, string>>;
  readonly numbers: Readonly<Record<string, Words>>;
  readonly agoBefore: Words;
  readonly agoAfter: Words;
  readonly units: Readonly<Record<Unit, { one: Words; two: Words; many: Words }>>;
  readonly days: Readonly<Record<string, Words>>;
  readonly now: Words;
  readonly past: Words;
  readonly current: Words;
  readonly next: Words;
}

const FOLDED_WORD =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{M}]+/gu;

let loaded: Lexicon | undefined;

function load(): Lexicon {
  const months = readTable<MonthTable>("months.json");
  const weekdays = readTable<WeekdayTable>("weekdays.json");
  const words = readTable<WordTable>("words.json");
  const phrases = new Map<string, Meaning>();
  const longest = new Map<string, number>();

  const add = (phrase: string, change: (meaning: Meaning) => void) => {
    const parts = foldedWords(phrase);
    const first = parts[0];
    if (first === undefined) {
      return;
    }
    const key = parts.join(" ");
    const meaning = phrases.get(key) ?? {};
    change(meaning);
    phrases.set(key, meaning);
    longest.set(first, Math.max(longest.get(first) ?? 0, parts.length));
  };
  const addAll = (list: Words, change: (meaning: Meaning) => void) => {
    for (const phrase of list) {
      add(phrase, change);
    }
  };

  for (const [language, names] of Object.entries(months.languages)) {
    for (const [index, list] of names.entries()) {
      addAll(list, (meaning) => {
        meaning.months ??= [];
        if (!meaning.months.includes(index + 1)) {
          meaning.months.push(index + 1);
        }
        if (language === "ar-LY") {
          meaning.isLibyanMonth = true;
        }
        if (language === "th") {
          meaning.isThaiMonth = true;
        }
      });
    }
  }
  for (const phrase of months.commonWords) {
    const meaning = phrases.get(foldedWords(phrase).join(" "));
    if (meaning !== undefined) {
      meaning.isCommonWord = true;
    }
  }
  for (const phrase of months.needYear) {
    const meaning = phrases.get(foldedWords(phrase).join(" "));
    if (meaning !== undefined) {
      meaning.needsYear = true;
    }
  }
  for (const [index, list] of months.hijri.entries()) {
    addAll(list, (meaning) => {
      meaning.hijriMonth = index + 1;
    });
  }
  for (const [index, list] of months.jalali.entries()) {
    addAll(list, (meaning) => {
      meaning.jalaliMonth = index + 1;
    });
  }
  for (const names of Object.values(weekdays.languages)) {
    for (const [index, list] of names.entries()) {
      addAll(list, (meaning) => {
        meaning.weekdays ??= [];
        if (!meaning.weekdays.includes(index)) {
          meaning.weekdays.push(index);
        }
      });
    }
  }
  addAll(words.connectors, (meaning) => {
    meaning.isConnector = true;
  });
  addAll(words.beforeTimes, (meaning) => {
    meaning.isBeforeTime = true;
  });
  addAll(words.hourUnits, (meaning) => {
    meaning.isHourUnit = true;
  });
  addAll(words.minuteUnits, (meaning) => {
    meaning.isMinuteUnit = true;
  });
  addAll(words.ordinals, (meaning) => {
    meaning.isOrdinal = true;
  });
  addAll(words.sameDay, (meaning) => {
    meaning.isSameDay = true;
  });
  for (const meridiem of ["am", "pm", "night"] as const) {
    addAll(words.meridiems[meridiem], (meaning) => {
      meaning.meridiem = meridiem;
    });
  }
  for (const era of ["libyan", "hijri", "gregorian"] as const) {
    addAll(words.eras[era], (meaning) => {
      meaning.era = era;
    });
  }
  for (const [phrase, minutes] of Object.entries(words.zones)) {
    add(phrase, (meaning) => {
      meaning.zoneOffsetMinutes = minutes;
    });
  }
  for (const [phrase, zone] of Object.entries(words.namedZones)) {
    add(phrase, (meaning) => {
      meaning.zoneName = zone;
    });
  }
  for (const [value, list] of Object.entries(words.numbers)) {
    addAll(list, (meaning) => {
      meaning.number ??= Number(value);
    });
  }
  addAll(words.agoBefore, (meaning) => {
    meaning.isAgoBefore = true;
  });
  addAll(words.agoAfter, (meaning) => {
    meaning.isAgoAfter = true;
  });
  for (const [unit, forms] of Object.entries(words.units) as [Unit, WordTable["units"][Unit]][]) {
    addAll([...forms.one, ...forms.many], (meaning) => {
      meaning.unit ??= unit;
    });
    addAll(forms.two, (meaning) => {
      meaning.unit = unit;
      meaning.unitCount = 2;
    });
  }
  for (const [offset, list] of Object.entries(words.days)) {
    addAll(list, (meaning) => {
      meaning.relativeDay = Number(offset);
    });
  }
  addAll(words.now, (meaning) => {
    meaning.isNow = true;
  });
  addAll(words.past, (meaning) => {
    meaning.turn = -1;
  });
  addAll(words.current, (meaning) => {
    meaning.turn = 0;
  });
  addAll(words.next, (meaning) => {
    meaning.turn = 1;
  });
  return { phrases, longest, libyanYears: months.libyanYears };
}

function readTable<T>(name: string): T {
  const url = new URL(`../../../data/dates/${name}`, import.meta.url);
  return JSON.parse(readFileSync(url, "utf8")) as T;
}
