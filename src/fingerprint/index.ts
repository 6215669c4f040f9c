/**
 * The door to identity: when two readings are one version, one text, or nearly one text. Pure.
 */
export { type VersionField, versionFields } from "./content.ts";
export { fingerprint } from "./fingerprint.ts";
export { similarity } from "./simhash.ts";
