/**
 * The real outside world: streams, signals and terminal of one process. The only file of the command
 * line that knows `process`.
 */
import { constants } from "node:os";
import type { Writable } from "node:stream";
import { ExitCode, fileTrouble } from "../errors.ts";
import type { Io } from "./io.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Connects the program to a process. The first SIGINT or SIGTERM asks it to finish what is in hand,
 * the second ends it at once with 128 + the signal's number. A reader that has seen enough
 * (`| head`) is no error: the process ends quietly with 0.
 */
export function processIo(process: NodeJS.Process): Io {
  const stop = new AbortController();
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(128 + constants.signals[name]);
      stop.abort(name);
    });
  }
  const { stdout, stderr, stdin, env } = process;
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    const code = error.code === "ENOSPC" || error.code === "EDQUOT" ? "E_DISK_FULL" : "E_IO";
    stderr.write(`warraq: stdout cannot be written: ${fileTrouble(error)} (${code})\n`);
    process.exit(ExitCode.storage);
  });
  // Nobody is left to be told anything.
  stderr.on("error", () => {});
  return {
    stdout: (text) => write(stdout, text),
    stderr: (text) => void stderr.write(text),
    terminal: stderr.isTTY === true && env.TERM !== "dumb" ? stderr : null,
    stdin: () => stdin,
    env,
    now: Date.now,
    signal: stop.signal,
    endOnSignal: () => {
      for (const name of SIGNALS) process.removeAllListeners(name);
    },
    isTty: stdout.isTTY === true,
    columns: columnsOf(stdout, env),
    color: wantsColor(stdout, env),
  };
}

function write(stream: Writable, text: string | Uint8Array): Promise<void> | void {
  if (stream.write(text)) return;
  return new Promise((resolve) => {
    stream.once("drain", resolve);
  });
}

/** COLUMNS wins over the terminal's own width, so that output in a pipe can be given one. */
function columnsOf(stdout: NodeJS.WriteStream, env: Io["env"]): number | null {
  const asked = Number(env.COLUMNS);
  if (Number.isInteger(asked) && asked > 0) return asked;
  return stdout.isTTY ? stdout.columns || 80 : null;
}

/** https://no-color.org and https://force-color.org: any non-empty value counts. */
function wantsColor(stdout: NodeJS.WriteStream, env: Io["env"]): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0";
  return stdout.isTTY === true && env.TERM !== "dumb";
}
