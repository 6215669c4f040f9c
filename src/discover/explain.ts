/** Why each page of a capture was taken for what it is: the reasons `discover --list` shows. */
import type { Capture } from "../model.ts";
import { urlKey } from "../url/index.ts";
import { openText } from "./bytes.ts";
import type { DiscoverContext } from "./discover.ts";
import { decideLinks } from "./listing.ts";
import { decideRole } from "./role.ts";
import { type FileKind, sniff } from "./sniff.ts";

/** What an entry of such a file is by being there, whatever its address looks like. */
const ENTRY: Readonly<Partial<Record<FileKind, string>>> = {
  feed: "an entry of a feed",
  "json-feed": "an entry of a feed",
  "wp-json": "a post of the REST interface",
};

/**
 * Reasons by URL key, most telling first.
 *
 * @param urls - the pages the capture named, as `discover` gave them
 */
export function explainPages(
  capture: Capture,
  urls: readonly string[],
  context: Pick<DiscoverContext, "site" | "isInScope">,
): ReadonlyMap<string, readonly string[]> {
  const { text } = openText(capture);
  const kind = sniff(text);
  const entry = ENTRY[kind];
  if (kind === "html") {
    const decided = decideLinks(text, capture.finalUrl, context);
    return new Map(decided.map(({ link, decision }) => [urlKey(link.url), decision.reasons]));
  }
  return new Map(
    urls.map((url) => [
      urlKey(url),
      entry === undefined
        ? ["an entry of a sitemap", ...decideRole(url, { site: context.site }).reasons]
        : [entry],
    ]),
  );
}
