/**
 * `datapackage.json` after Frictionless Data Package 1.0 (https://specs.frictionlessdata.io): every
 * file with its digest, size and columns. What the specification has no word for stands under
 * `warraq`.
 */
import { basename } from "node:path";
import type { Column, ColumnType } from "./columns.ts";
import {
  type CardOptions,
  type Dataset,
  dayOf,
  digestOf,
  limitsOf,
  MEDIA_TYPES,
  nameOf,
  numbered,
} from "./dataset.ts";

export function dataPackageOf(dataset: Dataset, card: CardOptions): object {
  const { target, format, files, columns, facts, filter, versions, now } = dataset;
  const names = resourceNames(files.map((file) => basename(file.target)));
  return {
    profile: "data-package",
    name: identifierOf(nameOf(target)),
    title: titleOf(dataset, card),
    created: new Date(now).toISOString(),
    ...(card.license !== null && { licenses: [licenseOf(card.license)] }),
    sources: facts.sources.map(({ name }) => ({ title: name })),
    resources: files.map(({ target: path, bytes, sha256, records }, index) => ({
      name: names[index],
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
        fields: columns.map((column) => fieldOf(column, format === "csv")),
        // A null is a null; only CSV has nothing but the empty cell for it.
        missingValues: format === "csv" ? [""] : [],
      },
    })),
    warraq: {
      digest: `sha256:${digestOf(files)}`,
      records: facts.records,
      published: { from: dayOf(facts.publishedFrom), to: dayOf(facts.publishedTo) },
      fetched: { from: dayOf(facts.fetchedFrom), to: dayOf(facts.fetchedTo) },
      versions,
      filter: limitsOf(filter),
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

/** Texts that may be empty, which in CSV is what a missing one looks like. */
const PERHAPS_EMPTY: ReadonlySet<string> = new Set(["title", "body"]);

function fieldOf({ name, type, isNullable }: Column, isCsv: boolean): object {
  const isJoined = isCsv && typeof type !== "string";
  const isPerhapsEmpty = isCsv && (isJoined || PERHAPS_EMPTY.has(name));
  return {
    name,
    type: isJoined ? "string" : fieldTypeOf(type),
    // "default" is "YYYY-MM-DDThh:mm:ssZ" and nothing else: ours have fractions, or the outlet's offset.
    ...(type === "instant" && { format: "any" }),
    constraints: { required: !isNullable && !isPerhapsEmpty },
  };
}

function fieldTypeOf(type: ColumnType): string {
  if (typeof type !== "string") return "fields" in type ? "object" : "array";
  return type === "instant" ? "datetime" : type === "text" ? "string" : type;
}

/** Names of resources: small letters, digits, `.`, `_` and `-`, no two alike. */
function resourceNames(files: readonly string[]): string[] {
  const taken = new Set<string>();
  return files.map((file) =>
    numbered(identifierOf(file.replace(/\.[a-z]+(?:\.gz)?$/iu, "")), taken),
  );
}

function identifierOf(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9._-]+/gu, "-");
  return /[a-z0-9]/u.test(plain) ? plain : "dataset";
}

/** An address is a path; else a name, which has no blanks, beside the words as they were given. */
function licenseOf(license: string): object {
  if (/^https?:\/\//iu.test(license)) return { path: license };
  const name = license.replace(/[^-a-zA-Z0-9._]+/gu, "-").replace(/^-+|-+$/gu, "");
  return name === license ? { name } : { name: name === "" ? "custom" : name, title: license };
}
