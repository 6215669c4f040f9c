/** Looking at where a file is to be written before any work is done. */
import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileTrouble, WarraqError } from "../errors.ts";

/** @throws {WarraqError} E_TARGET_EXISTS unless forced, E_INPUT for a folder, no folder, or the archive itself */
export async function refuseTarget(
  target: string,
  isForced: boolean,
  archivePath: string,
): Promise<void> {
  if (await isSame(target, archivePath)) {
    throw new WarraqError("E_INPUT", `${target} is the archive itself`);
  }
  const [found, folder] = await Promise.all([kindOf(target), kindOf(dirname(resolve(target)))]);
  if (folder !== "folder") {
    throw new WarraqError("E_INPUT", `${target}: there is no folder ${dirname(target)}`);
  }
  if (found === "folder") throw new WarraqError("E_INPUT", `${target} is a folder`);
  if (found !== "nothing" && !isForced) {
    throw new WarraqError("E_TARGET_EXISTS", `${target} exists already; --force replaces it`);
  }
}

/** By what is there, not by its name: a link to the archive is the archive. */
async function isSame(one: string, other: string): Promise<boolean> {
  if (resolve(one) === resolve(other)) return true;
  const [a, b] = await Promise.all([one, other].map((path) => stat(path).catch(() => null)));
  return a != null && b != null && a.dev === b.dev && a.ino === b.ino;
}

async function kindOf(path: string): Promise<"nothing" | "folder" | "file"> {
  try {
    return (await stat(path)).isDirectory() ? "folder" : "file";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return "nothing";
    const why = fileTrouble(error);
    throw new WarraqError("E_IO", `${path}: cannot be looked at: ${why}`, { cause: error });
  }
}
