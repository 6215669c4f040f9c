/** The door of export/: the shape articles leave in, and the files they leave as. */
export { writeAtomically } from "./atomic-file.ts";
export { csvLine, plainText } from "./csv.ts";
export { type ExportOptions, type ExportReport, exportArticles } from "./export.ts";
export type { ExportFormat } from "./fields.ts";
export {
  EXPORT_FIELDS,
  type ExportedArticle,
  type ExportField,
  type ExportRecord,
  type ExtractedRecord,
  isoInstant,
  toExportedArticle,
  toExportedExtractor,
  toExportedHashes,
  toExportRecord,
  toExtractedRecord,
} from "./record.ts";

/** zod is loaded only by who asks for the schema. */
export const loadArticleSchema = (): Promise<typeof import("./schema.ts")> => import("./schema.ts");
export { type Change, diffArticles, diffWords, type FieldDiff } from "./diff.ts";
