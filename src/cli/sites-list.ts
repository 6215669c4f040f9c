/** `warraq sites list` and `warraq sites show`: what is known of which site. */
import type { AddCommand } from "./command.ts";
import { addOutputOptions, type OutputOptions } from "./options.ts";
import type { Listing } from "./output.ts";
import type { KnownSite } from "./rules.ts";

export const addSitesList: AddCommand = (sites, act) => {
  const command = sites
    .command("list")
    .summary("list the known sites")
    .description("Lists the known sites in order of id.");
  addOutputOptions(command)
    .addHelpText(
      "after",
      `
Table: id, name, home, languages, theme, origin (bundled or added).
JSON and CSV: also name_en, hosts, listings, feeds, sitemaps, wp_json, delay_ms, checked_on, unverified,
digest.

Examples:
  $ warraq sites list
  $ warraq sites list --csv --fields id,home,feeds`,
    )
    .action(
      act(async (context, options: OutputOptions) => {
        const { knownSites, withArchiveIfAny } = await import("./rules.ts");
        const { printRows } = await import("./output.ts");
        const { ruleDigest } = await import("../sites/index.ts");
        const known = await withArchiveIfAny(context, knownSites);
        const toJson = (site: KnownSite) => ({ ...siteJson(site), digest: ruleDigest(site.rule) });
        await printRows(context, options, { ...SITES, toJson }, known);
      }),
    );
};

export const addSitesShow: AddCommand = (sites, act) => {
  sites
    .command("show")
    .summary("print a site's rule")
    .description("Prints a site's rule as the JSON of a rule file: a start for one of your own.")
    .argument("<site>", "a site's id, host or URL")
    .optionsGroup("Output:")
    .option("--json", "JSON, as always")
    .addHelpText("after", "\nExample:\n  $ warraq sites show almarsad > almarsad.json")
    .action(
      act(async (context, word: string) => {
        const { knownSites, noSuchSite, withArchiveIfAny } = await import("./rules.ts");
        const { printObject } = await import("./output.ts");
        const { findSite } = await import("../sites/index.ts");
        const known = await withArchiveIfAny(context, knownSites);
        const rules = known.map((site) => site.rule);
        const rule = findSite(rules, word);
        if (rule === null) {
          throw noSuchSite(
            word,
            rules.map(({ id }) => id),
          );
        }
        await printObject(context, rule);
      }),
    );
};

const SITES: Omit<Listing<KnownSite>, "toJson"> = {
  fields: [
    "id",
    "name",
    "name_en",
    "home",
    "hosts",
    "languages",
    "theme",
    "origin",
    "listings",
    "feeds",
    "sitemaps",
    "wp_json",
    "delay_ms",
    "checked_on",
    "unverified",
    "digest",
  ],
  columns: [
    { title: "id", cell: ({ rule }) => rule.id },
    { title: "name", cell: ({ rule }) => rule.name, shrinkTo: 12 },
    { title: "home", cell: ({ rule }) => rule.home, shrinkTo: 16 },
    { title: "lang", cell: ({ rule }) => rule.languages.join(" "), isOptional: true },
    { title: "theme", cell: ({ rule }) => rule.theme, shrinkTo: 8, isOptional: true },
    { title: "origin", cell: ({ origin }) => origin, isOptional: true },
  ],
};

function siteJson({ rule, origin }: KnownSite) {
  return {
    id: rule.id,
    name: rule.name,
    name_en: rule.nameEn,
    home: rule.home,
    hosts: rule.hosts,
    languages: rule.languages,
    theme: rule.theme,
    origin,
    listings: rule.listings,
    feeds: rule.feeds,
    sitemaps: rule.sitemaps,
    wp_json: rule.wpJson,
    delay_ms: rule.delayMs,
    checked_on: rule.checkedOn,
    unverified: rule.unverified,
  };
}
