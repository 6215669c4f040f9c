/** What runs inside the thread that verify-beside.ts starts: opens the archive, tells what it finds, ends. */
import { parentPort, workerData } from "node:worker_threads";
import { WarraqError } from "../../errors.ts";
import { connect } from "./driver.ts";
import type { ThreadData, ThreadMessage } from "./verify-beside.ts";
import { checkStored } from "./verify-stored.ts";

const { path, program } = workerData as ThreadData;
const say = (message: ThreadMessage): void => parentPort?.postMessage(message);

try {
  const db = connect(path, "read");
  try {
    const { signal } = new AbortController(); // stopped from outside
    await checkStored(db, { path, program, signal, add: (found) => say({ kind: "found", found }) });
  } finally {
    db.close();
  }
} catch (error) {
  const code = error instanceof WarraqError ? error.code : null;
  say({ kind: "trouble", code, message: error instanceof Error ? error.message : String(error) });
}
