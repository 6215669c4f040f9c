/** The fields a query may name: `title:word`. What is not one of them is words: `foo:bar`. */
import { fold } from "../text/index.ts";

export type Field = "title" | "author" | "site" | "category" | "place" | "date";

/** In English and as an Arabic reader would call it. */
const NAMES: Readonly<Record<Field, readonly string[]>> = {
  title: ["title", "عنوان", "العنوان"],
  author: ["author", "كاتب", "الكاتب"],
  site: ["site", "موقع", "الموقع"],
  category: ["category", "تصنيف", "التصنيف"],
  place: ["place", "مكان", "المكان"],
  date: ["date", "تاريخ", "التاريخ"],
};

const FIELDS: ReadonlyMap<string, Field> = new Map(
  Object.entries(NAMES).flatMap(([field, names]) =>
    names.map((name) => [fold(name), field as Field]),
  ),
);

/** @returns null for a name that is no field's */
export function fieldNamed(name: string): Field | null {
  return FIELDS.get(fold(name)) ?? null;
}
