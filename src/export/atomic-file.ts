/**
 * Writing a file so that nobody ever sees half of it: into a temporary file in the same folder,
 * flushed to the disk, then renamed. Whatever goes wrong, the temporary file is removed and what
 * stood at the target before still stands there.
 */
import { statSync } from "node:fs";
import { type FileHandle, open, readlink, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileTrouble, WarraqError } from "../errors.ts";
import { isArchiveFile } from "../store/index.ts";

/**
 * @param fill - writes the content; its rejection undoes everything; bytes that were handed over are
 *   not to be changed
 * @throws {WarraqError} E_TARGET_EXISTS unless `isForced`; E_INPUT when the folder does not exist or
 *   the target is one, or an archive, which nothing may replace; E_DISK_FULL; E_IO
 */
export async function writeAtomically(
  target: string,
  isForced: boolean,
  fill: (write: (bytes: Uint8Array) => Promise<void>) => Promise<void>,
): Promise<void> {
  const place = await placeOf(target, isForced);
  // A pipe or device has no "before" to keep, and renaming would replace it by a file.
  const file = place.isSpecial ? place.path : temporaryName(place.path);
  const handle = await explained(target, open(file, place.isSpecial ? "w" : "wx"));
  try {
    // One write is always under way while the next bytes are made.
    let behind: Promise<void> = Promise.resolve();
    await fill(async (bytes) => {
      await behind;
      behind = explained(target, writeAll(handle, bytes));
      behind.catch(() => {}); // told by the next write, or below
    });
    await behind;
    if (place.isSpecial) return;
    await explained(target, handle.sync());
    // Someone else may have made the target while we wrote.
    await placeOf(target, isForced);
    await explained(target, rename(file, place.path));
    await syncFolder(dirname(place.path));
  } finally {
    await handle.close();
    if (!place.isSpecial) await rm(file, { force: true });
  }
}

/**
 * Says before any work what would be refused after it.
 *
 * @throws {WarraqError} as writeAtomically; `-` is never refused
 */
export async function refuseExisting(targets: readonly string[], isForced: boolean): Promise<void> {
  for (const target of targets) if (target !== "-") await placeOf(target, isForced);
}

interface Place {
  /** Behind symbolic links, so that a link stays a link. */
  readonly path: string;
  /** A pipe or a device: written as it is. */
  readonly isSpecial: boolean;
}

async function placeOf(target: string, isForced: boolean): Promise<Place> {
  const found = await stat(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw ioError(target, error);
  });
  if (found === null) return { path: await behindLinks(target), isSpecial: false };
  if (found.isDirectory()) throw new WarraqError("E_INPUT", `${target} is a folder`);
  const isSpecial = !found.isFile();
  if (!isSpecial && (await isArchiveFile(target))) {
    throw new WarraqError("E_INPUT", `${target} is an archive; nothing is written over one`);
  }
  if (!isSpecial && !isForced) {
    throw new WarraqError("E_TARGET_EXISTS", `${target} exists already; --force replaces it`);
  }
  return { path: isSpecial ? target : await realpath(target), isSpecial };
}

/** Where a link leads whose file is not there yet; stat has ended at it, so there is no circle. */
async function behindLinks(target: string): Promise<string> {
  const to = await readlink(target).catch(() => null);
  return to === null ? target : behindLinks(resolve(dirname(target), to));
}

function temporaryName(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}-${Date.now().toString(36)}.tmp`);
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let from = 0; from < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, from);
    from += bytesWritten;
  }
}

/** The rename itself must survive a power cut. Not every system can flush a folder. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

/** Runs `work`; what the system says of files becomes ours, anything else stays as it is. */
export async function explained<T>(target: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    throw ioError(target, error as NodeJS.ErrnoException);
  }
}

function ioError(target: string, error: NodeJS.ErrnoException): Error {
  const folder = dirname(target);
  const isMissing = error.code === "ENOENT" || error.code === "ENOTDIR";
  if (isMissing) {
    const why = isFolder(folder)
      ? `no file can be made in ${folder}`
      : `there is no folder ${folder}`;
    return new WarraqError("E_INPUT", `${target}: ${why}`, { cause: error });
  }
  if (error.code === "ENOSPC" || error.code === "EDQUOT") {
    return new WarraqError("E_DISK_FULL", `${target}: the disk is full; nothing was left behind`, {
      cause: error,
    });
  }
  return new WarraqError("E_IO", `${target}: cannot be written: ${fileTrouble(error)}`, {
    cause: error,
  });
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
