/**
 * The door to identity: when two readings are one version, one text, or nearly one text, and what
 * kind of edit lies between two versions. Pure.
 */
export { creditedAgencies } from "./agency.ts";
export { type VersionField, versionFields } from "./content.ts";
export { classifyEdit, EDIT_KINDS, type Edit, type EditKind } from "./edit.ts";
export { fingerprint } from "./fingerprint.ts";
export { byPublication } from "./first-publisher.ts";
export {
  type Comparable,
  comparable,
  haveOtherNumbers,
  isCopy,
  isSameStory,
  type Likeness,
  likeness,
  TELLING_RUNS,
} from "./likeness.ts";
export { asOfOneCapture } from "./record-sameness.ts";
export { editedFields } from "./same-version.ts";
export { type SentenceChanges, sentenceChanges } from "./sentence-changes.ts";
export { type Shingles, shinglesOf } from "./shingles.ts";
export { similarity } from "./simhash.ts";
