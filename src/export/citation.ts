/**
 * The line a paper cites a dataset by: title, size, days, program, digest. Made from
 * `datapackage.json`, so that whoever has only the files can make it again.
 */
import * as z from "zod";
import { WarraqError } from "../errors.ts";

/** What of a data package a citation needs. */
const packageSchema = z.object({
  title: z.string(),
  created: z.string(),
  resources: z.array(z.object({ path: z.string() })),
  warraq: z.object({
    digest: z.string(),
    records: z.int(),
    published: z.object({ from: z.string().nullable(), to: z.string().nullable() }),
    written_by: z.string(),
  }),
});

/**
 * @param description - the parsed `datapackage.json` of an export
 * @throws {WarraqError} E_INPUT when it is none of ours
 */
export function citationOf(description: unknown, source = "datapackage.json"): string {
  const parsed = packageSchema.safeParse(description);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join(".") ?? "";
    throw new WarraqError(
      "E_INPUT",
      `${source} does not describe a dataset of warraq: ${where} ${issue?.message ?? ""}`.trim(),
    );
  }
  const { title, created, resources, warraq } = parsed.data;
  const { from, to } = warraq.published;
  const days = from === null ? "" : `, published ${from} to ${to}`;
  const files = resources.map(({ path }) => path).join(", ");
  return (
    `${title}. Dataset of ${warraq.records} records${days}. ${created.slice(0, 10)}. ` +
    `Made with ${warraq.written_by}. ${files}. ${warraq.digest}.`
  );
}
