/** `-word` on a command line: an exclusion to us, a heap of unknown flags to commander. Pure. */
import type { Command } from "commander";

/** Commands whose words may begin with a minus. */
const QUERY_COMMANDS = new Set(["search", "list", "export"]);

/**
 * Moves `-word` exclusions behind `--`, where commander leaves them alone, for the commands that take
 * a query. Flags stay flags: `-n5`, `-q` and everything that begins with two dashes.
 *
 * @param argv - as in `process.argv`
 */
export function protectExclusions(argv: readonly string[], program: Command): readonly string[] {
  const at = argv.findIndex((word, index) => index > 1 && QUERY_COMMANDS.has(word));
  const command = program.commands.find((one) => one.name() === argv[at]);
  if (at < 0 || command === undefined) return argv;
  const end = argv.indexOf("--", at);
  const words = argv.slice(at + 1, end < 0 ? undefined : end);
  const isExclusion = (word: string): boolean =>
    /^-[^-]/u.test(word) &&
    !command.options.some(({ short, required, optional }) =>
      required || optional ? short !== undefined && word.startsWith(short) : short === word,
    );
  /** `-n -5`: what a flag needs is its own, whatever it begins with. */
  const isValue = (index: number): boolean =>
    command.options.some(
      ({ short, long, required }) =>
        required && words[index - 1] !== undefined && [short, long].includes(words[index - 1]),
    );
  const isMoved = words.map((word, index) => isExclusion(word) && !isValue(index));
  if (!isMoved.includes(true)) return argv;
  const moved = words.filter((_, index) => isMoved[index]);
  const kept = words.filter((_, index) => !isMoved[index]);
  return [
    ...argv.slice(0, at + 1),
    ...kept,
    "--",
    ...moved,
    ...(end < 0 ? [] : argv.slice(end + 1)),
  ];
}
