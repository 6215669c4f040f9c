/**
 * The card beside a dataset (`--manifest`): who reads the files in ten years finds what they are,
 * how they were made, and how to tell that they are whole.
 */
import { basename, dirname, join } from "node:path";
import { writeAtomically } from "./atomic-file.ts";
import { citationOf } from "./citation.ts";
import { croissantOf } from "./croissant.ts";
import {
  CARD_FILES,
  type CardOptions,
  checksumsOf,
  type Dataset,
  dayOf,
  digestOf,
  limitsOf,
} from "./dataset.ts";
import { dataPackageOf, titleOf } from "./frictionless.ts";
import type { Count } from "./tally.ts";

/** @throws {WarraqError} E_TARGET_EXISTS, E_DISK_FULL, E_IO */
export async function writeCard(
  dataset: Dataset & { readonly isForced: boolean },
  card: CardOptions,
): Promise<void> {
  const description = dataPackageOf(dataset, card);
  const citation = citationOf(description);
  const contents: Readonly<Record<(typeof CARD_FILES)[number], string>> = {
    "DATA-CARD.md": cardOf(dataset, card, citation),
    "croissant.json": json(croissantOf(dataset, card, citation)),
    "datapackage.json": json(description),
    SHA256SUMS: checksumsOf(dataset.files),
  };
  for (const name of CARD_FILES) {
    const path = join(dirname(dataset.target), name);
    await writeAtomically(path, dataset.isForced, (write) => write(Buffer.from(contents[name])));
  }
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Longer lists say little; datapackage.json has them whole. */
const MOST_ROWS = 30;

function cardOf(dataset: Dataset, card: CardOptions, citation: string): string {
  const { files, facts, columns, versions, filter, now } = dataset;
  const span = (from: number | null, to: number | null): string =>
    from === null ? "not known" : `${dayOf(from)} to ${dayOf(to)}`;
  const limits = Object.entries(limitsOf(filter)).map(
    ([name, value]) => `${name} ${JSON.stringify(value)}`,
  );
  return `# ${titleOf(dataset, card)}

${facts.records} records${versions === "all" ? ", every version of each article" : ", the newest version of each article"},
written ${dayOf(now)} by ${card.program}.

| | |
|---|---|
| published | ${span(facts.publishedFrom, facts.publishedTo)} |
| fetched | ${span(facts.fetchedFrom, facts.fetchedTo)} |
| limited to | ${limits.length === 0 ? "nothing: the whole archive" : limits.join("; ")} |
| languages | ${facts.languages.map(({ name, records }) => `${name} (${records})`).join(", ")} |
| licence | ${card.license ?? "not stated; the articles are their publishers'"} |
| to have something taken out | ${card.takedown ?? "not stated"} |
| digest | sha256:${digestOf(files)} |

## Cite

${citation}

## Files

\`sha256sum -c SHA256SUMS\` tells whether they are whole.

| file | records | bytes |
|---|--:|--:|
${files.map(({ target, records, bytes }) => `| ${basename(target)} | ${records} | ${bytes} |`).join("\n")}

## Sources

${table(facts.sources)}

## How the pages were read

${table([...facts.programs, ...facts.rules])}

## Columns

${columns.map(({ name, isNullable }) => `- \`${name}\`${isNullable ? ", may be missing" : ""}`).join("\n")}
`;
}

function table(counts: readonly Count[]): string {
  const rows = counts.slice(0, MOST_ROWS).map(({ name, records }) => `| ${name} | ${records} |`);
  const rest = counts.length > MOST_ROWS ? `\n\n… and ${counts.length - MOST_ROWS} more.` : "";
  return `| | records |\n|---|--:|\n${rows.join("\n")}${rest}`;
}
