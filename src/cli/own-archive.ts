/** Opening an archive that is there, for work that no crawl may interfere with. */
import type { Store } from "../store/store.ts";
import type { Context } from "./command.ts";
import { takeLock } from "./lock.ts";
import { withArchive } from "./open-archive.ts";

/**
 * @param waitMs - how long a crawl is waited for
 * @throws {WarraqError} E_NO_ARCHIVE, E_LOCKED, and the other troubles of openStore
 */
export async function withOwnArchive<T>(
  context: Context,
  waitMs: number,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  return withArchive(context, "write-existing", async (store) => {
    await takeLock(context, store, waitMs);
    return work(store);
  });
}
