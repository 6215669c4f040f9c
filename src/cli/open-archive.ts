/** Opening the archive for a command, and closing it again whatever happens. */
import { WarraqError } from "../errors.ts";
import { openStore } from "../store/index.ts";
import type { Answer, ArticleFilter, OpenOptions, Paging, Store } from "../store/store.ts";
import type { Context } from "./command.ts";

/** Articles asked for at once; the store answers a page this long in a few milliseconds. */
const PAGE_ROWS = 200;

/**
 * Runs `work` on the archive and closes it after.
 *
 * @throws {WarraqError} E_NO_ARCHIVE and the other troubles of openStore
 */
export async function withArchive<T>(
  context: Context,
  mode: OpenOptions["mode"],
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const { archivePath, log } = context;
  const store = await openStore({
    path: archivePath,
    mode,
    onProgress: (message) => log.info(message),
  });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

export interface PagedOptions<T> {
  /** 0 is no limit. */
  readonly limit: number;
  readonly sort: Paging["sort"];
  readonly cursor?: string;
  readonly onFirst?: (answer: Answer<T>) => void;
  /** After the last row: where the next page would begin; null when there is none. */
  readonly onLast?: (next: string | null) => void;
}

/** Pages through an answer until `limit` rows were seen. */
export async function* paged<T>(
  ask: (filter: ArticleFilter, paging: Paging) => Promise<Answer<T>>,
  filter: ArticleFilter,
  options: PagedOptions<T>,
): AsyncGenerator<T> {
  const { limit, sort, onFirst, onLast } = options;
  let left = limit === 0 ? Number.POSITIVE_INFINITY : limit;
  let cursor: string | null = options.cursor ?? null;
  let isFirst = true;
  do {
    const wanted = Math.min(left, PAGE_ROWS);
    const answer: Answer<T> = await ask(filter, {
      limit: wanted,
      sort,
      ...(cursor !== null && { cursor }),
    });
    if (isFirst) onFirst?.(answer);
    isFirst = false;
    yield* answer.items;
    left -= answer.items.length;
    cursor = answer.items.length === 0 ? null : answer.next;
  } while (cursor !== null && left > 0);
  onLast?.(cursor);
}

/** The error of a command that was given an article the archive does not have. */
export function noSuchArticle(idOrUrl: string, archivePath: string): WarraqError {
  return new WarraqError("E_NOT_FOUND", `there is no article "${idOrUrl}" in ${archivePath}`);
}

/** The same where a version or an extraction of it was asked for: what is missing may be only that. */
export async function noSuchVersion(
  store: Pick<Store, "article">,
  idOrUrl: string,
  archivePath: string,
): Promise<WarraqError> {
  const newest = await store.article(idOrUrl);
  if (newest === null) return noSuchArticle(idOrUrl, archivePath);
  const { versions } = newest;
  return new WarraqError(
    "E_NOT_FOUND",
    `there is no such version or extraction of "${idOrUrl}"; versions go from 1 to ${versions}`,
  );
}
