/** The door of export/: the shape articles leave in, and the files they leave as. */
export { writeAtomically } from "./atomic-file.ts";
export { csvLine, plainText } from "./csv.ts";
export { type Change, diffArticles, type FieldDiff } from "./diff.ts";
export { type ExportOptions, type ExportReport, exportArticles } from "./export.ts";
export type { ExportFormat } from "./fields.ts";
export {
  EXPORT_FIELDS,
  type ExportField,
  type ExportRecord,
  type ExtractedRecord,
  isoInstant,
  toExportRecord,
  toExtractedRecord,
} from "./record.ts";

/** zod is loaded only by who asks for the schema. */
export const loadArticleSchema = (): Promise<typeof import("./schema.ts")> => import("./schema.ts");
