/** Which pages an import is after, and as what the archive names them. */
import { decideRole } from "../../discover/role.ts";
import type { PageRef } from "../../model.ts";
import type { PageFilter } from "../filter.ts";
import type { ImportOptions } from "./options.ts";
import type { SiteChoice } from "./site-choice.ts";
import type { ImportItem } from "./source.ts";
import type { ImportTally } from "./tally.ts";

export interface Wanted {
  /** A capture's page as the archive names it; null, and counted, when this import is not after it. */
  page(url: string, at: number): Promise<PageRef | null>;
  /** An address for the next crawl; what it is, its form says, or in doubt the page itself. */
  address(item: Extract<ImportItem, { kind: "address" }>): Promise<PageRef | null>;
}

export function createWanted(
  { from, to }: Pick<ImportOptions, "from" | "to">,
  sites: SiteChoice,
  isWanted: PageFilter,
  tally: ImportTally,
): Wanted {
  return {
    async page(url, at) {
      if ((from !== null && at < from) || (to !== null && at >= to))
        return tally.pass("other days");
      const site = await sites.of(url);
      if (site === null) return tally.pass("other sites");
      // A front page has articles on it and is none, however much of one it shows.
      if (isFrontPage(url)) return tally.pass("front page");
      const page: PageRef = {
        ...{ url, siteId: site.id, role: "article", foundBy: "import" },
        ...{ title: null, publishedAt: null, lastModifiedAt: null },
      };
      return isWanted(page) ? page : tally.pass("filtered");
    },

    async address(item) {
      const { url, title } = item;
      const site = await sites.of(url);
      if (site === null) return tally.pass("other sites");
      const byForm = decideRole(url, { site, anchorText: "" });
      const role =
        item.role ?? (byForm.role === "listing" && !isFrontPage(url) ? "article" : byForm.role);
      const page: PageRef = {
        ...{ url, siteId: site.id, role, foundBy: "import", title },
        ...{ publishedAt: null, lastModifiedAt: null },
      };
      return isWanted(page) ? page : tally.pass("filtered");
    },
  };
}

function isFrontPage(url: string): boolean {
  const { pathname, search } = new URL(url);
  return pathname === "/" && search === "";
}
