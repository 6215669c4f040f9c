/** For aggregators: the outlet a text was taken from, from lines such as `مصدر الخبر / بوابة الوسط`. */
import { type Element, isTag } from "domhandler";
import { clean, fold } from "../../text/index.ts";
import type { BodyResult, PageFacts, RuleFindings, Tracer } from "../context.ts";
import { type Candidate, choose } from "./candidates.ts";
import type { PageIndex } from "./page-index.ts";
import { ELSEWHERE, Region } from "./roles.ts";
import type { SiteNames } from "./site-name.ts";
import { textOf } from "./text-of.ts";

export interface OriginalSource {
  readonly name: string;
  readonly url: string | null;
}

/** Folded labels of such a line. `المصدر` alone also credits pictures, so it must be followed by a link. */
const SURE_LABELS = [
  "مصدر الخبر",
  "مصدر المقال",
  "نقلا عن",
  "المصدر الاصلي",
  "original source",
  "originally published on",
  "originally published at",
  "article source",
  "quelle des artikels",
  "source de l article",
  "fonte originale",
].map(fold);
const LINKED_LABELS = [
  "المصدر",
  "source",
  "via",
  "quelle",
  "fonte",
  "fuente",
  "kaynak",
  "bron",
].map(fold);
const MAX_LINE_CHARS = 160;
const MAX_NAME_CHARS = 80;

export function readOriginalSource(
  facts: PageFacts,
  findings: RuleFindings,
  body: BodyResult,
  index: PageIndex,
  names: SiteNames,
  tracer: Tracer,
): Candidate<OriginalSource> | null {
  const candidates: Candidate<OriginalSource>[] = [];
  const found = findings.fields.originalSource ?? [];
  // A rule may name the outlet with one selector and the original's address with another.
  const address = found.find(({ value }) => URL.canParse(value))?.value ?? null;
  for (const { value, source, element } of found) {
    if (value === address) continue;
    candidates.push({
      value: {
        name: withoutLabel(clean(value)) ?? clean(value),
        url: address ?? (element === null ? null : (linkOf(element, facts)?.url ?? null)),
      },
      source,
    });
  }
  for (const line of index.shortTexts) {
    if ((line.region & ELSEWHERE) !== 0) continue;
    const label = labelOf(line.text);
    if (label === null) continue;
    const link = linkOf(line.parent, facts);
    if (label.isSure) {
      const whole = textOf(line.parent, MAX_LINE_CHARS + 1);
      const name =
        link?.text ||
        (whole.length <= MAX_LINE_CHARS ? withoutLabel(whole) : withoutLabel(line.text));
      if (name)
        candidates.push({
          value: { name, url: link?.url ?? null },
          source: "line with a source label",
        });
    } else if (
      link !== null &&
      link.text !== "" &&
      new URL(link.url).hostname !== facts.url.hostname
    ) {
      candidates.push({ value: { name: link.text, url: link.url }, source: "linked source label" });
    }
  }
  for (const paragraph of [...body.paragraphs.slice(0, 2), ...body.paragraphs.slice(-2)]) {
    if (paragraph.length > MAX_LINE_CHARS || labelOf(paragraph)?.isSure !== true) continue;
    const name = withoutLabel(paragraph);
    if (name) candidates.push({ value: { name, url: null }, source: "line of the body" });
  }
  const winner = choose(
    "originalSource",
    candidates,
    ({ value }) => judge(value, names),
    (value) => `${value.name} ${value.url ?? ""}`,
    tracer,
  );
  if (winner === null) return null;
  return { ...winner, value: { ...winner.value, url: articleOf(winner.value, index, facts) } };
}

/** The source's own article, where the page links it besides the source's name; else the link there was. */
function articleOf(value: OriginalSource, index: PageIndex, facts: PageFacts): string | null {
  for (const link of index.links) {
    if ((link.region & Region.container) === 0) continue;
    const { href } = link.element.attribs;
    if (href === undefined || !URL.canParse(href, facts.url.href)) continue;
    const url = new URL(href, facts.url.href);
    const isThere = url.hostname !== facts.url.hostname && url.pathname.length > 1;
    if (isThere && textOf(link.element, 200).includes(value.name)) return url.href;
  }
  return value.url;
}

function judge(value: OriginalSource, names: SiteNames): string | null {
  if (value.name.length < 2 || value.name.length > MAX_NAME_CHARS) return "not a name";
  if (names.isSite(value.name)) return "the site itself";
  return null;
}

function labelOf(text: string): { readonly isSure: boolean } | null {
  const key = fold(text.slice(0, 60));
  if (SURE_LABELS.some((label) => key === label || key.startsWith(`${label} `)))
    return { isSure: true };
  if (LINKED_LABELS.some((label) => key === label) && /[:：/]\s*$/u.test(text.trim()))
    return { isSure: false };
  return null;
}

function withoutLabel(text: string): string | null {
  const match = /^[^:：/|-]{2,40}\s*[:：/|-]\s*(.+)$/u.exec(text.trim());
  return match === null ? null : clean(match[1] as string);
}

function linkOf(element: Element, facts: PageFacts): { text: string; url: string } | null {
  const open: Element[] = [element];
  for (let looks = 0; open.length > 0 && looks < 30; looks++) {
    const next = open.shift() as Element;
    if (
      next.name === "a" &&
      next.attribs.href !== undefined &&
      URL.canParse(next.attribs.href, facts.url.href)
    ) {
      const url = new URL(next.attribs.href, facts.url.href);
      if (url.protocol === "http:" || url.protocol === "https:")
        return { text: textOf(next, 120), url: url.href };
    }
    for (const child of next.children) if (isTag(child)) open.push(child);
  }
  return null;
}
