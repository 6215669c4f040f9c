/**
 * What a command is: a file that adds one command to the program, whose action gets a Context and
 * returns an exit code. Light on purpose: this is imported to print `--help`, so nothing heavy may
 * be imported here or at the top of a command's file.
 */
import type { Command } from "commander";
import type { ExitCode } from "../errors.ts";
import type { Io } from "./io.ts";
import type { Log } from "./log.ts";

/** The global flags, resolved, and the outside world. */
export interface Context extends Io {
  /** Path of the archive: --archive, else WARRAQ_ARCHIVE, else `warraq.db`. */
  readonly archivePath: string;
  readonly isQuiet: boolean;
  readonly isVerbose: boolean;
  readonly logFormat: "pretty" | "json";
  readonly log: Log;
  /** Runs another command of the program, as if it had been typed. */
  readonly run: (words: readonly string[]) => Promise<ExitCode>;
}

/** What an action comes to; nothing means 0. */
export type Outcome = ExitCode | undefined;

/** What a command does: gets a Context, then the command's arguments and options. */
export type Work<Words extends readonly unknown[]> = (
  context: Context,
  ...words: Words
) => Promise<Outcome> | Promise<void>;

/** Wraps a command's work into the action commander calls. */
export type Act = <Words extends readonly unknown[]>(
  work: Work<Words>,
) => (...words: [...Words, Command]) => Promise<void>;

/** Every command's file exports one of these. */
export type AddCommand = (program: Command, act: Act) => void;

export const DEFAULT_ARCHIVE = "warraq.db";
