/** What `reextract` does. Heavy (SQLite, extraction): imported inside its action only. */
import { type Example, type ReextractReport, reextract } from "../crawl/index.ts";
import type { Store } from "../store/store.ts";
import { openBar } from "./bar.ts";
import type { Context } from "./command.ts";
import { counted } from "./counted.ts";
import { askedFilter } from "./filters.ts";
import { takeLock } from "./lock.ts";
import { withArchive } from "./open-archive.ts";
import { printObject } from "./output.ts";
import type { ReextractCommandOptions } from "./reextract.ts";
import { crawledSites } from "./rules.ts";
import { styledText } from "./table.ts";
import { programStamp } from "./version.ts";

/** Of a text that differs, this much around the first difference is shown. */
const SHOWN_CHARS = 60;
/** Before it, so that the eye finds the place. */
const LEAD_CHARS = 15;

export async function reextractPages(
  context: Context,
  words: readonly string[],
  options: ReextractCommandOptions,
): Promise<void> {
  const isDryRun = options.apply !== true;
  await withArchive(context, isDryRun ? "read" : "write-existing", async (store) => {
    if (!isDryRun) await takeLock(context, store, options.waitLock ?? 0);
    const report = await run(context, store, words, options, isDryRun);
    if (options.json) await printObject(context, report);
    else await context.stdout(inWords(report, isDryRun, context.color));
  });
}

async function run(
  context: Context,
  store: Store,
  words: readonly string[],
  options: ReextractCommandOptions,
  isDryRun: boolean,
): Promise<ReextractReport> {
  const filter = await askedFilter(store, words, options, context.now());
  const { versions, examples } = options;
  const { records } = await store.extent(filter, versions);
  const bar = await openBar(context, "versions", records);
  try {
    return await reextract(
      {
        ...{ filter, versions, isDryRun, examples, program: programStamp() },
        sites: await crawledSites(store),
      },
      { store, now: context.now, signal: context.signal, onVersion: bar.update },
    );
  } finally {
    bar.stop();
  }
}

function inWords(report: ReextractReport, isDryRun: boolean, color: boolean): string {
  const { read, changed, skipped, fields, examples, reason } = report;
  const verb = isDryRun ? "would be read" : "were read";
  const lines = [`${counted(read, "version")} read again, ${changed} ${verb} differently`];
  for (const { field, versions } of fields) {
    lines.push(`  ${field.padEnd(16)}${versions}`);
    for (const example of examples.filter((one) => one.field === field)) {
      lines.push(...exampleLines(example, color));
    }
  }
  for (const [why, count] of Object.entries(skipped)) {
    if (count > 0) lines.push(`left as they are: ${count} ${WHY[why] ?? why}`);
  }
  if (reason === "signal") lines.push("stopped; run it again to go on");
  if (isDryRun && changed > 0) lines.push("nothing was recorded: --apply records it");
  return `${lines.join("\n")}\n`;
}

const WHY: Readonly<Record<string, string>> = {
  pruned: "whose pages were pruned",
  imported: "that another program extracted",
  "nothing-read": "in which today's rules see no article",
  unreadable: "that took too long to read",
};

function exampleLines({ articleId, version, before, after }: Example, color: boolean): string[] {
  const place = firstDifference(before, after);
  const show = (text: string): string => {
    const from = Math.max(0, place - LEAD_CHARS);
    const cut = text.slice(from, from + SHOWN_CHARS);
    const whole = `${from > 0 ? "…" : ""}${cut}${from + SHOWN_CHARS < text.length ? "…" : ""}`;
    return text === "" ? "(nothing)" : styledText({ text: whole }, null, color).styled;
  };
  return [
    `    ${articleId} version ${version}`,
    `      - ${show(before)}`,
    `      + ${show(after)}`,
  ];
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  return at;
}
