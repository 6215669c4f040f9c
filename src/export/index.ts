/** The door of export/: the shape articles leave in, and the files they leave as. */
export { csvLine, plainText } from "./csv.ts";
export {
  EXPORT_FIELDS,
  type ExportedArticle,
  type ExportField,
  type ExportRecord,
  isoInstant,
  toExportedArticle,
  toExportedExtractor,
  toExportedHashes,
  toExportRecord,
} from "./record.ts";
