/** `warraq sites check`: whether rule files are what they should be, without adding them. */
import { ExitCode, WarraqError } from "../errors.ts";
import type { AddCommand, Context } from "./command.ts";
import { addOutputOptions, type OutputOptions } from "./options.ts";
import type { Listing } from "./output.ts";

interface Checked {
  readonly file: string;
  readonly id: string | null;
  readonly ok: boolean;
  readonly message: string | null;
}

export const addSitesCheck: AddCommand = (sites, act) => {
  const command = sites
    .command("check")
    .summary("check rule files, adding nothing")
    .description(
      "Checks rule files, or without any the bundled and the added rules. Exit 2 if one is wrong.",
    )
    .argument("[files...]", "rule files (JSON); - for stdin");
  addOutputOptions(command)
    .addHelpText(
      "after",
      `
Columns: file, id, ok, message (the file and field at fault).

Example:
  $ warraq sites check almarsad.json libyaherald.json`,
    )
    .action(
      act(async (context, files: readonly string[], options: OutputOptions) => {
        const { printRows } = await import("./output.ts");
        const checked =
          files.length > 0 ? await checkFiles(context, files) : await checkKnown(context);
        await printRows(context, options, CHECKS, checked);
        return checked.every(({ ok }) => ok) ? ExitCode.ok : ExitCode.usage;
      }),
    );
};

const CHECKS: Listing<Checked> = {
  fields: ["file", "id", "ok", "message"],
  toJson: (row) => ({ ...row }),
  columns: [
    { title: "file", cell: ({ file }) => file, shrinkTo: 16 },
    { title: "result", cell: ({ ok }) => (ok ? "ok" : "wrong") },
    { title: "message", cell: ({ message }) => message, shrinkTo: 30 },
  ],
};

async function checkFiles(context: Context, files: readonly string[]): Promise<readonly Checked[]> {
  const { readRule } = await import("./rule-file.ts");
  const checked: Checked[] = [];
  for (const file of files) {
    try {
      checked.push({ file, id: (await readRule(context, file)).id, ok: true, message: null });
    } catch (error) {
      if (!(error instanceof WarraqError)) throw error;
      checked.push({ file, id: null, ok: false, message: error.message });
    }
  }
  return checked;
}

async function checkKnown(context: Context): Promise<readonly Checked[]> {
  const { knownSites, withArchiveIfAny } = await import("./rules.ts");
  const known = await withArchiveIfAny(context, knownSites);
  return known.map(({ rule: { id }, origin }) => {
    const file = origin === "bundled" ? `${id}.json` : context.archivePath;
    return { file, id, ok: true, message: null };
  });
}
