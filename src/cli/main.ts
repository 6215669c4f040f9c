/**
 * The command line: builds the program from its commands, and is the one place where errors become
 * messages and exit codes. Nothing heavy is imported here: `--help` answers before SQLite, cheerio
 * or undici would have been read from disk.
 */
import { Command, CommanderError } from "commander";
import { ERROR_EXIT, ExitCode, WarraqError } from "../errors.ts";
import { type Act, type Context, DEFAULT_ARCHIVE, type Work } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { protectExclusions } from "./exclusions.ts";
import type { Io } from "./io.ts";
import type { Log } from "./log.ts";
import { addGlobalOptions, type GlobalOptions } from "./options.ts";
import { programVersion } from "./version.ts";

const AFTER_HELP = `
Exit codes:
  0 done   1 a bug   2 wrong usage or rule   3 too many failures (--fail-on)   4 a source is unwell
  5 stopped by a limit, run again to go on   6 disk or archive trouble   75 the archive is being crawled
  130/143 stopped by a signal, all finished work saved

Examples:
  $ warraq crawl https://www.example.ly/
  $ warraq search "سرت" --from 2024
  $ warraq export -o articles.jsonl`;

/**
 * Runs the program. Never throws and never ends the process: the caller sets the exit code.
 *
 * @param argv - as in `process.argv`: two leading items, then the user's words
 */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = ExitCode.ok;
  const exit = (chosen: ExitCode): void => {
    code = chosen;
  };
  let complaint: string | null = null;
  const complain = (text: string): void => {
    complaint = text;
  };
  try {
    const program = await buildProgram(io, exit, argv, complain);
    await program.parseAsync(protectExclusions(argv, program));
    return io.signal.aborted && code === ExitCode.ok ? stoppedBy(io.signal) : code;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return ExitCode.ok;
      if (complaint !== null) {
        const log = await openLogFor(io, argv);
        log.error(oneLine(complaint), { code: "E_USAGE" });
      }
      return ExitCode.usage;
    }
    if (io.signal.aborted) return stoppedBy(io.signal);
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (isJsonWanted(argv)) (await openLogFor(io, argv)).error("a bug in warraq", { stack });
    else io.stderr(`${stack}\n`);
    return ExitCode.crashed;
  }
}

/** What is wrong with the command line itself is known before its options are: they are looked for by hand. */
function isJsonWanted(argv: readonly string[]): boolean {
  return argv.some(
    (word, index) =>
      word === "--log-format=json" || (word === "json" && argv[index - 1] === "--log-format"),
  );
}

async function openLogFor(io: Io, argv: readonly string[]): Promise<Log> {
  const { openLog } = await import("./log.ts");
  const format = isJsonWanted(argv) ? "json" : "pretty";
  return openLog({ format, isQuiet: false, isVerbose: false, write: io.stderr });
}

/**
 * The program as commander sees it.
 *
 * @param words - commands named here are read from disk; the others are only listed. Without words
 *   all are read: that is what the documentation is compared with.
 * @param complain - told what is wrong with the command line, in commander's words
 */
export async function buildProgram(
  io: Io,
  exit: (code: ExitCode) => void,
  words?: readonly string[],
  complain: (text: string) => void = () => {},
): Promise<Command> {
  const program = new Command("warraq")
    .description(
      "Archives the news before it disappears: crawl, extract, search and export,\nArabic first, in one SQLite file.",
    )
    .version(programVersion(), "--version", "print the version")
    .helpOption("-h, --help", "show help")
    .addHelpCommand(
      new Command("help")
        .argument("[command]")
        .summary("show help of a command")
        .helpGroup("First steps:"),
    )
    .usage("<command> [options]")
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .addHelpText("after", AFTER_HELP)
    .exitOverride()
    .configureHelp({
      subcommandTerm: (command) => command.name(),
      // Written in lines for the source; the screen's own width breaks them.
      commandDescription: (command) => command.description().replaceAll("\n", " "),
    })
    .configureOutput({
      writeOut: (text) => void io.stdout(text),
      writeErr: (text) => io.stderr(text),
      outputError: complain,
      getOutHelpWidth: () => io.columns ?? 100,
      getErrHelpWidth: () => io.columns ?? 100,
      getOutHasColors: () => io.color,
      getErrHasColors: () => io.color,
    });
  const act: Act =
    <Words extends readonly unknown[]>(work: Work<Words>) =>
    async (...words: [...Words, Command]) => {
      const command = words.at(-1) as Command;
      const context = await openContext(io, globalsOf(command));
      try {
        const done = await work(context, ...(words.slice(0, -1) as unknown as Words));
        if (done !== undefined) exit(done);
      } catch (error) {
        if (!(error instanceof WarraqError)) throw error;
        context.log.error(error.message, { code: error.code });
        exit(ERROR_EXIT[error.code]);
      }
    };
  for (const [group, entries] of COMMANDS) {
    program.commandsGroup(group);
    for (const { name, summary, load } of entries) {
      if (words === undefined || words.includes(name)) (await load())(program, act);
      else program.command(name);
      program.commands.at(-1)?.summary(summary);
    }
  }
  addGlobalOptions(program);
  for (const leaf of leavesOf(program)) addGlobalOptions(leaf);
  return program;
}

/** Commands that do something, rather than hold others. */
export function leavesOf(program: Command): readonly Command[] {
  return program.commands.flatMap((command) =>
    command.commands.length > 0 ? leavesOf(command) : [command],
  );
}

/** The global flags of a command; one given nearer to the command wins over one given before it. */
function globalsOf(command: Command): GlobalOptions {
  const options: GlobalOptions = {};
  for (let at: Command | null = command; at !== null; at = at.parent) {
    for (const [name, value] of Object.entries(at.opts())) {
      const isGiven = at.getOptionValueSource(name) === "cli";
      if (isGiven && !(name in options)) Object.assign(options, { [name]: value });
    }
  }
  return options;
}

async function openContext(io: Io, options: GlobalOptions): Promise<Context> {
  const { openLog } = await import("./log.ts");
  const logFormat = options.logFormat ?? "pretty";
  const isQuiet = options.quiet === true;
  const isVerbose = options.verbose === true;
  return {
    ...io,
    color: io.color && options.color !== false,
    archivePath: options.archive ?? (io.env.WARRAQ_ARCHIVE || DEFAULT_ARCHIVE),
    isQuiet,
    isVerbose,
    logFormat,
    run: (words) => main(["node", "warraq", ...words], io),
    log: await openLog({ format: logFormat, isQuiet, isVerbose, write: io.stderr }),
  };
}

function stoppedBy(signal: AbortSignal): ExitCode {
  return signal.reason === "SIGTERM" ? ExitCode.terminated : ExitCode.interrupted;
}

/** What may act on a terminal in a word that was typed or pasted: controls and direction marks. */
const ACTS = /\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** `error: unknown option '--jsn'\n(Did you mean --json?)` as one line of ours. */
function oneLine(text: string): string {
  return text
    .replace(/^error: /u, "")
    .trim()
    .replace(/\s*\n\s*/gu, " ")
    .replace(ACTS, "");
}
