/**
 * `datapackage.json` after Frictionless Data Package 1.0 (https://specs.frictionlessdata.io): every
 * file with its digest, size and columns. What the specification has no word for stands under
 * `warraq`.
 */
import { basename } from "node:path";
import type { ColumnType } from "./columns.ts";
import { type CardOptions, type Dataset, dayOf, digestOf, MEDIA_TYPES, nameOf } from "./dataset.ts";

export function dataPackageOf(dataset: Dataset, card: CardOptions): object {
  const { target, format, files, columns, facts, filter, versions, now } = dataset;
  return {
    profile: "data-package",
    name: nameOf(target)
      .toLowerCase()
      .replace(/[^a-z0-9._-]/gu, "-"),
    title: titleOf(dataset, card),
    created: new Date(now).toISOString(),
    ...(card.license !== null && { licenses: [{ name: card.license }] }),
    sources: facts.sources.map(({ name }) => ({ title: name })),
    resources: files.map(({ target: path, bytes, sha256, records }) => ({
      name: nameOf(path)
        .toLowerCase()
        .replace(/[^a-z0-9._-]/gu, "-"),
      path: basename(path),
      profile: format === "csv" ? "tabular-data-resource" : "data-resource",
      format,
      mediatype: MEDIA_TYPES[format],
      ...(path.toLowerCase().endsWith(".gz") && { compression: "gz" }),
      encoding: "utf-8",
      bytes,
      hash: `sha256:${sha256}`,
      rows: records,
      schema: {
        fields: columns.map(({ name, type, isNullable }) => ({
          name,
          type: format === "csv" && typeof type !== "string" ? "string" : fieldTypeOf(type),
          constraints: { required: !isNullable },
        })),
        missingValues: [""],
      },
    })),
    warraq: {
      digest: `sha256:${digestOf(files)}`,
      records: facts.records,
      published: { from: dayOf(facts.publishedFrom), to: dayOf(facts.publishedTo) },
      fetched: { from: dayOf(facts.fetchedFrom), to: dayOf(facts.fetchedTo) },
      versions,
      filter,
      written_by: card.program,
      sources: facts.sources,
      languages: facts.languages,
      programs: facts.programs,
      rules: facts.rules,
      license: card.license,
      takedown: card.takedown,
    },
  };
}

export function titleOf({ target, facts }: Dataset, { title }: CardOptions): string {
  const sources = facts.sources.map(({ name }) => name);
  const named = sources.length <= 3 ? sources.join(", ") : `${sources.length} news sources`;
  return title ?? (named === "" ? nameOf(target) : `News articles of ${named}`);
}

function fieldTypeOf(type: ColumnType): string {
  if (typeof type !== "string") return "fields" in type ? "object" : "array";
  return type === "instant" ? "datetime" : type === "text" ? "string" : type;
}
