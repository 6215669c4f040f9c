/** Verifying what was stored: the bytes of pages, and the chain that binds rows in their order. */
import { createChainVerifier } from "./chain-verify.ts";
import type { Database } from "./driver.ts";
import { checkBodies } from "./verify-bodies.ts";
import { runChecks, standingAlone, type Work } from "./verify-checks.ts";

export async function checkStored(db: Database, work: Work): Promise<void> {
  await runChecks(db, [{ table: "body", run: checkBodies }], work);
  if (!work.signal.aborted) await checkChain(db, work);
}

/** What `verify --chain` looks at: it binds what has no seal yet, and that none was put in or taken out. */
async function checkChain(db: Database, { path, signal, add }: Work): Promise<void> {
  await standingAlone("link", path, add, async () => {
    const verify = createChainVerifier(db);
    const report = await verify({ signal }).catch((error: unknown) => {
      if (signal.aborted) return null;
      throw error;
    });
    if (report === null || report.broken === null) return;
    const { table, link: id, detail } = report.broken;
    const what = `the chain breaks: ${detail}`;
    add({ faults: [{ table: table ?? "link", id, digest: null, what }] });
  });
}
