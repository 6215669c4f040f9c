/** `warraq archive`: looking after the archive's file: its size, its copies, what it keeps. */
import { addArchiveBackup } from "./archive-backup.ts";
import { addArchiveMerge } from "./archive-merge.ts";
import { addArchivePack } from "./archive-pack.ts";
import { addArchivePrune } from "./archive-prune.ts";
import type { AddCommand } from "./command.ts";

export const addArchiveCommand: AddCommand = (program, act) => {
  const archive = program
    .command("archive")
    .description(
      "Looks after the archive's file. Each command may be stopped at any time: what it had finished\nstays, and nothing is left by half.",
    );
  for (const add of [addArchivePack, addArchiveBackup, addArchivePrune, addArchiveMerge])
    add(archive, act);
};
