/** How much of what was sent is pruned, without looking at every page: `stats` says it beside what is kept. */
import type { Migration } from "./index.ts";

export const prunedBytes: Migration = {
  name: "pruned bytes counted",
  sql: /* sql */ `
CREATE INDEX body_pruned ON body (unpacked_bytes) WHERE pruned_at IS NOT NULL;
`,
};
