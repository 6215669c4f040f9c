/** `warraq sites`: the rules that say where a site's articles are and how they are read. */
import type { AddCommand } from "./command.ts";
import { addSitesAdd, addSitesRemove } from "./sites-add.ts";
import { addSitesCheck } from "./sites-check.ts";
import { addSitesList, addSitesShow } from "./sites-list.ts";
import { addSitesNew } from "./sites-new.ts";
import { addSitesTest } from "./sites-test.ts";

export const addSitesCommand: AddCommand = (program, act) => {
  const sites = program
    .command("sites")
    .description(
      "Site rules say where a site's articles are and how they are read. Many come with the program; a rule\nfile of your own is added to the archive and wins over a bundled one of its id.",
    );
  for (const add of [
    addSitesList,
    addSitesShow,
    addSitesNew,
    addSitesCheck,
    addSitesTest,
    addSitesAdd,
    addSitesRemove,
  ]) {
    add(sites, act);
  }
};
