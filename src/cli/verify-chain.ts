/** The part of `verify` that recomputes the hash chain. */
import { ExitCode } from "../errors.ts";
import type { BrokenLink, Store } from "../store/store.ts";
import type { Context, Outcome } from "./command.ts";
import { counted } from "./counted.ts";

export interface ChainOptions {
  readonly json?: boolean;
  /** A head somebody noted. */
  readonly noted?: string;
}

/** Says whether the chain is whole; exit 6 and the first broken link when it is not. */
export async function verifyChain(
  context: Context,
  store: Store,
  { json, noted }: ChainOptions,
): Promise<Outcome> {
  const { printObject } = await import("./output.ts");
  const { forTerminal } = await import("../text/index.ts");
  const { links, adopted, head, broken } = await store.verifyChain({
    signal: context.signal,
    ...(noted !== undefined && { noted }),
  });
  if (json) {
    await printObject(context, { links, adopted, head, broken });
  } else if (broken !== null) {
    await context.stdout(`${forTerminal(lineOf(broken))}\n`);
  } else {
    const before = adopted === 0 ? "" : `, ${adopted} of them adopted by an upgrade`;
    await context.stdout(
      `chain whole: ${counted(links, "link")}${before}\nhead: ${head ?? "none"}\n`,
    );
  }
  return broken === null ? ExitCode.ok : ExitCode.storage;
}

function lineOf({ link, runId, seq, table, detail }: BrokenLink): string {
  const place = [
    link === null ? null : `link ${link}`,
    runId === null ? null : `run ${runId}`,
    seq === null ? null : `number ${seq} of the run`,
    table === null ? null : `table ${table}`,
  ];
  const known = place.filter((part) => part !== null).join(", ");
  return `chain broken${known === "" ? "" : ` at ${known}`}: ${detail}`;
}
