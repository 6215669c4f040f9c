/** Running the command line inside the test: the same main(), with everything it says kept. */
import type { Command } from "commander";
import type { Io } from "../../src/cli/io.ts";
import { buildProgram, main } from "../../src/cli/main.ts";

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly bytes: Uint8Array;
}

/** A pipe without width or colour, and nobody who listens. */
const QUIET_WORLD: Io = {
  stdout: () => {},
  stderr: () => {},
  terminal: null,
  stdin: async function* () {},
  env: {},
  now: () => Date.parse("2026-11-24T02:00:00Z"),
  signal: new AbortController().signal,
  endOnSignal: () => {},
  isTty: false,
  columns: null,
  color: false,
};

/** The program as commander sees it, to be looked at rather than run. */
export function describedProgram(): Promise<Command> {
  return buildProgram(QUIET_WORLD, () => {});
}

/** Runs `warraq …words`; nothing it does reaches the real terminal. */
export async function warraq(
  words: readonly string[],
  world: Partial<Io> & { readonly input?: string } = {},
): Promise<Said> {
  const out: Uint8Array[] = [];
  let err = "";
  const { input = "", ...rest } = world;
  const code = await main(["node", "warraq", ...words], {
    ...QUIET_WORLD,
    stdout: (text) => void out.push(typeof text === "string" ? Buffer.from(text) : text),
    stderr: (text) => {
      err += text;
    },
    stdin: async function* () {
      yield Buffer.from(input);
    },
    ...rest,
  });
  const bytes = Buffer.concat(out);
  return { code, out: bytes.toString("utf8"), err, bytes };
}
