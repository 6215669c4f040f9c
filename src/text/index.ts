/**
 * The door of the text room: every rule about writing. Strings in, strings and facts out; nothing here
 * reads a clock, a file outside data/, or the network.
 */
export { clean, cleanParagraphs } from "./clean.ts";
export type {
  DateKind,
  DateOptions,
  FoundDate,
  LocalParts,
  MachineDateOptions,
  ParsedDate,
} from "./date-model.ts";
export {
  dateFromUrl,
  findDates,
  formatIso,
  localToUtc,
  offsetMs,
  parseDate,
  parseMachineDate,
  shortenedIso,
  utcToLocal,
  wholeIso,
} from "./dates/index.ts";
export { type Change, diffWords } from "./diff-words.ts";
export { hasDigit } from "./digits.ts";
export { direction } from "./direction.ts";
export { otherKeyboard, slips } from "./edits.ts";
export { type FoldedText, fold, foldWithMap } from "./fold.ts";
export { type DetectedLanguage, detectLanguage } from "./language.ts";
export { matchesOf } from "./matches.ts";
export { isNfc } from "./normal.ts";
export { findPlaces, placeNamed } from "./places.ts";
export { sentences } from "./sentences.ts";
export { cliticForms, stem, withoutClitic } from "./stem.ts";
export { displayWidth, forTerminal, isolate, truncateToWidth } from "./terminal.ts";
export { createUnits } from "./units.ts";
export { type Token, tokens, wordCount } from "./words.ts";
