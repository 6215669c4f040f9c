/** The work of `export`: opens the archive, shows how far it is, says what was written. */
import { statSync } from "node:fs";
import { WarraqError } from "../errors.ts";
import { exportArticles } from "../export/index.ts";
import { openBar } from "./bar.ts";
import type { Context } from "./command.ts";
import { counted } from "./counted.ts";
import type { ExportCommandOptions } from "./export.ts";
import { askedFilter } from "./filters.ts";
import { TIME_ZONE } from "./libya-time.ts";
import { withArchive } from "./open-archive.ts";
import { programStamp } from "./version.ts";

/** @throws {WarraqError} E_USAGE and the other troubles of exportArticles */
export async function exportToFiles(
  context: Context,
  words: readonly string[],
  options: ExportCommandOptions,
): Promise<void> {
  const { output, format, gzip, fields, versions, shard, sinceExport, manifest } = options;
  const { title = null, license = null, takedown = null } = options;
  if (output === "-") {
    const needsFile = shard === undefined ? (manifest === true ? "--manifest" : null) : "--shard";
    if (needsFile !== null) throw new WarraqError("E_USAGE", `${needsFile} needs a file: -o FILE`);
  }
  const stdout = context.isTty ? await harmless(context) : context.stdout;
  // A named export notes in the archive what it has handed out.
  const mode = sinceExport === undefined ? "read" : "write";
  const report = await withArchive(context, mode, async (store) => {
    const filter = await askedFilter(store, words, options, context.now());
    const { records } = await store.extent(filter, versions);
    const bar = await openBar(context, "records", output === "-" ? 0 : records);
    try {
      return await exportArticles(store, {
        ...{ target: targetOf(options), versions, filter, profile: options.as, stdout },
        ...{ signal: context.signal, now: context.now(), zone: TIME_ZONE },
        program: programStamp(),
        isForced: options.force === true,
        hasBom: options.bom === true,
        onRecord: bar.update,
        ...(format !== undefined && { format }),
        ...(gzip === true && { isGzip: true }),
        ...(fields !== undefined && { fields }),
        ...(shard !== undefined && { shard }),
        ...(sinceExport !== undefined && { sinceExport }),
        ...(manifest === true && { card: { title, license, takedown, program: programStamp() } }),
      });
    } finally {
      bar.stop();
    }
  });
  const { records, bytes, files, target, card } = report;
  const where =
    files.length === 1 ? (files[0]?.target ?? target) : `${counted(files.length, "file")}`;
  context.log.info(
    `exported ${counted(records, "record")}, ${counted(bytes, "byte")}, to ${where}`,
  );
  if (card.length > 0) context.log.info(`described in ${card.join(", ")}`);
}

/** A compressed file says so in its name, or the next program reads it as text. */
function targetOf({ output, gzip }: ExportCommandOptions): string {
  if (gzip !== true || output === "-" || /\.gz$/iu.test(output)) return output;
  // A pipe or a device is meant as it is named.
  const isFile = statSync(output, { throwIfNoEntry: false })?.isFile() ?? true;
  return isFile ? `${output}.gz` : output;
}

/** On a terminal no page's text may act; elsewhere every byte counts. */
async function harmless({ stdout }: Context): Promise<(bytes: Uint8Array) => Promise<void> | void> {
  const { forTerminal } = await import("../text/index.ts");
  return (bytes) =>
    stdout(Buffer.from(bytes).toString("utf8").split("\n").map(forTerminal).join("\n"));
}
