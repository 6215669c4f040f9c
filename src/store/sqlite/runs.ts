/** Runs: what was asked, how it ended, what it counted. */
import type { RunCounters, RunReason } from "../../model.ts";
import type { RunRecord, RunStart } from "../store.ts";
import type { Database } from "./driver.ts";

export interface Runs {
  begin(run: RunStart): { readonly id: number; readonly resumedFrom: number | null };
  end(id: number, end: { at: number; reason: RunReason; counters: RunCounters }): void;
  list(limit: number): RunRecord[];
}

/** A chain of unfinished runs older than this is news to be looked for again, not a run to resume. */
const LONGEST_CHAIN_MS = 24 * 60 * 60_000;

const NO_COUNTERS: RunCounters = {
  new: 0,
  changed: 0,
  same: 0,
  gone: 0,
  skipped: 0,
  failed: 0,
  notModified: 0,
  requests: 0,
  bytes: 0,
};

interface RunRow {
  readonly id: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly reason: RunReason | null;
  readonly command: string;
  readonly sites: string;
  readonly program: string;
  readonly options: string;
  readonly counters: string;
}

export function createRuns(db: Database): Runs {
  const add = db.prepare(/* sql */ `
    INSERT INTO run (started_at, command, sites, program, options, counters)
    VALUES (@at, @command, @sites, @program, @options, @counters)`);
  const finish = db.prepare(/* sql */ `
    UPDATE run SET ended_at = @at, reason = @reason, counters = @counters WHERE id = @id`);
  const SELECT = /* sql */ `
    SELECT id, started_at AS startedAt, ended_at AS endedAt, reason, command, sites, program,
      options, counters FROM run`;
  const newest = db.prepare<[number], RunRow>(/* sql */ `${SELECT} ORDER BY id DESC LIMIT ?`);
  const before = db.prepare<[string, string, number], RunRow>(/* sql */ `
    ${SELECT} WHERE command = ? AND sites = ? AND started_at >= ?
      AND (reason IS NULL OR reason <> 'dry-run') ORDER BY id DESC`);

  return {
    begin({ at, command, sites, program, options }) {
      const siteList = JSON.stringify(sites.toSorted());
      let resumedFrom: number | null = null;
      for (const run of before.iterate(command, siteList, at - LONGEST_CHAIN_MS)) {
        if (run.reason === "finished") break;
        resumedFrom = run.startedAt;
      }
      const added = add.run({
        ...{ at, command, program, sites: siteList },
        options: JSON.stringify(options),
        counters: JSON.stringify(NO_COUNTERS),
      });
      return { id: Number(added.lastInsertRowid), resumedFrom };
    },
    end(id, { at, reason, counters }) {
      finish.run({ id, at, reason, counters: JSON.stringify(counters) });
    },
    list: (limit) => newest.all(limit).map(runOf),
  };
}

function runOf(row: RunRow): RunRecord {
  const { id, startedAt, endedAt, reason, command, program } = row;
  return {
    ...{ id, at: startedAt, endedAt, reason, command, program },
    sites: JSON.parse(row.sites) as readonly string[],
    options: JSON.parse(row.options) as Readonly<Record<string, unknown>>,
    counters: JSON.parse(row.counters) as RunCounters,
  };
}
