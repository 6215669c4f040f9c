/**
 * Reads a robots.txt after RFC 9309, with the leniency that Google documents for files in the wild:
 * a missing colon, misspelt keys, any line ending, a byte order mark, several groups for one agent.
 * Works on bytes as Latin-1, so a pattern in any encoding is compared byte for byte.
 */
import { MAX_CRAWL_DELAY_MS, MAX_ROBOTS_BYTES } from "../limits.ts";
import { normalPattern } from "./pattern.ts";

export interface RobotsRule {
  readonly isAllow: boolean;
  /** As compared: escapes normalised; may hold `*` and a final `$`. */
  readonly pattern: string;
  /** As written, for people. */
  readonly line: string;
}

export interface RobotsGroup {
  /** Product tokens in lower case, or `*`. */
  readonly agents: readonly string[];
  readonly rules: readonly RobotsRule[];
}

export interface RobotsFile {
  readonly groups: readonly RobotsGroup[];
  /** Crawl-delay in milliseconds by agent; of several, the longest. */
  readonly delays: ReadonlyMap<string, number>;
  /** As written; should be absolute. */
  readonly sitemaps: readonly string[];
}

type Key = "user-agent" | "allow" | "disallow" | "sitemap" | "crawl-delay";

/** The keys, and the misspellings seen often enough for Google's parser to know them. */
const KEYS: Readonly<Record<string, Key>> = {
  "user-agent": "user-agent",
  useragent: "user-agent",
  "user agent": "user-agent",
  allow: "allow",
  disallow: "disallow",
  dissallow: "disallow",
  dissalow: "disallow",
  disalow: "disallow",
  diasllow: "disallow",
  disallaw: "disallow",
  sitemap: "sitemap",
  "site-map": "sitemap",
  "crawl-delay": "crawl-delay",
  crawldelay: "crawl-delay",
};

/** Without a colon, white space parts key and value if it does so exactly once. */
const WITHOUT_COLON = /^(\S+)[ \t]+(\S+)$/;

/** RFC 9309 §2.2.1: letters, underscore, hyphen; what follows (a version, more words) is ignored. */
const PRODUCT_TOKEN = /^[a-z_-]+/i;

export function parseRobots(body: Uint8Array): RobotsFile {
  const groups: { readonly agents: string[]; readonly rules: RobotsRule[] }[] = [];
  const delays = new Map<string, number>();
  const sitemaps: string[] = [];
  let group: (typeof groups)[number] | null = null;
  let isNamingAgents = false;
  for (const text of linesOf(body)) {
    const [key, value] = keyAndValue(text);
    if (key === "user-agent") {
      if (group === null || !isNamingAgents) {
        group = { agents: [], rules: [] };
        groups.push(group);
      }
      isNamingAgents = true;
      const agent = agentOf(value);
      if (agent !== null) group.agents.push(agent);
    } else if (key === "allow" || key === "disallow") {
      isNamingAgents = false; // only rules end the list of agents; sitemaps and the like do not
      if (value !== "") group?.rules.push(...rulesOf(key === "allow", value, text));
    } else if (key === "crawl-delay") {
      const delayMs = Math.min(Number(value) * 1000, MAX_CRAWL_DELAY_MS);
      if (!(delayMs > 0)) continue;
      for (const agent of group?.agents ?? [])
        delays.set(agent, Math.max(delays.get(agent) ?? 0, delayMs));
    } else if (key === "sitemap" && value !== "") sitemaps.push(asUtf8(value));
  }
  return { groups, delays, sitemaps };
}

/** Lines without comments and surrounding white space, of the first 500 KiB. */
function linesOf(body: Uint8Array): string[] {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const isCut = bytes.length > MAX_ROBOTS_BYTES;
  const text = bytes.toString("latin1", 0, MAX_ROBOTS_BYTES).replace(/^\u00ef\u00bb\u00bf/, "");
  const lines = text.split(/\r\n|\n|\r/);
  if (isCut) lines.pop(); // half a line could forbid or allow too much
  return lines.map((line) => trimmed(line.split("#", 1)[0] ?? ""));
}

function keyAndValue(line: string): readonly [Key | null, string] {
  const colonAt = line.indexOf(":");
  if (colonAt >= 0) {
    const key = KEYS[trimmed(line.slice(0, colonAt)).toLowerCase()] ?? null;
    return [key, trimmed(line.slice(colonAt + 1))];
  }
  const parts = WITHOUT_COLON.exec(line);
  return parts === null
    ? [null, ""]
    : [KEYS[(parts[1] ?? "").toLowerCase()] ?? null, parts[2] ?? ""];
}

/** Not String.trim: in Latin-1 the byte A0 may be half of a UTF-8 letter. */
function trimmed(text: string): string {
  return text.replace(/^[ \t\0\f\v]+|[ \t\0\f\v]+$/g, "");
}

function agentOf(value: string): string | null {
  if (/^\*(?:\s|$)/.test(value)) return "*";
  return PRODUCT_TOKEN.exec(value)?.[0].toLowerCase() ?? null;
}

/** `Allow: /a/index.html` also allows `/a/`, which is the same page (Google's rule). */
function rulesOf(isAllow: boolean, value: string, line: string): RobotsRule[] {
  const rule = {
    isAllow,
    pattern: normalPattern(value),
    line: asUtf8(line),
  };
  const slashAt = value.lastIndexOf("/");
  if (!isAllow || slashAt < 0 || !value.startsWith("/index.htm", slashAt)) return [rule];
  return [rule, { ...rule, pattern: normalPattern(`${value.slice(0, slashAt + 1)}$`) }];
}

function asUtf8(latin1: string): string {
  return Buffer.from(latin1, "latin1").toString();
}
