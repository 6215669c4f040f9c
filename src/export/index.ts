/** The door of export/: the shape articles leave in, and the files they leave as. */
export { refuseExisting, writeAtomically } from "./atomic-file.ts";
export { type CitedFacts, citedFacts } from "./cite/facts.ts";
export { CITE_STYLES, type CiteStyle, cite } from "./cite/styles.ts";
export { csvLine, plainText } from "./csv.ts";
export { diffArticles, type FieldDiff } from "./diff.ts";
export { diffHtml } from "./diff-html.ts";
export { type DiffRow, diffRows } from "./diff-rows.ts";
export { type ExportOptions, type ExportReport, exportArticles } from "./export.ts";
export { EXPORT_FORMATS, type ExportFormat } from "./formats.ts";
export { PROFILES, type Profile } from "./profiles.ts";
export {
  EXPORT_FIELDS,
  type ExportField,
  type ExportRecord,
  type ExtractedRecord,
  isoInstant,
  toExportRecord,
  toExtractedRecord,
  wholeDate,
} from "./record.ts";
export { SHARDS, type Shard } from "./shards.ts";

/** zod is loaded only by who asks for the schema. */
export const loadArticleSchema = (): Promise<typeof import("./schema.ts")> => import("./schema.ts");
export const loadCitation = (): Promise<typeof import("./citation.ts")> => import("./citation.ts");
