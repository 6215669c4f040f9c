/** `warraq sites add` and `warraq sites remove`: a researcher's own rules, kept in the archive. */
import { WarraqError } from "../errors.ts";
import type { SiteRule } from "../sites/index.ts";
import type { AddCommand } from "./command.ts";

export const addSitesAdd: AddCommand = (sites, act) => {
  sites
    .command("add")
    .summary("add rule files to the archive")
    .description(
      "Checks rule files and adds them to the archive; one wrong file and none is added. What was crawled of\ntheir hosts before is filed under them from then on.",
    )
    .argument("<files...>", "rule files (JSON; schema: warraq schema site); - for stdin")
    .addHelpText("after", "\nExample:\n  $ warraq sites add almarsad.json")
    .action(
      act(async (context, files: readonly string[]) => {
        const { readRule } = await import("./rule-file.ts");
        const { siteRecord } = await import("./rules.ts");
        const { withArchive } = await import("./open-archive.ts");
        const { adopt, adoptions } = await import("./adopt-sites.ts");
        const rules: SiteRule[] = [];
        for (const file of files) rules.push(await readRule(context, file));
        await withArchive(context, "write", async (store) => {
          for (const rule of rules) {
            await store.putSite(siteRecord(rule, "added", context.now()));
            context.log.info(`added ${rule.id}: ${rule.name}`);
          }
          const found = await adoptions(store, rules);
          if (found.length === 0) return;
          if (store.lockForCrawl()) return adopt(context, store, found);
          const { archivePath, log } = context;
          for (const { from, to } of found) {
            log.info(
              `another crawl is running on ${archivePath}: the articles of ${from} are filed under ${to} by its next crawl`,
            );
          }
        });
      }),
    );
};

export const addSitesRemove: AddCommand = (sites, act) => {
  sites
    .command("remove")
    .summary("remove an added rule")
    .description(
      "Removes a rule that was added. Its articles stay: a bundled rule of its id counts again, or they are\nfiled under the host.",
    )
    .argument("<id>", "the rule's id")
    .addHelpText("after", "\nExample:\n  $ warraq sites remove almarsad")
    .action(
      act(async (context, id: string) => {
        const { withArchive } = await import("./open-archive.ts");
        const { bequeath, heir } = await import("./adopt-sites.ts");
        const { archivePath, log } = context;
        // Opening for writing would make an archive where there is none.
        await withArchive(context, "read", async () => {});
        await withArchive(context, "write", async (store) => {
          const to = await heir(store, id);
          if (to !== null && !store.lockForCrawl()) {
            throw new WarraqError("E_LOCKED", `another crawl is running on ${archivePath}`);
          }
          if (!(await store.removeSite(id))) {
            throw new WarraqError(
              "E_UNKNOWN_SITE",
              `"${id}" is not among the added rules of ${archivePath}`,
            );
          }
          log.info(`removed ${id}`);
          if (to !== null) await bequeath(context, store, { from: id, to });
        });
      }),
    );
};
