/** `warraq sql`: a question in SQL, for what the other commands do not answer. Read-only. */
import { InvalidArgumentError } from "commander";
import type { AddCommand } from "./command.ts";
import { addOutputOptions, type OutputOptions } from "./options.ts";
import { readText } from "./stdin.ts";

interface SqlOptions extends OutputOptions {
  readonly param?: Readonly<Record<string, string>>;
}

export const addSqlCommand: AddCommand = (program, act) => {
  const command = program
    .command("sql")
    .description("Runs one SELECT on the archive. Nothing can be changed by it.")
    .argument("<statement>", "one SQL statement; - reads it from stdin")
    .optionsGroup("Statement:")
    .option(
      "-p, --param <name=value>",
      "value of :name in the statement; may be repeated",
      parameter,
    );
  addOutputOptions(command)
    .addHelpText(
      "after",
      `
Columns are the statement's own; of two with one name the second gets a number (id, id_2). Bytes are
hexadecimal texts. In JSON, whole numbers beyond 2^53 are texts: most readers would round them.

Examples:
  $ warraq sql "select name, sql from sqlite_master where type = 'view'"
  $ warraq sql "select count(*) from articles where source = :site" -p site=almarsad`,
    )
    .action(
      act(async (context, statement: string, options: SqlOptions) => {
        const { withArchive } = await import("./open-archive.ts");
        const { printRows } = await import("./output.ts");
        const listing = {
          fields: null,
          toJson: (row: Readonly<Record<string, unknown>>) => row,
          columns: null,
        };
        // SQLite answers within one call, in which nobody would hear a signal.
        context.endOnSignal();
        const text = statement === "-" ? await readText(context.stdin()) : statement;
        await withArchive(context, "read", (store) =>
          printRows(context, options, listing, store.sql(text, options.param)),
        );
      }),
    );
};

function parameter(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const [, name, value] = /^([\p{L}_][\p{L}\p{N}_]*)=(.*)$/su.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError("Give name=value.");
  return { ...before, [name]: value };
}
