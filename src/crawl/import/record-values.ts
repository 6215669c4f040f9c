/** Values of a record of JSON, in whatever form its program writes them. */
import { clean } from "../../text/index.ts";

/** news-please writes "None" for nothing. */
export function text(value: unknown): string {
  return typeof value === "string" && value !== "None" ? value : "";
}

/** A text, the first of a list, or of an object the first of these members that it has. */
export function nameOf(value: unknown, members: readonly string[]): string {
  if (Array.isArray(value)) return nameOf(value[0], members);
  if (typeof value !== "object" || value === null) return text(value);
  const object = value as Readonly<Record<string, unknown>>;
  return members.map((member) => text(object[member])).find((one) => one !== "") ?? "";
}

/** A list of texts or of objects with a name, or texts joined with ";". */
export function texts(value: unknown): string[] {
  const values: readonly unknown[] =
    typeof value === "string" ? text(value).split(";") : Array.isArray(value) ? value : [value];
  return [...new Set(values.map((one) => clean(nameOf(one, ["name"]))))].filter(
    (one) => one !== "",
  );
}
