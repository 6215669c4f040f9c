/** `warraq changes`: what outlets edited, took down and put back, over the whole archive. */
import { InvalidArgumentError } from "commander";
import type { ChangeFilter, ChangeKind, ChangeRecord, Store } from "../store/store.ts";
import type { AddCommand } from "./command.ts";
import { addOutputOptions, addPagingOptions, names, type OutputOptions } from "./options.ts";
import type { Listing } from "./output.ts";
import { duration, type Span, span } from "./parse.ts";

interface ChangesOptions extends OutputOptions {
  readonly site?: readonly string[];
  readonly kind?: readonly ChangeKind[];
  readonly from?: Span;
  readonly to?: Span;
  readonly since?: number;
  readonly limit: number;
}

/** Every kind there is; a record, so that the compiler misses none. */
const KINDS: Readonly<Record<ChangeKind, true>> = {
  headline: true,
  rewrite: true,
  removal: true,
  correction: true,
  addition: true,
  author: true,
  image: true,
  category: true,
  source: true,
  "date-only": true,
  other: true,
  takedown: true,
  blocked: true,
  moved: true,
  return: true,
};
const DEFAULT_LIMIT = 50;
/** Changes asked for at once; the archive answers a page this long in a few milliseconds. */
const PAGE_ROWS = 200;
const MINUTE_CHARS = "2026-05-17 20:00".length;

export const addChangesCommand: AddCommand = (program, act) => {
  const command = program
    .command("changes")
    .description(
      "Lists what outlets edited, took down and put back, newest first: each change with its kind and\nwhat it was in a few words. Dates are those on which the archive saw it.",
    )
    .optionsGroup("Which changes:")
    .option("--site <ids>", "of these sites, comma-separated", names)
    .option("--kind <kinds>", `of these kinds: ${Object.keys(KINDS).join(", ")}`, kinds)
    .option("--since <duration>", "seen within this time: 12h, 7d", duration)
    .option("--from <date>", "seen on or after YYYY[-MM[-DD]] (Tripoli time)", span)
    .option("--to <date>", "seen on or before YYYY[-MM[-DD]] (Tripoli time)", span);
  addPagingOptions(command, DEFAULT_LIMIT);
  addOutputOptions(command)
    .addHelpText(
      "after",
      `
Table: seen (UTC), site, id, kinds, what changed.
JSON and CSV: ${FIELDS.join(", ")}.

Examples:
  $ warraq changes --since 24h
  $ warraq changes --kind headline,removal,takedown --from 2024-06 --csv > edits.csv
  $ warraq changes --site almarsad --limit 0 --jsonl`,
    )
    .action(
      act(async (context, options: ChangesOptions) => {
        const { withArchive } = await import("./open-archive.ts");
        const { printRows } = await import("./output.ts");
        const { askedSites, windowOf } = await import("./filters.ts");
        const { site, kind, since, limit } = options;
        const { from, to } = windowOf(options);
        const starts = [
          ...(from === undefined ? [] : [from]),
          ...(since === undefined ? [] : [context.now() - since]),
        ];
        await withArchive(context, "read", async (store) => {
          const filter: ChangeFilter = {
            ...(site !== undefined && { siteIds: await askedSites(store, site) }),
            ...(kind !== undefined && { kinds: kind }),
            ...(starts.length > 0 && { from: Math.max(...starts) }),
            ...(to !== undefined && { to }),
          };
          const shown = await printRows(context, options, LISTING, all(store, filter, limit));
          if (shown === 0) context.log.info("no change found");
        });
      }),
    );
};

const FIELDS = [
  "seen",
  "id",
  "source",
  "url",
  "title",
  "kind",
  "kinds",
  "summary",
  "version",
  "run",
] as const;

const LISTING: Listing<ChangeRecord> = {
  fields: FIELDS,
  aliases: { site: "source", what: "summary" },
  toJson: ({ at, articleId, siteId, url, title, kind, kinds: all, summary, version, runId }) => ({
    seen: new Date(at).toISOString(),
    ...{ id: articleId, source: siteId, url, title, kind, kinds: all, summary, version },
    run: runId,
  }),
  columns: [
    {
      title: "seen",
      cell: ({ at }) => new Date(at).toISOString().slice(0, MINUTE_CHARS).replace("T", " "),
    },
    { title: "site", cell: ({ siteId }) => siteId, shrinkTo: 8, isOptional: true },
    { title: "id", cell: ({ articleId }) => articleId },
    { title: "kinds", cell: ({ kinds: all }) => all.join(", "), shrinkTo: 10 },
    { title: "what", cell: ({ summary, title }) => summary || title, shrinkTo: 20, isBelow: true },
  ],
};

async function* all(
  store: Store,
  filter: ChangeFilter,
  limit: number,
): AsyncGenerator<ChangeRecord> {
  let left = limit === 0 ? Number.POSITIVE_INFINITY : limit;
  let cursor: string | null = null;
  do {
    const paging = { limit: Math.min(left, PAGE_ROWS), ...(cursor !== null && { cursor }) };
    const { items, next } = await store.changes(filter, paging);
    yield* items;
    left -= items.length;
    cursor = next;
  } while (cursor !== null && left > 0);
}

function kinds(value: string, before: readonly ChangeKind[] = []): readonly ChangeKind[] {
  const asked = names(value);
  const wrong = asked.find((kind) => !Object.hasOwn(KINDS, kind));
  if (wrong !== undefined) {
    throw new InvalidArgumentError(
      `There is no kind "${wrong}"; give any of ${Object.keys(KINDS).join(", ")}.`,
    );
  }
  return [...before, ...(asked as ChangeKind[])];
}
