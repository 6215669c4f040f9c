/** From words of a command line to the sites an archive has pages of. */
import { findSite } from "../sites/index.ts";
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
  const found = words.map((word) => {
    const host = word.includes("://") && URL.canParse(word) ? hostKeyOf(word) : word;
    const wanted = [word, findSite(rules, word)?.id, host, host.replace(/^www\./u, "")];
    const id = ids.find((one) => wanted.includes(one));
    if (id === undefined) throw noSuchSite(word);
    return id;
  });
  return [...new Set(found)];
}
