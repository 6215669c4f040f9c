/** `--report-skipped`: every page the archive does not have, with the reason, as a file. */
import { csvLine, isoInstant, writeAtomically } from "../export/index.ts";
import type { MissedFilter, MissedPage, Store } from "../store/store.ts";
import type { Context } from "./command.ts";
import { type JsonObject, toJsonText } from "./output.ts";

export const SKIPPED_FIELDS = [
  ...["url", "site", "role", "found_by", "at", "result", "reason", "status", "detail", "run"],
] as const;

/**
 * Writes one line a visit, in the order of the visits: CSV when the name ends so, else JSON lines.
 *
 * @throws {WarraqError} E_TARGET_EXISTS, E_INPUT, E_DISK_FULL, E_IO
 */
export async function reportSkipped(
  { log, signal }: Context,
  store: Store,
  filter: MissedFilter,
  { target, isForced }: { readonly target: string; readonly isForced: boolean },
): Promise<void> {
  const isCsv = target.toLowerCase().endsWith(".csv");
  let count = 0;
  await writeAtomically(target, isForced, async (write) => {
    const say = (line: string): Promise<void> => write(Buffer.from(line));
    if (isCsv) await say(csvLine(SKIPPED_FIELDS));
    for await (const page of store.missed(filter)) {
      signal.throwIfAborted();
      const json = toJson(page);
      await say(
        isCsv ? csvLine(SKIPPED_FIELDS.map((field) => json[field])) : `${toJsonText(json)}\n`,
      );
      count++;
    }
  });
  log.info(`pages that are not there: ${count}, written to ${target}`);
}

function toJson(page: MissedPage): JsonObject {
  const { url, siteId, role, foundBy, at, result, reason, status, detail, runId } = page;
  return {
    ...{ url, site: siteId, role, found_by: foundBy, at: isoInstant(at) },
    ...{ result, reason, status, detail, run: runId },
  };
}
