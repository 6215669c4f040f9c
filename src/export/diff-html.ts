/**
 * A diff as one HTML page that needs nothing else: each field's paragraphs before and after, beside
 * each other on a wide screen. Pure. Everything of an outlet's is escaped, and stands in elements of
 * `dir="auto"`, so that Arabic and Latin paragraphs read each their own way.
 */
import type { ArticleRecord } from "../model.ts";
import type { Change } from "../text/index.ts";
import type { FieldDiff } from "./diff.ts";
import { diffRows } from "./diff-rows.ts";
import { isoInstant } from "./record.ts";

const STYLE = `
:root{color-scheme:light dark;--del:#ffd7d5;--ins:#ccf2d4}
@media(prefers-color-scheme:dark){:root{--del:#67242a;--ins:#1d4b2a}}
body{font:16px/1.7 system-ui,sans-serif;max-width:80rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.3rem}h2{font-size:1rem;margin-top:2rem;border-bottom:1px solid;opacity:.8}
.row{display:grid;grid-template-columns:1fr 1fr;gap:1.5rem}
@media(max-width:50rem){.row{grid-template-columns:1fr}}
p{margin:.5rem 0;overflow-wrap:anywhere;white-space:pre-wrap}
.same{opacity:.65}del{background:var(--del)}ins{background:var(--ins);text-decoration:none}`;

export function diffHtml(
  before: ArticleRecord,
  after: ArticleRecord,
  fields: readonly FieldDiff[],
): string {
  const name = ({ version, downloadedAt }: ArticleRecord): string =>
    `version ${version}, ${isoInstant(downloadedAt)}`;
  const title = escapeHtml(after.article.title || after.url);
  const url = escapeHtml(after.url);
  const address = /^https?:/u.test(after.url) ? `<a href="${url}" dir="ltr">${url}</a>` : url;
  const sections = fields.map(
    ({ field, changes }) => `<section>\n<h2>${field}</h2>\n${rowsHtml(changes)}\n</section>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${STYLE}
</style>
</head>
<body>
<h1 dir="auto">${title}</h1>
<p>${address}</p>
<div class="row"><p>− ${name(before)}</p><p>+ ${name(after)}</p></div>
${sections.length === 0 ? "<p>no visible change</p>" : sections.join("\n")}
</body>
</html>
`;
}

function rowsHtml(changes: readonly Change[]): string {
  return diffRows(changes)
    .map(({ before, after, isChanged }) => {
      const [left, right] = [before, after].map(
        (pieces) => `<p dir="auto">${(pieces ?? []).map(pieceHtml).join("")}</p>`,
      );
      return `<div class="row${isChanged ? "" : " same"}">${left}${right}</div>`;
    })
    .join("\n");
}

const TAG = { same: null, removed: "del", added: "ins" } as const;

function pieceHtml({ kind, text }: Change): string {
  const tag = TAG[kind];
  return tag === null ? escapeHtml(text) : `<${tag}>${escapeHtml(text)}</${tag}>`;
}

/** Also without what an escape sequence or a control of direction could do. */
function escapeHtml(text: string): string {
  return text
    .replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (control) =>
      control === "\n" || control === "\t" ? control : "",
    )
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
