/** `warraq verify`: is everything in the archive still what was stored? */
import { ExitCode } from "../errors.ts";
import type { Fault } from "../store/store.ts";
import { humanBytes } from "./bytes.ts";
import type { AddCommand } from "./command.ts";
import { counted } from "./counted.ts";
import { sha256Hex } from "./parse.ts";

interface VerifyCommandOptions {
  readonly json?: boolean;
  readonly chain?: boolean;
  readonly noted?: string;
}

export const addVerifyCommand: AddCommand = (program, act) => {
  program
    .command("verify")
    .description(
      "Works out every digest again (pages, blocks, fingerprints of versions, seals, the hash chain), follows every\nrelation and checks the file itself. Changes nothing; a crawl may go on meanwhile.",
    )
    .option("--chain", "only the hash chain: the first broken link, or its head")
    .option(
      "--noted <hash>",
      "with --chain: a head noted earlier must still be a link of it",
      sha256Hex,
    )
    .option("--json", "one JSON object: counts, and the faults")
    .addHelpText(
      "after",
      `
With --chain every link that the runs appended is worked out again from the rows it binds. Whoever can
write to the file can work out the whole chain anew: note the head elsewhere, and ask for it with --noted.

Prints one line per fault on stdout: table, row, digest, what is wrong. Exit 6 when there is one, 0 when all
is sound.

Example:
  $ warraq verify && warraq archive backup /mnt/backup/warraq.db --force`,
    )
    .action(
      act(async (context, options: VerifyCommandOptions) => {
        if (options.chain === true || options.noted !== undefined) {
          const { withArchive } = await import("./open-archive.ts");
          const { verifyChain } = await import("./verify-chain.ts");
          return withArchive(context, "read", (store) => verifyChain(context, store, options));
        }
        const { openBar } = await import("./bar.ts");
        const { withArchive } = await import("./open-archive.ts");
        const { printObject } = await import("./output.ts");
        const { forTerminal } = await import("../text/index.ts");
        const { programStamp } = await import("./version.ts");
        return withArchive(context, "read", async (store) => {
          const startedAt = context.now();
          const { rawBytes: total } = await store.stats();
          const bar = await openBar(context, "bytes", total);
          const faults: Fault[] = [];
          const report = await store
            .verify({
              program: programStamp(),
              signal: context.signal,
              onFault: (fault) => faults.push(fault),
              onProgress: (rawBytes) => bar.update(rawBytes),
            })
            .finally(() => bar.stop());
          const { bodies, pruned, blocks, versions, rawBytes, isWhole } = report;
          const seconds = Math.max(0.001, (context.now() - startedAt) / 1_000);
          if (options.json) {
            await printObject(context, {
              ...{ sound: isWhole && faults.length === 0, complete: isWhole },
              ...{ bodies, pruned, blocks, versions, raw_bytes: rawBytes, seconds, faults },
            });
          } else {
            for (const fault of faults) await context.stdout(`${forTerminal(lineOf(fault))}\n`);
          }
          const rate = humanBytes(rawBytes / seconds);
          const outcome = faults.length === 0 ? "sound" : `${counted(faults.length, "fault")}`;
          const gone = pruned === 0 ? "" : `; ${counted(pruned, "page")} pruned, not looked at`;
          context.log.info(
            `${isWhole ? outcome : `stopped, ${outcome} so far`}: ${counted(bodies, "page")} (${humanBytes(rawBytes)}, ${rate}/s), ${counted(blocks, "block")}, ${counted(versions, "version")}${gone}`,
          );
          return faults.length > 0 ? ExitCode.storage : undefined;
        });
      }),
    );
};

function lineOf({ table, id, digest, what }: Fault): string {
  const row = id === null ? table : `${table} ${id}`;
  return digest === null ? `${row}: ${what}` : `${row} ${digest}: ${what}`;
}
