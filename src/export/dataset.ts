/** A finished dataset, as its card, its package description and its citation speak of it. */
import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import type { ArticleFilter } from "../store/store.ts";
import type { Column } from "./columns.ts";
import type { ExportFormat } from "./formats.ts";
import type { DatasetFacts } from "./tally.ts";
import type { WrittenFile } from "./write-file.ts";

export interface Dataset {
  readonly target: string;
  readonly format: ExportFormat;
  readonly files: readonly WrittenFile[];
  readonly columns: readonly Column[];
  readonly facts: DatasetFacts;
  readonly filter: ArticleFilter;
  readonly versions: "latest" | "all";
  /** When it was made, UTC ms. */
  readonly now: number;
}

/** What only whoever publishes the dataset can say. Null is "not said". */
export interface CardOptions {
  readonly title: string | null;
  readonly license: string | null;
  /** Whom to write to so that something is taken out. */
  readonly takedown: string | null;
  /** The program that wrote it, with its version. */
  readonly program: string;
}

/** A card's files, in the order they are written: whoever finds the last one finds all. */
export const CARD_FILES = [
  "DATA-CARD.md",
  "croissant.json",
  "datapackage.json",
  "SHA256SUMS",
] as const;

/** Their paths: in the target's folder. */
export function cardFilesOf(target: string): readonly string[] {
  return CARD_FILES.map((name) => join(dirname(target), name));
}

/** `<sha256>  <name>` a line, as `sha256sum -c` reads it. */
export function checksumsOf(files: readonly WrittenFile[]): string {
  return files.map(({ sha256, target }) => `${sha256}  ${basename(target)}\n`).join("");
}

/**
 * One digest for the whole dataset: SHA-256 over the lines of its SHA256SUMS, hex. The same records
 * in the same files have the same digest, whenever and wherever they were written.
 */
export function digestOf(files: readonly WrittenFile[]): string {
  return createHash("sha256").update(checksumsOf(files)).digest("hex");
}

/** `articles` for `news/articles.csv.gz`. */
export function nameOf(target: string): string {
  return basename(target).replace(/\..*$/u, "") || "dataset";
}

/** The name, or with the first number that makes it another than those taken; it is taken from then on. */
export function numbered(plain: string, taken: Set<string>): string {
  let name = plain;
  for (let number = 2; taken.has(name); number++) name = `${plain}-${number}`;
  taken.add(name);
  return name;
}

/** `2019-04-23`, or null. */
export function dayOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString().slice(0, "2019-04-23".length);
}

/** A filter as people read it: its instants as ISO 8601 in UTC. */
export function limitsOf(filter: ArticleFilter): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(filter).map(([name, value]) => [
      name,
      typeof value === "number" ? new Date(value).toISOString() : value,
    ]),
  );
}

export const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  jsonl: "application/jsonl",
  json: "application/json",
  csv: "text/csv",
  parquet: "application/vnd.apache.parquet",
  md: "text/markdown",
  sqlite: "application/vnd.sqlite3",
  warc: "application/warc",
  wacz: "application/wacz+zip",
};
