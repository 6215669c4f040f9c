/** `warraq archive backup`: a copy of the archive as it is now, whole, while a crawl goes on. */
import { humanBytes } from "./bytes.ts";
import type { AddCommand } from "./command.ts";

interface BackupCommandOptions {
  readonly force?: boolean;
  readonly json?: boolean;
}

export const addArchiveBackup: AddCommand = (archive, act) => {
  archive
    .command("backup")
    .summary("copy the archive while a crawl goes on")
    .description(
      "Copies the archive, as it is at this moment, into a file. A crawl may go on meanwhile; the file is\nthere only once it is whole.",
    )
    .argument("<file>", "where the copy goes")
    .option("--force", "replace the file if it exists")
    .option("--json", "one JSON object: file, bytes")
    .addHelpText("after", "\nExample:\n  $ warraq archive backup /mnt/backup/warraq-2026-11-24.db")
    .action(
      act(async (context, target: string, options: BackupCommandOptions) => {
        const { refuseTarget } = await import("./target.ts");
        const { openBar } = await import("./bar.ts");
        const { withArchive } = await import("./open-archive.ts");
        const { printObject } = await import("./output.ts");
        await refuseTarget(target, options.force === true, context.archivePath);
        const { bytes } = await withArchive(context, "read", async (store) => {
          const { fileBytes } = await store.stats();
          const bar = await openBar(context, "bytes", fileBytes);
          const onProgress = ({ doneBytes }: { doneBytes: number }): void => bar.update(doneBytes);
          return store
            .backup({ target, signal: context.signal, onProgress })
            .finally(() => bar.stop());
        });
        context.log.info(`${target}: ${humanBytes(bytes)}`);
        if (options.json) await printObject(context, { file: target, bytes });
      }),
    );
};
