/**
 * One version of an article as a citation: BibTeX, RIS, CSL-JSON, or a line of Arabic or English. Pure.
 * Authors are written as the outlet prints them: who of "سالم محمد الفيتوري" is the family is not ours
 * to guess, so every style gets the whole name as one.
 */
import { type CitedFacts, provenanceOf } from "./facts.ts";

export const CITE_STYLES = ["bibtex", "ris", "csl-json", "text-ar", "text-en"] as const;
export type CiteStyle = (typeof CITE_STYLES)[number];

export function cite(facts: CitedFacts, style: CiteStyle): string {
  switch (style) {
    case "bibtex":
      return bibtex(facts);
    case "ris":
      return ris(facts);
    case "csl-json":
      return `${JSON.stringify([cslItem(facts)], null, 2)}\n`;
    case "text-ar":
      return `${arabicLine(facts)}\n`;
    case "text-en":
      return `${englishLine(facts)}\n`;
  }
}

/** Unique within an archive, and in ASCII, which every BibTeX reads: host, year, article, version. */
export function citationKey({ url, published, captured, id, version }: CitedFacts): string {
  const host = URL.canParse(url) ? new URL(url).hostname.replace(/^www\./u, "") : "";
  const name = host.replace(/[^a-z0-9]+/giu, "") || "article";
  return `${name}${(published ?? captured).slice(0, 4)}-${id}v${version}`;
}

const TEX_SIGNS: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  $: "\\$",
  "&": "\\&",
  "%": "\\%",
  "#": "\\#",
  _: "\\_",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};

function tex(text: string): string {
  return text.replace(/[\\{}$&%#_~^]/gu, (sign) => TEX_SIGNS[sign] as string);
}

/** BibTeX reads `url` as it is, but counts braces. */
function texUrl(url: string): string {
  return url.replace(/[{}\\%#]/gu, (sign) =>
    sign === "%" || sign === "#" ? `\\${sign}` : encodeURIComponent(sign).replace("%", "\\%"),
  );
}

function bibtex(facts: CitedFacts): string {
  const { title, authors, outlet, published, url, captured, language } = facts;
  const fields: readonly (readonly [name: string, value: string | null])[] = [
    ["title", `{${tex(title)}}`],
    // A second pair of braces keeps a name whole.
    ["author", authors.length === 0 ? null : authors.map((name) => `{${tex(name)}}`).join(" and ")],
    ["organization", tex(outlet)],
    ["year", published?.slice(0, 4) ?? null],
    ["date", published],
    ["url", texUrl(url)],
    ["urldate", captured.slice(0, 10)],
    ["langid", LANGID[language] ?? null],
    ["note", tex(provenanceOf(facts))],
  ];
  const lines = fields.flatMap(([name, value]) =>
    value === null ? [] : [`  ${name} = {${value}}`],
  );
  return `@online{${citationKey(facts)},\n${lines.join(",\n")}\n}\n`;
}

/** Names of biblatex; a language it has none for is left out. */
const LANGID: Readonly<Record<string, string>> = {
  ar: "arabic",
  en: "english",
  fr: "french",
  it: "italian",
  tr: "turkish",
  de: "german",
  es: "spanish",
};

/** RIS lines end with CR LF: a tag of two, two blanks, a hyphen, a blank. */
function ris(facts: CitedFacts): string {
  const { title, authors, outlet, published, url, captured, language } = facts;
  const [year, month = "", day = ""] = (published ?? "").split("-");
  const lines: readonly (readonly [tag: string, value: string])[] = [
    ["TY", "NEWS"],
    ["ID", citationKey(facts)],
    ["TI", title],
    ...authors.map((name) => ["AU", name] as const),
    ["T2", outlet],
    ["PY", year ?? ""],
    ["DA", published === null ? "" : `${year}/${month}/${day}/`],
    ["UR", url],
    ["Y2", `${captured.slice(0, 10).replaceAll("-", "/")}/`],
    ["LA", language === "und" ? "" : language],
    ["N1", provenanceOf(facts)],
  ];
  const written = lines.filter(([, value]) => value !== "");
  return `${written.map(([tag, value]) => `${tag}  - ${value}\r\n`).join("")}ER  - \r\n`;
}

function cslItem(facts: CitedFacts) {
  const { title, authors, outlet, published, url, captured, language } = facts;
  return {
    id: citationKey(facts),
    type: "article-newspaper",
    title,
    ...(authors.length > 0 && { author: authors.map((literal) => ({ literal })) }),
    "container-title": outlet,
    ...(published !== null && { issued: { "date-parts": [published.split("-").map(Number)] } }),
    accessed: { "date-parts": [captured.slice(0, 10).split("-").map(Number)] },
    URL: url,
    ...(language !== "und" && { language }),
    note: provenanceOf(facts),
  };
}

function englishLine(facts: CitedFacts): string {
  const { title, authors, outlet, published, url, captured, version, versions } = facts;
  const { contentHash, rawHash } = facts;
  const by = authors.length === 0 ? "" : `${authors.join(", ")}. `;
  return `${by}“${title}”. ${outlet}, ${published ?? "no date"}. ${url} (version ${version} of ${versions}, captured ${captured}, text ${contentHash}, page ${rawHash}; ${facts.program}, ${facts.rule}).`;
}

function arabicLine(facts: CitedFacts): string {
  const { title, authors, outlet, published, url, captured, version, versions } = facts;
  const { contentHash, rawHash } = facts;
  const by = authors.length === 0 ? "" : `${authors.join("، ")}. `;
  return `${by}«${title}»، ${outlet}، ${published ?? "بلا تاريخ"}. ${url} (النسخة ${version} من ${versions}، حُفظت في ${captured}، النص ${contentHash}، الصفحة ${rawHash}؛ ${facts.program}، ${facts.rule}).`;
}
