/** `warraq demo`: the whole job in a minute, on a small web of its own. */
import { existsSync } from "node:fs";
import { ExitCode } from "../errors.ts";
import { type AddCommand, type Context, DEFAULT_ARCHIVE } from "./command.ts";

/** Typed with ه and without hamza, as people type; the articles have ة. */
const QUERY = "مكتبه مصراته";
/** Where the demo goes when the folder holds an archive already: that one may be somebody's work. */
const OTHER_ARCHIVE = "warraq-demo.db";

export const addDemoCommand: AddCommand = (program, act) => {
  program
    .command("demo")
    .description(
      "Starts four small invented news sites on this machine, crawls them with the commands you would type,\nsearches them, and finds what one of them quietly edited. Contacts nobody else.",
    )
    .addHelpText("after", "\nExample:\n  $ warraq demo")
    .action(act(async (context) => demo(context)));
};

async function demo(context: Context): Promise<ExitCode> {
  const { openNewsroom } = await import("../newsroom/index.ts");
  const archive =
    context.archivePath === DEFAULT_ARCHIVE && existsSync(DEFAULT_ARCHIVE)
      ? OTHER_ARCHIVE
      : context.archivePath;
  const newsroom = await openNewsroom();
  try {
    const origins = newsroom.sites.map(({ origin }) => `${origin}/`);
    await say(context, `Four invented news sites are now running on this machine:`);
    for (const { name, origin } of newsroom.sites) await say(context, `  ${origin}/  ${name}`);
    const where = ["--archive", archive];
    // The sites are ours, so nobody is disturbed by haste.
    const manners = ["--allow-private", "--delay", "0"];

    await say(context, "\n1. A first visit: every article is found, read and archived.");
    const crawled = await type(context, ["crawl", ...origins, ...manners, ...where]);
    if (crawled !== ExitCode.ok) return crawled;

    await say(
      context,
      "\n2. A search. The words are spelt in haste; the articles are found all the same.",
    );
    const found = await type(context, ["search", ...QUERY.split(" "), "--limit", "3", ...where]);
    if (found !== ExitCode.ok) return found;

    await say(
      context,
      "\n3. A day later an editor has changed a story without saying so. A second visit sees it.",
    );
    newsroom.publishNextEdition();
    // By name: the archive may know the sites of an earlier demo, which are no more.
    const checked = await type(context, ["recheck", ...origins, ...manners, ...where]);
    if (checked !== ExitCode.ok) return checked;

    const siteIds = newsroom.sites.map(({ origin }) => new URL(origin).host);
    const edited = await lastEdited(context, archive, siteIds);
    if (edited === null) {
      context.log.error("the second visit should have found an edited article and did not");
      return ExitCode.crashed;
    }
    await say(context, "");
    const compared = await type(context, ["diff", edited, ...where]);
    if (compared !== ExitCode.ok) return compared;
  } finally {
    await newsroom.close();
  }
  const flag = archive === DEFAULT_ARCHIVE ? "" : ` --archive ${archive}`;
  await say(context, `\nAll of it is in one file, ${archive}. Try next:`);
  await say(context, `  warraq stats${flag}`);
  await say(context, `  warraq export -o articles.jsonl${flag}`);
  await say(
    context,
    "  warraq crawl almarsad --max-pages 20 --archive libya.db     # a real site: warraq sites list",
  );
  return ExitCode.ok;
}

/** Shows a command and runs it, exactly as if it had been typed. */
async function type(context: Context, words: readonly string[]): Promise<ExitCode> {
  const shown = words.filter(
    (word, index) => word !== "--archive" && words[index - 1] !== "--archive",
  );
  await say(context, `$ warraq ${shown.join(" ")}`);
  const chosen = context.isQuiet ? ["--quiet"] : [];
  return context.run([...words, ...chosen, ...(context.color ? [] : ["--no-color"])]);
}

/** The article whose text was changed by its last version, or null. */
async function lastEdited(
  context: Context,
  archivePath: string,
  siteIds: readonly string[],
): Promise<string | null> {
  const { withArchive } = await import("./open-archive.ts");
  return withArchive({ ...context, archivePath }, "read", async (store) => {
    for await (const { id, versions } of store.scan({ siteIds }, "latest")) {
      if (versions < 2) continue;
      if ((await store.history(id)).at(-1)?.changed.includes("body")) return id;
    }
    return null;
  });
}

async function say({ stdout }: Context, line: string): Promise<void> {
  await stdout(`${line}\n`);
}
