/** Which shape the views made for people have, for whoever opens the file without this program. */
import type { Migration } from "./index.ts";

export const about: Migration = {
  name: "what the views are",
  sql: /* sql */ `
-- views_version grows when a column of a view goes or changes its meaning, not when one is added.
CREATE VIEW about AS
SELECT 'warraq' AS made_by, 1 AS views_version, user_version AS archive_version
FROM pragma_user_version;
`,
};
