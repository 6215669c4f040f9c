/**
 * The pure middle of the program for one page: decode → extract → fingerprint → pack.
 *
 * It runs in worker threads, in `extract`, in imports and in re-extraction alike: the same bytes and
 * the same rules give the same reading, whoever asks.
 */
import { pack, unpacked } from "../codec/index.ts";
import { decode } from "../decode/index.ts";
import { extract } from "../extract/index.ts";
import { fingerprint } from "../fingerprint/index.ts";
import type { Extraction, Fingerprint, Headers, PackedBody } from "../model.ts";
import { ruleDigest } from "../sites/digest.ts";
import type { SiteRule, ThemeRule } from "../sites/index.ts";

/** What a page needs to be read. Plain data: it crosses a thread boundary. */
export interface PageJob {
  readonly url: string;
  readonly fetchedAt: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** Rule of the site, by id, among those the reader was opened with; null for none. */
  readonly siteId: string | null;
  readonly explain: boolean;
  /** Whether the caller will store the bytes. `later`: yes, but it packs them with others: as they are. */
  readonly pack: boolean | "later";
}

export interface PageReading {
  readonly extraction: Extraction;
  readonly fingerprint: Fingerprint | null;
  /** `site:…`, `theme:…` or `generic`: the rule half of the extractor stamp. */
  readonly rule: string;
  readonly encoding: string;
  readonly encodingFrom: string;
  readonly packed: PackedBody | null;
}

export type ReadOutcome =
  | { readonly kind: "read"; readonly reading: PageReading }
  | { readonly kind: "unreadable"; readonly detail: string };

export type ReadPage = (job: PageJob) => PageReading;

/** Makes a reader that knows these rules. Selectors are compiled at first use and kept. */
export function createPageReader(rules: {
  readonly sites: readonly SiteRule[];
  readonly themes: readonly ThemeRule[];
}): ReadPage {
  const sites = new Map(rules.sites.map((site) => [site.id, site]));
  const digests = new Map<SiteRule | ThemeRule, string>();
  const digestOf = (rule: SiteRule | ThemeRule): string => {
    const digest = digests.get(rule) ?? ruleDigest(rule);
    digests.set(rule, digest);
    return digest;
  };
  return (job) => {
    const html = decode({ body: job.body, headers: job.headers });
    const extraction = extract(html, {
      url: job.url,
      capturedAt: job.fetchedAt,
      site: (job.siteId !== null ? sites.get(job.siteId) : undefined) ?? null,
      themes: rules.themes,
      explain: job.explain,
      digestOf,
    });
    return {
      extraction,
      fingerprint: extraction.article ? fingerprint(extraction.article) : null,
      rule: extraction.rule,
      encoding: html.encoding,
      encodingFrom: html.encodingFrom,
      packed: packedFor(job),
    };
  };
}

function packedFor({ body, pack: how }: PageJob): PackedBody | null {
  if (how === "later") return unpacked(body);
  return how ? pack(body) : null;
}
