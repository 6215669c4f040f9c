/**
 * Errors a person can cause or meet: each has a code and a message that names the file, field or
 * URL at fault. The command line prints `warraq: <message>` and ends with the code's exit status.
 * Anything else that is thrown is a bug and is shown with its stack.
 */

/** Exit statuses a cron job may rely on. Listed in the README; a test compares the two. */
export const ExitCode = {
  ok: 0,
  /** A bug or an unforeseen fault; a stack trace is printed. */
  crashed: 1,
  /** The command line, configuration or a rule file is wrong; nothing was done. */
  usage: 2,
  /** Finished, but more failed than `--fail-on` allows. */
  partial: 3,
  /** A source has drifted or is unwell (`check`). */
  alarm: 4,
  /** A limit (`--max-pages`, `--time-limit`) stopped the run; run it again to go on. */
  limit: 5,
  /** The disk or the archive file is in trouble. */
  storage: 6,
  /** Another run holds the archive (sysexits' EX_TEMPFAIL). */
  locked: 75,
  /** Stopped by SIGINT; what was finished is saved. */
  interrupted: 130,
  /** Stopped by SIGTERM; what was finished is saved. */
  terminated: 143,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** Every code an own error can carry, with the exit status it leads to. Documented in the README. */
export const ERROR_EXIT = {
  E_USAGE: ExitCode.usage,
  E_BAD_URL: ExitCode.usage,
  E_UNKNOWN_SITE: ExitCode.usage,
  E_SITE_RULE: ExitCode.usage,
  E_NOT_FOUND: ExitCode.usage,
  E_INPUT: ExitCode.usage,
  E_PRUNED: ExitCode.usage,
  E_QUERY: ExitCode.usage,
  E_SQL: ExitCode.usage,
  E_TARGET_EXISTS: ExitCode.usage,
  E_NO_ARCHIVE: ExitCode.usage,
  E_ARCHIVE_NEWER: ExitCode.storage,
  E_ARCHIVE_CORRUPT: ExitCode.storage,
  E_ARCHIVE_READONLY: ExitCode.storage,
  E_DISK_FULL: ExitCode.storage,
  E_IO: ExitCode.storage,
  E_LOCKED: ExitCode.locked,
} as const satisfies Record<string, ExitCode>;

export type ErrorCode = keyof typeof ERROR_EXIT;

/** The one class of own errors; `code` tells them apart. */
export class WarraqError extends Error {
  override readonly name = "WarraqError";
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What the system says of a file, in words; the path is for the sentence around it. */
const FILE_TROUBLE: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  EISDIR: "is a folder",
  ENOTDIR: "a part of its path is no folder",
  EACCES: "no permission",
  EPERM: "no permission",
  EROFS: "the file system is read-only",
  ELOOP: "a circle of links",
  ENAMETOOLONG: "the name is too long",
  EMFILE: "too many files are open",
  ENFILE: "too many files are open",
  ENOSPC: "no space left",
  EDQUOT: "no space left",
  EIO: "the disk gave an error",
};

/** @param error - whatever was thrown; what is not the system's says itself what it is */
export function fileTrouble(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return FILE_TROUBLE[code ?? ""] ?? message ?? String(error);
}
