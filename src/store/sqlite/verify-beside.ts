/** Half of verifying in a thread of its own (verify-thread.ts), with a connection of its own. */
import { Worker } from "node:worker_threads";
import { type ErrorCode, WarraqError } from "../../errors.ts";
import type { Found, Work } from "./verify-checks.ts";

/** Threads run what tsc made, also under the test runner: no loader of types reaches them on Node 20. */
const THREAD = new URL(
  import.meta.url.endsWith(".ts")
    ? "../../../dist/store/sqlite/verify-thread.js"
    : "./verify-thread.js",
  import.meta.url,
);

/** What the thread is given. */
export interface ThreadData {
  readonly path: string;
  readonly program: string;
}

/** What it says, in order; then it ends. */
export type ThreadMessage =
  | { readonly kind: "found"; readonly found: Found }
  | { readonly kind: "trouble"; readonly code: ErrorCode | null; readonly message: string };

/** Ends when the thread has; at once when the signal aborts. */
export async function verifyBeside({ path, program, signal, add }: Work): Promise<void> {
  const workerData: ThreadData = { path, program };
  const worker = new Worker(THREAD, { workerData });
  const stop = (): void => void worker.terminate();
  signal.addEventListener("abort", stop, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      worker.on("message", (message: ThreadMessage) => {
        if (message.kind === "found") add(message.found);
        else reject(troubleOf(message));
      });
      worker.on("error", reject);
      worker.on("exit", () => resolve());
      if (signal.aborted) stop();
    });
  } finally {
    signal.removeEventListener("abort", stop);
    await worker.terminate();
  }
}

function troubleOf({ code, message }: Extract<ThreadMessage, { kind: "trouble" }>): Error {
  return code === null ? new Error(message) : new WarraqError(code, message);
}
