/**
 * URL templates: how a site's article addresses look, as a person would write them down.
 *
 *   /{year}/{month}/{day}/{slug}     /news/{section}/{id}     /{section:news|sports}/{slug}
 *   /{section}/{id}.html             /post.php?lang=ar&id={id}             /?p={id}
 *
 * Instead of regular expressions, because templates come from strangers' rule files: matching is
 * linear in the URL, whatever the template. A path may end in `/` or not; the host is not looked at;
 * query parameters a template does not name are ignored. Percent-encoding is undone before matching.
 *
 * Placeholders: `{year}` four digits, `{month}` and `{day}` one or two within their range, `{id}` and
 * `{page}` digits, `{rest}` one or more whole segments (only as the last segment), `{name:a|b}` one of
 * the words listed, any other name one stretch of text without a slash. A segment holds at most one
 * stretch of text: digits are read from its ends inwards, so there is one way to read it.
 */

import { decodePercent } from "./percent.ts";
import { type DigitSpan, readTemplate, type Template, type Token } from "./template-syntax.ts";

export interface Templates {
  /** The named parts of the first template that fits, percent-decoded; null when none fits. */
  match(url: string): Readonly<Record<string, string>> | null;
  /**
   * The same, with the template that fitted and whether it says much: a template of text
   * placeholders alone (`/{slug}`) fits nearly every page of a site.
   */
  find(url: string): TemplateMatch | null;
}

export interface TemplateMatch {
  readonly template: string;
  readonly isTelling: boolean;
  readonly parts: Readonly<Record<string, string>>;
}

/**
 * Compiles templates once; they are tried in the order given.
 *
 * @throws {SyntaxError} with one line saying what is wrong with which template
 */
export function compileTemplates(templates: readonly string[]): Templates {
  const compiled = templates.map(readTemplate);
  const find = (url: string): TemplateMatch | null => {
    if (compiled.length === 0 || !URL.canParse(url)) return null;
    const { pathname, searchParams } = new URL(url);
    const segments = pathname.split("/").filter(Boolean).map(decodePercent);
    for (const template of compiled) {
      const parts = matchOne(template, segments, searchParams);
      if (parts !== null)
        return { template: template.source, isTelling: template.isTelling, parts };
    }
    return null;
  };
  return { find, match: (url) => find(url)?.parts ?? null };
}

function matchOne(
  template: Template,
  segments: readonly string[],
  query: URLSearchParams,
): Record<string, string> | null {
  const count = template.segments.length;
  const fits = template.rest === null ? segments.length === count : segments.length > count;
  if (!fits) return null;
  const parts: Record<string, string> = {};
  for (let i = 0; i < count; i += 1) {
    if (!readSegment(template.segments[i] ?? [], segments[i] ?? "", parts)) return null;
  }
  for (const [name, list] of template.query) {
    const value = query.get(name);
    if (value === null || !readSegment(list, value, parts)) return null;
  }
  if (template.rest !== null) parts[template.rest] = segments.slice(count).join("/");
  return parts;
}

/** Reads fixed tokens from both ends inwards; what remains belongs to the one text token, if any. */
function readSegment(list: readonly Token[], text: string, parts: Record<string, string>): boolean {
  let from = 0;
  let to = text.length;
  let first = 0;
  let last = list.length - 1;
  for (; first <= last; first += 1) {
    const token = list[first];
    if (token === undefined || token.kind === "text" || token.kind === "choice") break;
    const length =
      token.kind === "literal"
        ? literalAt(token.text, text, from)
        : digitsAt(token.span, text, from, 1);
    if (length < 0 || from + length > to) return false;
    if (
      token.kind === "digits" &&
      !keep(token.name, text.slice(from, from + length), token.span, parts)
    )
      return false;
    from += length;
  }
  for (; last > first; last -= 1) {
    const token = list[last];
    if (token === undefined || token.kind === "text" || token.kind === "choice") break;
    const length =
      token.kind === "literal"
        ? literalAt(token.text, text, to - token.text.length)
        : digitsAt(token.span, text, to - 1, -1);
    if (length < 0 || to - length < from) return false;
    if (
      token.kind === "digits" &&
      !keep(token.name, text.slice(to - length, to), token.span, parts)
    )
      return false;
    to -= length;
  }
  const middle = list[first];
  if (first > last || middle === undefined) return from === to;
  const value = text.slice(from, to);
  if (value === "" || middle.kind === "literal" || middle.kind === "digits") return false;
  if (middle.kind === "choice" && !middle.words.has(value)) return false;
  parts[middle.name] = value;
  return true;
}

function literalAt(literal: string, text: string, at: number): number {
  return at >= 0 && text.startsWith(literal, at) ? literal.length : -1;
}

/** Length of the run of ASCII digits that starts at `at` and goes by `step`; -1 when too short. */
function digitsAt(span: DigitSpan, text: string, at: number, step: 1 | -1): number {
  let length = 0;
  while (length < span.max) {
    const code = text.charCodeAt(at + length * step);
    if (!(code >= 48 && code <= 57)) break;
    length += 1;
  }
  return length >= span.min ? length : -1;
}

function keep(
  name: string,
  digits: string,
  span: DigitSpan,
  parts: Record<string, string>,
): boolean {
  const value = Number(digits);
  if (value < span.from || value > span.to) return false;
  parts[name] = digits;
  return true;
}
