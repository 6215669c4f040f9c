/**
 * An edit in a few words, for a line of a listing: small changes are quoted, large ones counted. Pure.
 */
import type { Article } from "../model.ts";
import { type Change, diffWords, tokens } from "../text/index.ts";
import { type VersionField, versionFields } from "./content.ts";

/** A change this short is quoted; what is longer is counted. About half a line of a terminal each. */
const QUOTED_CHARS = 40;
/** All of it: two lines of a terminal. */
const SUMMARY_CHARS = 160;

/** @param body - the changes of the body by word; empty when it did not change */
export function summaryOf(
  before: Article,
  after: Article,
  fields: readonly VersionField[],
  body: readonly Change[],
): string {
  const was = versionFields(before);
  const is = versionFields(after);
  const parts = fields.map((field) => {
    switch (field) {
      case "title":
      case "subtitle":
        return `${field}: ${ofText(diffWords(before[field] ?? "", after[field] ?? ""))}`;
      case "body":
        return `body: ${ofText(body)}`;
      case "image":
        return `image: ${arrow(lastLine(was.image), lastLine(is.image))}`;
      case "published":
        return `published: ${arrow(before.published?.iso ?? "", after.published?.iso ?? "")}`;
      default:
        return `${field}: ${arrow(was[field].replaceAll("\n", "، "), is[field].replaceAll("\n", "، "))}`;
    }
  });
  const line = parts.join("; ");
  return line.length <= SUMMARY_CHARS ? line : `${line.slice(0, SUMMARY_CHARS - 1).trimEnd()}…`;
}

function ofText(changes: readonly Change[]): string {
  const edits = changes.filter(({ kind }) => kind !== "same");
  const [removed, added] = (["removed", "added"] as const).map((kind) =>
    edits.filter((change) => change.kind === kind).map(({ text }) => text),
  ) as [string[], string[]];
  const isOne = removed.length <= 1 && added.length <= 1;
  const [old = "", now = ""] = [removed[0]?.trim(), added[0]?.trim()];
  if (isOne && old.length <= QUOTED_CHARS && now.length <= QUOTED_CHARS) return arrow(old, now);
  const count = (texts: readonly string[]): number =>
    texts.reduce((sum, text) => sum + tokens(text).length, 0);
  const [plus, minus] = [count(added), count(removed)];
  return plus + minus === 0 ? "signs and spaces" : `+${plus} −${minus} words`;
}

function arrow(before: string, after: string): string {
  const quoted = (text: string): string =>
    text === ""
      ? "–"
      : `«${text.length <= QUOTED_CHARS ? text : `${text.slice(0, QUOTED_CHARS - 1)}…`}»`;
  return before === "" && after === ""
    ? "signs and spaces"
    : `${quoted(before)} → ${quoted(after)}`;
}

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf("\n") + 1);
}
