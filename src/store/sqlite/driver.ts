/**
 * The one place that opens SQLite and that knows its error codes. What leaves is a connection set up
 * the house's way, or a WarraqError that names the file.
 */
import {
  accessSync,
  closeSync,
  constants,
  openSync,
  readFileSync,
  readSync,
  statSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import Sqlite from "better-sqlite3";
import { fileTrouble, WarraqError } from "../../errors.ts";

export type Database = Sqlite.Database;

/** How long a statement waits for another writer: longer than any transaction of ours takes. */
const BUSY_TIMEOUT_MS = 10_000;
/** Page cache. The inner pages of every index of a million articles fit. */
const CACHE_KIB = 64 * 1024;
/** Pages written to the log before they are copied home: hot pages are copied once, not every time. */
const CHECKPOINT_PAGES = 4_000;

/** What the log is cut back to once a long reader let it grow. */
const LOG_LIMIT_BYTES = 64 * 2 ** 20;

/** `read-only` cannot write whatever it is told; `read` does not, but tidies up behind a crash. */
export type Mode = "read-only" | "read" | "write";

/**
 * Opens a connection. Readers may be many, and none waits for a writer.
 *
 * @throws {WarraqError} E_NO_ARCHIVE, E_ARCHIVE_CORRUPT, E_ARCHIVE_READONLY, E_IO
 */
export function connect(path: string, mode: Mode): Database {
  const isWriter = mode === "write";
  if (!isWriter || sizeOf(path) > 0) refuseBadFile(path);
  if (isWriter) refuseReadOnly(path);
  const inMemory = !isWriter && isReadFromMemory(path);
  return translating(path, () => {
    const db = new Sqlite(inMemory ? bytesWithoutLog(path) : resolve(path), {
      // The last to close takes the log and its index away; a read-only connection could not.
      readonly: mode === "read-only" || (mode === "read" && (inMemory || !isWritable(path))),
      fileMustExist: !isWriter && !inMemory,
      timeout: BUSY_TIMEOUT_MS,
    });
    try {
      db.pragma(`cache_size = -${CACHE_KIB}`);
      db.pragma("temp_store = memory");
      if (isWriter) db.pragma("foreign_keys = on");
      else db.pragma("query_only = on");
      db.prepare(/* sql */ `SELECT count(*) FROM sqlite_schema`).get();
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

/** Sets up a connection that will write: a write-ahead log, and commits that survive a power cut. */
export function prepareForWriting(db: Database): void {
  db.pragma("journal_mode = wal");
  db.pragma("synchronous = full");
  db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  db.pragma(`journal_size_limit = ${LOG_LIMIT_BYTES}`);
}

/** Runs `work`; SQLite's errors become ours. */
export function translating<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translated(error, path);
  }
}

/** What an error of SQLite means to a person; errors that are not SQLite's come back as they are. */
export function translated(error: unknown, path: string): unknown {
  if (error instanceof WarraqError || !(error instanceof Error)) return error;
  if (error instanceof TypeError && /directory does not exist/.test(error.message)) {
    return new WarraqError("E_IO", `cannot open ${path}: its folder does not exist`);
  }
  const options = { cause: error };
  // JSON in the archive is only ever written by us.
  if (error instanceof SyntaxError) {
    return new WarraqError("E_ARCHIVE_CORRUPT", `${path} is damaged: ${error.message}`, options);
  }
  if (!(error instanceof Sqlite.SqliteError)) return error;
  const { code, message } = error;
  if (code === "SQLITE_FULL" || /disk is full/.test(message)) {
    return new WarraqError("E_DISK_FULL", `no space left for ${path}`, options);
  }
  if (code.startsWith("SQLITE_READONLY")) {
    return new WarraqError("E_ARCHIVE_READONLY", `${path} cannot be written to`, options);
  }
  const isDamage = code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_NOTADB";
  if (isDamage || message === "malformed JSON") {
    return new WarraqError("E_ARCHIVE_CORRUPT", `${path} is damaged: ${message}`, options);
  }
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) {
    return new WarraqError("E_LOCKED", `another program is writing to ${path}`, options);
  }
  if (code.startsWith("SQLITE_IOERR") || code.startsWith("SQLITE_CANTOPEN")) {
    return new WarraqError("E_IO", `cannot read or write ${path}: ${message} (${code})`, options);
  }
  return error;
}

/** The error of rows that cannot be so in a sound archive; `translated` gives it the file's name. */
export function damage(what: string): Error {
  return new Sqlite.SqliteError(what, "SQLITE_CORRUPT");
}

const HEADER_BYTES = 100;
const MAGIC = "SQLite format 3\0";

/** Tells by its first bytes and its size whether a file can be a whole SQLite database. */
function refuseBadFile(path: string): void {
  const fileBytes = sizeOf(path);
  if (fileBytes === -1) {
    throw new WarraqError("E_NO_ARCHIVE", `there is no archive at ${path}`);
  }
  const header = Buffer.alloc(HEADER_BYTES);
  try {
    const file = openSync(path, "r");
    try {
      readSync(file, header, 0, HEADER_BYTES, 0);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new WarraqError("E_IO", `cannot read ${path}: ${fileTrouble(error)}`);
  }
  const hasLog = sizeOf(`${path}-wal`) > 0;
  if (fileBytes === 0 && hasLog) return; // killed before the first checkpoint: all is in the log
  if (fileBytes === 0)
    throw new WarraqError("E_NO_ARCHIVE", `there is no archive at ${path}: the file is empty`);
  if (header.toString("latin1", 0, MAGIC.length) !== MAGIC) {
    throw new WarraqError("E_ARCHIVE_CORRUPT", `${path} is not an archive of warraq`);
  }
  const rawPageBytes = header.readUInt16BE(16);
  const pageBytes = rawPageBytes === 1 ? 65_536 : rawPageBytes;
  const promised = pageBytes * header.readUInt32BE(28);
  if (!hasLog && fileBytes < promised) {
    throw new WarraqError(
      "E_ARCHIVE_CORRUPT",
      `${path} was cut short: ${fileBytes} of ${promised} bytes are there`,
    );
  }
}

/** Says it before SQLite does, which calls it a failure to open the log. */
function refuseReadOnly(path: string): void {
  const isMissing = sizeOf(path) === -1;
  if (!isWritable(dirname(resolve(path))) || (!isMissing && !isWritable(path))) {
    throw new WarraqError("E_ARCHIVE_READONLY", `${path} cannot be written to`);
  }
}

/**
 * SQLite reads an archive through a small shared file beside it. Where that cannot be made (a
 * read-only disk, somebody else's folder) and no log is waiting, nobody writes: then the archive is
 * read from memory.
 */
export function isReadFromMemory(path: string): boolean {
  return !isWritable(dirname(resolve(path))) && sizeOf(`${path}-wal`) <= 0;
}

/** Above this Node reads no file into one buffer. */
const MOST_MEMORY_BYTES = 2 ** 31 - 1;
/** Header bytes that say "write-ahead log" (2) or "none" (1): a copy in memory has none. */
const FORMAT_OFFSETS = [18, 19] as const;

function bytesWithoutLog(path: string): Buffer {
  if (sizeOf(path) > MOST_MEMORY_BYTES) {
    throw new WarraqError(
      "E_ARCHIVE_READONLY",
      `${path} is too large to be read from a read-only folder: copy it to a writable one`,
    );
  }
  const bytes = readFileSync(path);
  for (const offset of FORMAT_OFFSETS) bytes[offset] = 1;
  return bytes;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch (error) {
    // A missing folder has an error of its own.
    return (error as NodeJS.ErrnoException).code === "ENOENT";
  }
}

/** Bytes of a file; −1 when there is none. */
export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? -1;
}
