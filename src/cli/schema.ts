/** `warraq schema`: the JSON Schema of what the program writes and reads. */
import { Argument } from "commander";
import type { AddCommand } from "./command.ts";

export const addSchemaCommand: AddCommand = (program, act) => {
  program
    .command("schema")
    .description(
      "Prints a JSON Schema (draft 2020-12): of one exported article, or of a site rule file, which editors\ncomplete from.",
    )
    .addArgument(
      new Argument("[what]", "article or site").choices(["article", "site"]).default("article"),
    )
    .optionsGroup("Output:")
    .option("--json", "JSON, as always")
    .addHelpText(
      "after",
      "\nExamples:\n  $ warraq schema article\n  $ warraq schema site > site.schema.json",
    )
    .action(
      act(async (context, what: "article" | "site") => {
        const { printObject } = await import("./output.ts");
        await printObject(context, await schemaOf(what));
      }),
    );
};

async function schemaOf(what: "article" | "site"): Promise<object> {
  if (what === "site") return (await import("../sites/index.ts")).siteRuleSchema();
  const { loadArticleSchema } = await import("../export/index.ts");
  return (await loadArticleSchema()).articleJsonSchema();
}
