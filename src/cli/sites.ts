/** `warraq sites`: the rules that say where a site's articles are and how they are read. */
import type { Command } from "commander";
import { ExitCode, WarraqError } from "../errors.ts";
import type { SiteRule } from "../sites/index.ts";
import type { Act, AddCommand, Context } from "./command.ts";
import { addOutputOptions, type OutputOptions } from "./options.ts";
import type { Listing } from "./output.ts";
import type { KnownSite } from "./rules.ts";
import { readText } from "./stdin.ts";

export const addSitesCommand: AddCommand = (program, act) => {
  const sites = program
    .command("sites")
    .summary("list, show, add, check and remove site rules")
    .description(
      "Site rules say where a site's articles are and how they are read. Many come with the program; a rule\nfile of your own is added to the archive and wins over a bundled one of its id.",
    );
  addList(sites, act);
  addShow(sites, act);
  addAdd(sites, act);
  addCheck(sites, act);
  addRemove(sites, act);
};

function addList(sites: Command, act: Act): void {
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
}

function addShow(sites: Command, act: Act): void {
  sites
    .command("show")
    .summary("print a site's rule")
    .description("Prints a site's rule as the JSON of a rule file: a start for one of your own.")
    .argument("<site>", "a site's id, host or URL")
    .optionsGroup("Output:")
    .option("--json", "JSON, as always")
    .addHelpText("after", "\nExample:\n  $ warraq sites show awj > awj.json")
    .action(
      act(async (context, word: string) => {
        const { knownSites, withArchiveIfAny } = await import("./rules.ts");
        const { printObject } = await import("./output.ts");
        const { findSite } = await import("../sites/index.ts");
        const known = await withArchiveIfAny(context, knownSites);
        const rule = findSite(
          known.map((site) => site.rule),
          word,
        );
        if (rule === null) throw unknownSite(word);
        await printObject(context, rule);
      }),
    );
}

function addAdd(sites: Command, act: Act): void {
  sites
    .command("add")
    .summary("add rule files to the archive")
    .description(
      "Checks rule files and adds them to the archive. All are checked before the first is added.",
    )
    .argument("<files...>", "rule files (JSON; schema: warraq schema site); - for stdin")
    .addHelpText("after", "\nExample:\n  $ warraq sites add awj.json")
    .action(
      act(async (context, files: readonly string[]) => {
        const { siteRecord } = await import("./rules.ts");
        const { withArchive } = await import("./archive.ts");
        const rules: SiteRule[] = [];
        for (const file of files) rules.push(await readRule(context, file));
        await withArchive(context, "write", async (store) => {
          for (const rule of rules) {
            await store.putSite(siteRecord(rule, "added", context.now()));
            context.log.info(`added ${rule.id}: ${rule.name}`);
          }
        });
      }),
    );
}

function addCheck(sites: Command, act: Act): void {
  const command = sites
    .command("check")
    .summary("check rule files, adding nothing")
    .description(
      "Checks rule files, or without any the bundled and the added rules. Exit 2 if one is wrong.",
    )
    .argument("[files...]", "rule files (JSON); - for stdin");
  addOutputOptions(command)
    .addHelpText(
      "after",
      `
Columns: file, id, ok, message (the file and field at fault).

Example:
  $ warraq sites check awj.json lana.json`,
    )
    .action(
      act(async (context, files: readonly string[], options: OutputOptions) => {
        const { printRows } = await import("./output.ts");
        const checked =
          files.length > 0 ? await checkFiles(context, files) : await checkKnown(context);
        await printRows(context, options, CHECKS, checked);
        return checked.every(({ ok }) => ok) ? ExitCode.ok : ExitCode.usage;
      }),
    );
}

function addRemove(sites: Command, act: Act): void {
  sites
    .command("remove")
    .summary("remove an added rule")
    .description(
      "Removes a rule that was added; its articles stay, and a bundled rule of its id counts again.",
    )
    .argument("<id>", "the rule's id")
    .action(
      act(async (context, id: string) => {
        const { withArchive } = await import("./archive.ts");
        const { existsSync } = await import("node:fs");
        const mode = existsSync(context.archivePath) ? "write" : "read";
        const isRemoved = await withArchive(context, mode, (store) => store.removeSite(id));
        if (!isRemoved) {
          throw new WarraqError(
            "E_UNKNOWN_SITE",
            `"${id}" is not among the added rules of ${context.archivePath}`,
          );
        }
        context.log.info(`removed ${id}`);
      }),
    );
}

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
  const { id, name, home, hosts, languages, theme, listings, feeds, sitemaps, unverified } = rule;
  return {
    ...{
      id,
      name,
      name_en: rule.nameEn,
      home,
      hosts,
      languages,
      theme,
      origin,
      listings,
      feeds,
      sitemaps,
    },
    wp_json: rule.wpJson,
    delay_ms: rule.delayMs,
    checked_on: rule.checkedOn,
    unverified,
  };
}

interface Checked {
  readonly file: string;
  readonly id: string | null;
  readonly ok: boolean;
  readonly message: string | null;
}

const CHECKS: Listing<Checked> = {
  fields: ["file", "id", "ok", "message"],
  toJson: (row) => ({ ...row }),
  columns: [
    { title: "file", cell: ({ file }) => file, shrinkTo: 16 },
    { title: "result", cell: ({ ok }) => (ok ? "ok" : "wrong") },
    { title: "message", cell: ({ message }) => message ?? "", shrinkTo: 30 },
  ],
};

async function checkFiles(context: Context, files: readonly string[]): Promise<readonly Checked[]> {
  const checked: Checked[] = [];
  for (const file of files) {
    try {
      checked.push({ file, id: (await readRule(context, file)).id, ok: true, message: null });
    } catch (error) {
      if (!(error instanceof WarraqError)) throw error;
      checked.push({ file, id: null, ok: false, message: error.message });
    }
  }
  return checked;
}

async function checkKnown(context: Context): Promise<readonly Checked[]> {
  const { knownSites, withArchiveIfAny } = await import("./rules.ts");
  const known = await withArchiveIfAny(context, knownSites);
  return known.map(({ rule, origin }) => ({
    file: origin === "bundled" ? `${rule.id}.json` : context.archivePath,
    ...{ id: rule.id, ok: true, message: null },
  }));
}

async function readRule({ stdin }: Context, file: string) {
  const { readFile } = await import("node:fs/promises");
  const { parseSiteRule } = await import("../sites/index.ts");
  const name = file === "-" ? "stdin" : file;
  const text = await (file === "-" ? readText(stdin()) : readFile(file, "utf8")).catch(
    (cause: Error) => {
      throw new WarraqError("E_SITE_RULE", `${name}: cannot be read: ${cause.message}`, { cause });
    },
  );
  let raw: unknown;
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/u, ""));
  } catch (cause) {
    throw new WarraqError("E_SITE_RULE", `${name}: is not JSON: ${(cause as Error).message}`, {
      cause,
    });
  }
  return parseSiteRule(raw, name);
}

function unknownSite(word: string): WarraqError {
  return new WarraqError("E_UNKNOWN_SITE", `"${word}" is not a known site; see warraq sites list`);
}
