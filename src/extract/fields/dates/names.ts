/** The names under which pages state dates for machines. Data, read once; see the file for what each list is. */
import { readFileSync } from "node:fs";

interface DateNames {
  readonly metas: {
    readonly article: readonly string[];
    readonly published: readonly string[];
    readonly weak: readonly string[];
    readonly modified: readonly string[];
  };
  readonly properties: readonly string[];
  readonly script: { readonly published: readonly string[]; readonly modified: readonly string[] };
}

export const DATE_NAMES: DateNames = JSON.parse(
  readFileSync(new URL("../../../../data/extract/fields/date-names.json", import.meta.url), "utf8"),
);
