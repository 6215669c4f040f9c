/** How copies look in a listing, and what makes each a copy, in words. */
import { isoInstant, wholeDate } from "../export/index.ts";
import { creditedAgencies, sentenceChanges } from "../fingerprint/index.ts";
import type { ArticleRecord } from "../model.ts";
import type { Copy, CopyGroup } from "../store/store.ts";
import { dayOf } from "./articles.ts";
import type { JsonObject, Listing } from "./output.ts";
import type { Cell } from "./table.ts";

/** One copy with the group it is of. */
export interface CopyRow {
  readonly group: CopyGroup;
  readonly copy: Copy;
  /** What it is a copy of; null for the first. */
  readonly original: ArticleRecord | null;
}

export function rowsOf(group: CopyGroup): readonly CopyRow[] {
  const records = new Map(group.copies.map(({ record }) => [record.id, record]));
  return group.copies.map((copy) => ({
    group,
    copy,
    original: copy.of === null ? null : (records.get(copy.of) ?? null),
  }));
}

/** @param detail - `whole` shows under each copy the sentences it added and dropped */
export function copyListing(detail: "brief" | "whole"): Listing<CopyRow> {
  return {
    fields: [
      ...["group", "level", "kind", "id", "url", "source", "title", "date_published"],
      ...["date_first_seen", "of", "similarity", "containment", "agencies", "added", "dropped"],
      "reason",
    ],
    toJson,
    columns: [
      { title: "group", cell: ({ group }) => group.id },
      { title: "id", cell: ({ copy }) => copy.record.id },
      { title: "date", cell: ({ copy }) => momentOf(copy.record) },
      { title: "site", cell: ({ copy }) => copy.record.siteId, shrinkTo: 8 },
      { title: "kind", cell: ({ copy }) => copy.relation },
      { title: "in it", cell: ({ copy }) => percent(copy.containment), align: "right" },
      {
        title: "alike",
        cell: ({ copy }) => percent(copy.similarity),
        align: "right",
        isOptional: true,
      },
      {
        title: "credits",
        cell: ({ copy }) => creditedAgencies(copy.record.article).join(", "),
        shrinkTo: 8,
        isOptional: true,
      },
      {
        title: "title",
        cell: ({ group, copy }) =>
          group.level === "url" && copy.of !== null ? copy.url : copy.record.article.title,
        shrinkTo: 16,
      },
    ],
    details: (row) => [
      ...(row.original === null ? [] : [{ text: reasonOf(row) }]),
      ...(detail === "whole" ? changeLines(row) : []),
    ],
  };
}

function toJson(row: CopyRow): JsonObject {
  const { group, copy } = row;
  const { record, url, relation, of, similarity, containment } = copy;
  const { added, dropped } = changesOf(row);
  return {
    ...{ group: group.id, level: group.level, kind: relation, id: record.id, url },
    ...{ source: record.siteId, title: record.article.title.normalize("NFC") },
    date_published: wholeDate(record.article.published),
    date_first_seen: isoInstant(record.firstSeenAt),
    ...{ of, similarity: rounded(similarity), containment: rounded(containment) },
    agencies: creditedAgencies(record.article),
    ...{ added, dropped, reason: reasonOf(row) },
  };
}

function changeLines(row: CopyRow): readonly Cell[] {
  const { added, dropped } = changesOf(row);
  return [
    ...dropped.map((sentence) => ({ text: `− ${sentence}` })),
    ...added.map((sentence) => ({ text: `+ ${sentence}` })),
  ];
}

/** Against the text it is a copy of; a part of a round-up drops the rest of it, which says nothing. */
function changesOf({ copy, original }: CopyRow) {
  const isTold = original !== null && (copy.relation === "near" || copy.relation === "text");
  return isTold
    ? sentenceChanges(original.article.body, copy.record.article.body)
    : { added: [], dropped: [] };
}

function reasonOf({ group, copy, original }: CopyRow): string {
  const { relation, of, containment, record } = copy;
  if (original === null) {
    const others = group.copies.length - 1;
    return others === 0 ? "no copies are known" : "published first, as far as is known";
  }
  switch (relation) {
    case "redirect":
      return `another address of ${of}, which redirects there`;
    case "address":
      return `another address, which showed the same article as ${of}`;
    case "bytes":
      return `its page is byte for byte that of ${of}`;
    case "text":
      return `the same words as ${of}, spelling aside`;
    case "part":
      return `${percent(containment)} of it is in ${of}, a far longer text that begins otherwise`;
    default:
      return containment === null
        ? `a copy of a copy of ${of}`
        : nearReason(record, original, percent(containment));
  }
}

function nearReason(copy: ArticleRecord, original: ArticleRecord, share: string): string {
  const [words, were] = [copy.article.wordCount, original.article.wordCount];
  const change = were === 0 ? 0 : Math.round(Math.abs(words / were - 1) * 100);
  const length = change === 0 ? "as long" : `${change}% ${words < were ? "shorter" : "longer"}`;
  return words <= were
    ? `${share} of it is in ${original.id}; ${length}`
    : `${share} of ${original.id} is in it; ${length}`;
}

/** To the minute on the outlet's own clock, where it gave one: the order of copies is the point. */
function momentOf(record: ArticleRecord): string {
  const { published } = record.article;
  const isFine = published !== null && ["second", "minute"].includes(published.precision);
  return isFine
    ? published.iso.slice(0, "2019-04-23T14:05".length).replace("T", " ")
    : dayOf(record);
}

function percent(share: number | null): string {
  return share === null ? "" : `${Math.floor(share * 100)}%`;
}

function rounded(share: number | null): number | null {
  return share === null ? null : Math.round(share * 1000) / 1000;
}
