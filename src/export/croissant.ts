/**
 * `croissant.json`: the dataset in Croissant 1.0 (https://docs.mlcommons.org/croissant), schema.org's
 * vocabulary for machine learning, as data catalogues index it. Records are described where the
 * format has columns a reader can address (CSV, Parquet, JSON Lines).
 */
import { basename } from "node:path";
import type { Column, ColumnType } from "./columns.ts";
import { type CardOptions, type Dataset, dayOf, digestOf, MEDIA_TYPES, nameOf } from "./dataset.ts";
import type { ExportFormat } from "./formats.ts";
import { titleOf } from "./frictionless.ts";

/** The context the specification asks to be given in full. */
const CONTEXT = {
  "@language": "en",
  "@vocab": "https://schema.org/",
  sc: "https://schema.org/",
  cr: "http://mlcommons.org/croissant/",
  dct: "http://purl.org/dc/terms/",
  conformsTo: "dct:conformsTo",
  data: { "@id": "cr:data", "@type": "@json" },
  dataType: { "@id": "cr:dataType", "@type": "@vocab" },
  examples: { "@id": "cr:examples", "@type": "@json" },
  ...Object.fromEntries(
    [
      ...[
        "citeAs",
        "column",
        "extract",
        "field",
        "fileObject",
        "fileProperty",
        "fileSet",
        "format",
      ],
      ...[
        "includes",
        "isLiveDataset",
        "jsonPath",
        "key",
        "md5",
        "parentField",
        "path",
        "recordSet",
      ],
      ...["references", "regex", "repeated", "replace", "separator", "source", "subField"],
      "transform",
    ].map((term) => [term, `cr:${term}`]),
  ),
};

export function croissantOf(dataset: Dataset, card: CardOptions, citation: string): object {
  const { target, format, files, columns, facts, now } = dataset;
  return {
    "@context": CONTEXT,
    "@type": "sc:Dataset",
    conformsTo: "http://mlcommons.org/croissant/1.0",
    name: nameOf(target),
    description: titleOf(dataset, card),
    citeAs: citation,
    identifier: `sha256:${digestOf(files)}`,
    dateCreated: new Date(now).toISOString(),
    ...(card.license !== null && { license: card.license }),
    ...(facts.publishedFrom !== null && {
      temporalCoverage: `${dayOf(facts.publishedFrom)}/${dayOf(facts.publishedTo)}`,
    }),
    inLanguage: facts.languages.map(({ name }) => name),
    distribution: files.map(({ target: path, bytes, sha256 }) => ({
      "@type": "cr:FileObject",
      "@id": idOf(path),
      name: basename(path),
      contentUrl: idOf(path),
      contentSize: `${bytes} B`,
      encodingFormat: path.toLowerCase().endsWith(".gz")
        ? "application/gzip"
        : (READ_AS[format] ?? MEDIA_TYPES[format]),
      sha256,
    })),
    recordSet: ADDRESSABLE.has(format)
      ? files.map(({ target: path }) => ({
          "@type": "cr:RecordSet",
          "@id": `records/${idOf(path)}`,
          name: `records/${basename(path)}`,
          field: columns.map((column) => fieldOf(column, idOf(path), format)),
        }))
      : [],
  };
}

/** Where Croissant's readers know a format by another name than the rest of the world. */
const READ_AS: Readonly<Partial<Record<ExportFormat, string>>> = {
  jsonl: "application/jsonlines",
  parquet: "application/x-parquet",
};

const ADDRESSABLE: ReadonlySet<string> = new Set(["csv", "parquet", "jsonl"]);

/** A file's name as the part of an address that it is: ids are IRIs, and blanks are none. */
function idOf(path: string): string {
  return encodeURIComponent(basename(path));
}

function fieldOf({ name, type }: Column, file: string, format: string): object {
  const isJson = format === "jsonl";
  const isList = typeof type !== "string" && "list" in type;
  const of = isList ? type.list : type;
  const field = {
    "@type": "cr:Field",
    "@id": `records/${file}/${name}`,
    name,
    ...(isList && format !== "csv" && { repeated: true }),
  };
  const fileObject = { "@id": file };
  // A structure has parts where the format has an address for them; elsewhere it is one value.
  if (isJson && typeof of !== "string" && "fields" in of) {
    const subField = of.fields.map((part) => ({
      "@type": "cr:Field",
      "@id": `records/${file}/${name}/${part.name}`,
      name: part.name,
      dataType: dataTypeOf(part.type),
      source: {
        fileObject,
        extract: { jsonPath: `${pathOf(name)}${isList ? "[*]" : ""}${pathOf(part.name, "")}` },
      },
    }));
    return { ...field, subField };
  }
  const extract = isJson ? { jsonPath: pathOf(name) } : { column: name };
  return { ...field, dataType: dataTypeOf(type), source: { fileObject, extract } };
}

/** `$.title`; names that are no plain words in brackets: `$['source-hostname']`. */
function pathOf(name: string, root = "$"): string {
  return /^[a-z_]\w*$/iu.test(name) ? `${root}.${name}` : `${root}['${name}']`;
}

function dataTypeOf(type: ColumnType): string {
  switch (type) {
    case "integer":
      return "sc:Integer";
    case "number":
      return "sc:Float";
    case "boolean":
      return "sc:Boolean";
    case "instant":
      return "sc:DateTime";
    default:
      return "sc:Text";
  }
}
