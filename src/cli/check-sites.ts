/** The work of `check`: every site asked for, judged and printed as it is judged. */
import { ExitCode } from "../errors.ts";
import { isoInstant } from "../export/index.ts";
import { type Alarm, HISTORY_MS, judgeSite } from "../health/index.ts";
import type { Store } from "../store/store.ts";
import { displayUrl } from "../url/index.ts";
import { archivedSites } from "./archived-sites.ts";
import type { CheckOptions } from "./check.ts";
import type { Context } from "./command.ts";
import { counted } from "./counted.ts";
import { dayInLibya } from "./libya-time.ts";
import { withArchive } from "./open-archive.ts";
import { type Listing, printRows } from "./output.ts";

interface SiteAlarm extends Alarm {
  readonly site: string;
}

/** @throws {WarraqError} E_UNKNOWN_SITE, E_NO_ARCHIVE */
export async function checkSites(
  context: Context,
  words: readonly string[],
  options: CheckOptions,
): Promise<ExitCode> {
  return withArchive(context, "read", async (store) => {
    const sites = await archivedSites(store, words);
    const shown = await printRows(
      context,
      options,
      ALARMS,
      alarmsOf(context, store, sites, options),
    );
    return shown > 0 ? ExitCode.alarm : ExitCode.ok;
  });
}

async function* alarmsOf(
  { now, log }: Context,
  store: Store,
  sites: readonly string[],
  { since }: CheckOptions,
): AsyncGenerator<SiteAlarm> {
  const at = now();
  for (const site of sites) {
    const from = at - since - 2 * HISTORY_MS;
    const facts = await store.health({ siteId: site, from, to: at + 1 });
    const verdict = judgeSite(facts, { now: at, sinceMs: since });
    if (verdict.kind === "well") log.info(`${site}: well`);
    else if (verdict.kind === "too-little-history") {
      const { knownDays, neededDays } = verdict;
      log.info(
        `${site}: too little history (${knownDays} of ${counted(neededDays, "day")}), not judged`,
      );
    } else yield* verdict.alarms.map((alarm) => ({ site, ...alarm }));
  }
}

const ALARMS: Listing<SiteAlarm> = {
  fields: ["site", "alarm", "what", "now", "usual", "since"],
  toJson: ({ site, kind, what, now, usual, since }) => ({
    ...{ site, alarm: kind, what, now, usual, since: isoInstant(since) },
  }),
  columns: [
    { title: "site", cell: ({ site }) => site, shrinkTo: 8 },
    { title: "alarm", cell: ({ kind }) => kind },
    { title: "now", cell: ({ now }) => now, shrinkTo: 12 },
    { title: "usual", cell: ({ usual }) => usual, shrinkTo: 8 },
    { title: "since", cell: ({ since }) => dayInLibya(since) },
    { title: "what", cell: ({ what }) => (what === null ? "" : displayUrl(what)), shrinkTo: 10 },
  ],
};
