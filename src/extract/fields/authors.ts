/**
 * Who wrote it. Sources in order of trust; the first that names a person wins, an account, an agency
 * or the newsroom only when nobody is named. A byline in the body beats an account called "admin";
 * but what only looks like a name does not beat an agency that two places of the page name.
 */
import type { BodyResult, PageFacts, RuleFindings, Tracer } from "../context.ts";
import { isFullName, looksLikeName, readNames } from "./author-names.ts";
import { type Byline, bylines } from "./bylines.ts";
import type { JsonLd } from "./json-ld.ts";
import type { PageIndex, Spot } from "./page-index.ts";
import type { SiteNames } from "./site-name.ts";

export interface Authors {
  readonly names: readonly string[];
  readonly source: string;
}

export function readAuthors(
  facts: PageFacts,
  findings: RuleFindings,
  body: BodyResult,
  index: PageIndex,
  jsonLd: JsonLd,
  names: SiteNames,
  title: Spot | null,
  tracer: Tracer,
): Authors {
  let winner: Authors | null = null;
  let fallback: Authors | null = null;
  const signers = new Map<string, string>();
  let isSigned = false;
  for (const byline of bylines(facts, findings, body, index, jsonLd, title)) {
    const { source } = byline;
    const { people, collective, words } = namesOf(byline, names);
    const isNamed =
      people.length > 0 && byline.isWeak !== true && !(isSigned && byline.isStrict === true);
    const isWinner = winner === null && isNamed;
    if (isWinner) winner = { names: people, source };
    else {
      const others = [people, collective, words].find((list) => list.length > 0);
      if (others !== undefined) fallback ??= { names: others, source };
    }
    for (const name of people.length === 0 ? collective : []) {
      isSigned ||= (signers.get(name) ?? source) !== source;
      signers.set(name, source);
    }
    if (tracer.on) {
      const reason = people.length === 0 ? "names no person" : `after ${winner?.source}`;
      tracer.candidate("authors", {
        source,
        value: byline.raws.join(" | "),
        rejected: isWinner ? null : reason,
      });
    } else if (winner !== null) return winner;
  }
  return winner ?? fallback ?? { names: [], source: "" };
}

const HAS_DIGIT = /\p{Nd}/u;

interface Named {
  readonly people: readonly string[];
  /** Agencies, newsrooms, accounts, the site itself. */
  readonly collective: readonly string[];
  /** Single words where names stand: a first name, or a button. */
  readonly words: readonly string[];
}

function namesOf(byline: Byline, site: SiteNames): Named {
  const people = new Set<string>();
  const collective = new Set<string>();
  const words = new Set<string>();
  const listed = new Set<string>();
  for (const raw of byline.raws) {
    const read = readNames(raw, site.isSite);
    for (const name of read.people) {
      if (byline.isStrict === true && !looksLikeName(name)) continue;
      if (byline.isStrict === true && !isFullName(name)) {
        // Beside numbers stand weekdays, months, units.
        if (!HAS_DIGIT.test(raw)) words.add(name);
      } else {
        people.add(name);
        listed.add(name);
      }
    }
    for (const name of read.others) {
      collective.add(name);
      if (!site.isSite(name)) listed.add(name);
    }
    // Beside the first name stand jobs, dates and buttons.
    if (byline.isStrict === true && people.size > 0) break;
  }
  const isWholeList = byline.isList === true && people.size > 0;
  return {
    people: [...(isWholeList ? listed : people)],
    collective: [...collective],
    words: [...words],
  };
}
