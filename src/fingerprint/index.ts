/**
 * The door to identity: when two readings are one version, one text, or nearly one text, and what
 * kind of edit lies between two versions. Pure.
 */
export { type VersionField, versionFields } from "./content.ts";
export { classifyEdit, EDIT_KINDS, type Edit, type EditKind } from "./edit.ts";
export { fingerprint } from "./fingerprint.ts";
export { editedFields } from "./same-version.ts";
export { similarity } from "./simhash.ts";
