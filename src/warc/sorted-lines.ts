/** Sorting more lines than memory should hold: sorted runs on disk, merged as they are read. */
import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Some 15 MB of index lines. */
const LINES_PER_RUN = 50_000;

export interface SortedLines {
  add(line: string): Promise<void>;
  /** All lines, in order of their UTF-16 code units; for plain ASCII that of its bytes. */
  all(): AsyncGenerator<string>;
}

/** @param folder - for the runs; whoever made it removes it */
export function createSortedLines(folder: string, linesPerRun = LINES_PER_RUN): SortedLines {
  const runs: string[] = [];
  let lines: string[] = [];
  return {
    async add(line) {
      lines.push(line);
      if (lines.length < linesPerRun) return;
      const path = join(folder, `run-${runs.length}`);
      await writeFile(path, `${lines.sort(byUnits).join("\n")}\n`);
      runs.push(path);
      lines = [];
    },
    async *all() {
      lines.sort(byUnits);
      const sources: AsyncIterator<string>[] = [
        ...runs.map((path) => linesOf(path)),
        (async function* () {
          yield* lines;
        })(),
      ];
      const heads = await Promise.all(sources.map((source) => source.next()));
      for (;;) {
        let least = -1;
        for (const [index, head] of heads.entries()) {
          const best = heads[least];
          if (head.done === true) continue;
          if (best === undefined || best.done === true || head.value < best.value) least = index;
        }
        const head = heads[least];
        const source = sources[least];
        if (head === undefined || head.done === true || source === undefined) return;
        yield head.value;
        heads[least] = await source.next();
      }
    },
  };
}

async function* linesOf(path: string): AsyncGenerator<string> {
  yield* createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
}

function byUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
