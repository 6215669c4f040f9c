/**
 * Whether an article read from another program's record may be the one a page gave. Such a record holds
 * some fields of an article, and those in a form of its own: days without hours, lists joined to one
 * text, one picture of many. What it does not tell was not edited; what it tells is compared as far as
 * it tells it. Records of our own exports hold their fields in full. Pure.
 */
import type { Article, ArticleDate } from "../model.ts";
import { pictureName, type VersionField } from "./content.ts";

/** Of records that hold whole what they hold. */
const IN_FULL = /^warraq:/u;
const LIST_SEPARATOR = ";";

/** @returns false when both were read from pages: then a difference is a difference */
export function isUntold(field: VersionField, before: Article, after: Article): boolean {
  return isUntoldBy(before, after, field) || isUntoldBy(after, before, field);
}

function isUntoldBy(record: Article, other: Article, field: VersionField): boolean {
  if (record.method !== "imported") return false;
  const from = record.from[field];
  if (from === undefined) return true;
  if (IN_FULL.test(from)) return false;
  switch (field) {
    case "published":
      return saysNoOther(record.published, other.published);
    case "image":
      return isAmong(record.imageUrl, other);
    case "authors":
      return joined(record.authors) === joined(other.authors);
    case "category":
      return joined(labelsOf(record)) === joined(labelsOf(other));
    default:
      return false;
  }
}

/** Fields that not every program of ours has read and written: empty, they may only not have been known. */
const LATER_FIELDS = ["subtitle", "originalSource"] as const;

/** A record beside the very capture it is of: there what it leaves empty of the newest fields says nothing. */
export function asOfOneCapture(record: Article): Article {
  const from = { ...record.from };
  for (const field of LATER_FIELDS) if (record[field] === null) delete from[field];
  return { ...record, from };
}

/** One clock on the wall, as far as both tell it: many records name no zone. */
function saysNoOther(a: ArticleDate | null, b: ArticleDate | null): boolean {
  if (a === null || b === null) return false;
  const [clockA, clockB] = [clockOf(a), clockOf(b)];
  const chars = Math.min(clockA.length, clockB.length);
  return a.at === b.at || clockA.slice(0, chars) === clockB.slice(0, chars);
}

function clockOf({ iso }: ArticleDate): string {
  return iso.slice(0, "2019-04-23T14:05".length);
}

function isAmong(url: string | null, { imageUrl, images }: Article): boolean {
  if (url === null) return false;
  const name = pictureName(url);
  return [imageUrl ?? "", ...images.map((image) => image.url)].some(
    (other) => pictureName(other) === name,
  );
}

function labelsOf({ categories }: Article): string[] {
  return categories.map(({ label }) => label);
}

/** A name may hold the letter it is joined by. */
function joined(values: readonly string[]): string {
  const parts = values.flatMap((value) => value.normalize("NFC").split(LIST_SEPARATOR));
  return [...new Set(parts.map((part) => part.trim()))].sort().join(LIST_SEPARATOR);
}
