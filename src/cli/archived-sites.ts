/** From words of a command line to the sites of an archive. */
import { WarraqError } from "../errors.ts";
import { findSite, type SiteRule } from "../sites/index.ts";
import type { Store } from "../store/store.ts";
import { hostKeyOf } from "../url/index.ts";
import { knownSites, noSuchSite } from "./rules.ts";

/**
 * @param words - site ids, hosts or URLs; none means every site of the archive
 * @returns ids as the archive has them, without repeats
 * @throws {WarraqError} E_UNKNOWN_SITE naming a word the archive has no page of
 */
export async function archivedSites(
  store: Store,
  words: readonly string[],
): Promise<readonly string[]> {
  const ids = await store.siteIds();
  if (words.length === 0) return ids;
  const rules = (await knownSites(store)).map(({ rule }) => rule);
  const idOf = (word: string): string | undefined => {
    const id = archivedId(word, ids, rules);
    const site = id === undefined ? findSite(rules, word) : null;
    if (site === null) return id;
    throw new WarraqError("E_UNKNOWN_SITE", `nothing was archived of ${site.id} yet`);
  };
  return idsOf(words, idOf, ids);
}

/**
 * For filters: a site with a rule is one, too, though nothing was archived of it yet.
 *
 * @throws {WarraqError} E_UNKNOWN_SITE naming a word that is neither
 */
export async function filteredSites(
  store: Store,
  words: readonly string[],
): Promise<readonly string[]> {
  const ids = await store.siteIds();
  if (words.every((word) => ids.includes(word))) return words;
  const rules = (await knownSites(store)).map(({ rule }) => rule);
  const idOf = (word: string): string | undefined =>
    archivedId(word, ids, rules) ?? findSite(rules, word)?.id;
  return idsOf(words, idOf, [...ids, ...rules.map(({ id }) => id)]);
}

function idsOf(
  words: readonly string[],
  idOf: (word: string) => string | undefined,
  ids: readonly string[],
): readonly string[] {
  const found = words.map((word) => {
    const id = idOf(word);
    if (id === undefined) throw noSuchSite(word, ids);
    return id;
  });
  return [...new Set(found)];
}

function archivedId(
  word: string,
  ids: readonly string[],
  rules: readonly SiteRule[],
): string | undefined {
  const host = word.includes("://") && URL.canParse(word) ? hostKeyOf(word) : word;
  const wanted = [word, findSite(rules, word)?.id, host, host.replace(/^www\./u, "")];
  return ids.find((one) => wanted.includes(one));
}
