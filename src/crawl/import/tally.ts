/** Counts what an import meets: in the words of a run's final line, and file by file. */
import type { PageRef, RunCounters } from "../../model.ts";
import type { Settled } from "../../store/store.ts";
import { createCounters } from "../counters.ts";
import type { SourceReport } from "./options.ts";
import type { ImportItem, Source } from "./source.ts";

export interface ImportTally {
  begin(source: Source): void;
  item(item: ImportItem): void;
  /** Counts something this import is not after. @returns null, so that it can be said on the way out */
  pass(what: string): null;
  settled(page: PageRef, result: Settled["result"]): void;
  /** Addresses put in the queue that were not known. */
  queued(count: number): void;
  /** A page whose very capture is here already. */
  known(page: PageRef): void;
  end(): SourceReport;
  counters(): RunCounters;
  readonly visited: number;
}

/** Kinds of file named in a report; the rest is summed up. */
const MOST_KINDS = 12;

export function createImportTally(): ImportTally {
  const counters = createCounters();
  let bytes = 0;
  let damaged = 0;
  let file = emptyFile();

  return {
    begin(source) {
      file = emptyFile(source);
    },
    item(item) {
      file.items++;
      if (item.kind === "passed") count(item.what);
      if (item.kind === "address") file.pages++;
      if (item.kind === "page" || item.kind === "article") {
        file.pages++;
        bytes += item.capture.body.length;
      }
      if (item.kind === "damage") {
        file.damaged++;
        damaged++;
      }
    },
    pass(what) {
      count(what);
      return null;
    },
    settled: (page, result) => counters.settled(page, result),
    queued(count) {
      file.queued += count;
    },
    known: (page) => counters.settled(page, "same"),
    end() {
      const { source, items, pages, passed } = file;
      const all = [...passed].map(([what, times]) => ({ what, count: times }));
      all.sort((a, b) => b.count - a.count || (a.what < b.what ? -1 : 1));
      const rest = all.slice(MOST_KINDS).reduce((sum, one) => sum + one.count, 0);
      return {
        ...{ file: source?.name ?? "", kind: source?.kind ?? "warc", items, pages },
        ...{ damaged: file.damaged, queued: file.queued },
        passed: [
          ...all.slice(0, MOST_KINDS),
          ...(rest > 0 ? [{ what: "other", count: rest }] : []),
        ],
      };
    },
    counters() {
      const counted = counters.snapshot();
      return { ...counted, failed: counted.failed + damaged, bytes };
    },
    get visited() {
      return counters.visited + damaged;
    },
  };

  function count(what: string): void {
    file.passed.set(what, (file.passed.get(what) ?? 0) + 1);
  }
}

function emptyFile(source: Source | null = null) {
  return { source, items: 0, pages: 0, damaged: 0, queued: 0, passed: new Map<string, number>() };
}
