/**
 * Talk for people and machines, on stderr. `pretty` is written here; `json` is pino's, loaded only
 * when asked for. Text from web pages is made harmless before it reaches a terminal.
 */
import type { DestinationStream, Logger } from "pino";
import { forTerminal } from "../text/index.ts";

export type LogFacts = Readonly<Record<string, unknown>>;

export interface Log {
  /** For --verbose. */
  readonly debug: (message: string, facts?: LogFacts) => void;
  /** Progress; silent with --quiet. */
  readonly info: (message: string, facts?: LogFacts) => void;
  readonly warn: (message: string, facts?: LogFacts) => void;
  readonly error: (message: string, facts?: LogFacts) => void;
  /** The one line that ends a run: said even with --quiet. In JSON the facts stand beside it. */
  readonly final: (line: string, facts: LogFacts) => void;
}

export interface LogOptions {
  readonly format: "pretty" | "json";
  readonly isQuiet: boolean;
  readonly isVerbose: boolean;
  readonly write: (text: string) => void;
}

/** Opens the log. Every message is one line and is on its way when the call returns. */
export async function openLog(options: LogOptions): Promise<Log> {
  if (options.format === "json") return jsonLog(options);
  const { isQuiet, isVerbose } = options;
  const say =
    (prefix: string) =>
    (message: string, facts: LogFacts = {}) =>
      options.write(`${forTerminal(prefix + message + inWords(facts))}\n`);
  const silent = (): void => {};
  return {
    debug: isVerbose && !isQuiet ? say("") : silent,
    info: isQuiet ? silent : say(""),
    warn: say("warning: "),
    // Which row of the README's table it is; other facts are in the message.
    error: (message, { code } = {}) =>
      say("warraq: ")(code === undefined ? message : `${message} (${code})`),
    final: (line) => options.write(`${forTerminal(line)}\n`),
  };
}

async function jsonLog({ isQuiet, isVerbose, write }: LogOptions): Promise<Log> {
  const { pino, stdTimeFunctions } = await import("pino");
  const stream: DestinationStream = { write };
  const level = isQuiet ? "warn" : isVerbose ? "debug" : "info";
  const logger: Logger = pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    stream,
  );
  const always = logger.child({}, { level: "info" });
  return {
    debug: (message, facts) => logger.debug(facts ?? {}, message),
    info: (message, facts) => logger.info(facts ?? {}, message),
    warn: (message, facts) => logger.warn(facts ?? {}, message),
    error: (message, facts) => logger.error(facts ?? {}, message),
    final: (line, facts) => always.info(facts, line),
  };
}

function inWords(facts: LogFacts): string {
  return Object.entries(facts)
    .map(([name, value]) => ` ${name}=${typeof value === "object" ? JSON.stringify(value) : value}`)
    .join("");
}
