/**
 * What the outlet calls itself, and every other name it goes by on this page: the evidence by which
 * a title's suffix or an "author" is recognised as the site.
 */
import { clean, fold } from "../../text/index.ts";
import type { ExtractContext, PageFacts, RuleFindings, Tracer } from "../context.ts";
import { type Candidate, choose } from "./candidates.ts";
import { asList, type JsonLd, plainText } from "./json-ld.ts";

export interface SiteNames {
  readonly chosen: Candidate<string> | null;
  /** True when the text is a name of the site: its printed names, its host, or these with a slogan. */
  isSite(text: string): boolean;
  /** True when the site's host is one of the text's words: `Rueda in Berlin` on rueda.example. */
  namesHost(text: string): boolean;
}

const MAX_NAME_CHARS = 80;
/** Generic host labels that say nothing about who it is. */
const HOST_NOISE = new Set("www m amp mobile news blog web old new en ar fr de it tr".split(" "));

export function readSiteNames(
  facts: PageFacts,
  findings: RuleFindings,
  context: ExtractContext,
  jsonLd: JsonLd,
  tracer: Tracer,
): SiteNames {
  const candidates = [...nameCandidates(facts, findings, context, jsonLd)];
  const chosen = choose("siteName", candidates, judgeName, (name) => name, tracer);
  const folded = new Set<string>();
  for (const { value } of candidates) {
    const key = fold(value);
    if (key.length > 1) folded.add(key);
    const compact = key.replaceAll(" ", "");
    if (compact.length > 2) folded.add(compact);
  }
  const hostLabels = hostOf(facts.url).split(".");
  const host = hostLabels.filter((label) => !HOST_NOISE.has(label));
  const hostName = (host[0] ?? "").replaceAll("-", "");
  const plainHost = withoutUmlauts(hostName);
  const hostWithTld = hostLabels.filter((label) => label !== "www").join("");
  return {
    chosen,
    isSite(text) {
      const key = fold(text);
      if (key === "") return false;
      if (folded.has(key)) return true;
      const compact = key.replaceAll(" ", "");
      if (folded.has(compact)) return true;
      if (compact === hostWithTld.replaceAll("-", "")) return true;
      if (hostName.length > 2 && compact === hostName) return true;
      if (plainHost.length > 3 && withoutUmlauts(compact) === plainHost) return true;
      // "The Guardian" on theguardian.com; "Blog der Firma" on firma.de needs the printed name.
      if (hostName.length > 3 && compact.length > 3) {
        if (hostName.includes(compact) && compact.length * 2 > hostName.length) return true;
        if (compact.includes(hostName) && hostName.length * 2 > compact.length) return true;
      }
      return false;
    },
    namesHost(text) {
      if (hostName.length < MIN_HOST_WORD) return false;
      const words = fold(text).split(" ");
      return words.some((_, first) =>
        [1, 2, 3].some((count) => words.slice(first, first + count).join("") === hostName),
      );
    },
  };
}

/** Shorter hosts are ordinary words. */
const MIN_HOST_WORD = 5;
/** `/web/20140226054445/http://www.example.ly/…` */
const ARCHIVED = /^\/web\/\d{4,14}[a-z_]{0,4}\/(https?:\/\/[^/]+)/iu;

/** A copy in a web archive is a page of the site it was copied from. */
function hostOf(url: URL): string {
  const [, original = ""] = ARCHIVED.exec(url.pathname) ?? [];
  return (URL.canParse(original) ? new URL(original) : url).hostname.toLowerCase();
}

/** `Löwenseiten` is `loewenseiten` in an address, or `lowenseiten`. */
function withoutUmlauts(name: string): string {
  return name
    .replace(/ß/gu, "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/([aou])e/gu, "$1");
}

function* nameCandidates(
  facts: PageFacts,
  findings: RuleFindings,
  context: ExtractContext,
  jsonLd: JsonLd,
): Iterable<Candidate<string>> {
  // A site without a rule is called by its host: its own pages know better.
  if (context.site !== null && context.site.name !== context.site.id)
    yield { value: context.site.name, source: `site:${context.site.id}` };
  for (const found of findings.fields.siteName ?? []) {
    yield { value: clean(found.value), source: found.source };
  }
  for (const name of [
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "dc.publisher",
    "cre",
    "publisher",
    "copyright",
  ]) {
    for (const value of facts.metas.get(name) ?? []) {
      yield { value: plainText(value), source: `meta:${name}` };
    }
  }
  for (const node of jsonLd.works) {
    for (const one of asList(node.publisher)) {
      const publisher = jsonLd.resolve(one);
      if (typeof publisher === "object" && publisher !== null) {
        const name = plainText((publisher as Record<string, unknown>).name);
        if (name !== "") yield { value: name, source: "json-ld:publisher" };
      }
    }
  }
  for (const node of jsonLd.all) {
    if (
      typeof node["@type"] === "string" &&
      /^(?:WebSite|Organization|NewsMediaOrganization)$/u.test(node["@type"])
    ) {
      const name = plainText(node.name);
      if (name !== "") yield { value: name, source: `json-ld:${node["@type"]}` };
      for (const other of asList(node.alternateName)) {
        const text = plainText(other);
        if (text !== "") yield { value: text, source: `json-ld:${node["@type"]}.alternateName` };
      }
    }
  }
  const handle = facts.metas.get("twitter:site")?.[0];
  if (handle !== undefined)
    yield { value: clean(handle.replace(/^@/u, "")), source: "meta:twitter:site" };
}

function judgeName({ value, source }: Candidate<string>): string | null {
  if (value === "") return "empty";
  if (value.length > MAX_NAME_CHARS) return "too long for a name";
  if (/^https?:/u.test(value) || value.startsWith("@")) return "an address, not a name";
  if (source === "meta:copyright") return "a notice, not a name";
  return null;
}
