import { expect, test } from "vitest";
import { findBody } from "../../../src/extract/body/index.ts";
import type { RuleFindings } from "../../../src/extract/context.ts";
import { parsePage } from "../../../src/extract/page/parse.ts";
import { createTracer } from "../../../src/extract/page/tracer.ts";

const NOTHING: RuleFindings = {
  theme: null,
  fields: {},
  bodies: [],
  dropped: new Set(),
  endsAt: [],
  stamp: "generic",
};

function bodyOf(text: string, findings: RuleFindings = NOTHING) {
  const context = {
    url: "https://news.example/a",
    capturedAt: 0,
    site: null,
    themes: [],
    explain: false,
  };
  const html = { text, encoding: "utf-8", encodingFrom: "utf-8-valid", labelled: null } as const;
  return findBody(parsePage(html, context), findings, createTracer(false));
}

const SENTENCES = [
  "The municipal council of the coastal town approved a new plan for the harbour on Tuesday, after months of debate among its members.",
  "Engineers say that the eastern pier, built more than sixty years ago, can no longer carry the weight of modern lorries and cranes.",
  "Fishermen asked for a temporary berth, and the council promised to prepare one before the winter storms arrive in the region.",
  "The ministry will pay for most of the work, which should begin in the spring and last for about eighteen months, officials said.",
  "Residents who live near the harbour welcomed the decision, but warned that the dust of the building site must be kept in check.",
];
const ARABIC = [
  "أقر المجلس البلدي في المدينة الساحلية يوم الثلاثاء خطة جديدة لتطوير الميناء، بعد أشهر من النقاش بين أعضائه وممثلي الصيادين.",
  "وقال مهندسون إن الرصيف الشرقي الذي بُني قبل أكثر من ستين عاما لم يعد يحتمل أوزان الشاحنات والرافعات الحديثة في المنطقة.",
  "وطالب الصيادون بمرسى مؤقت، ووعد المجلس بتجهيزه قبل وصول عواصف الشتاء إلى الساحل خلال الأسابيع القليلة المقبلة.",
  "وتتكفل الوزارة بمعظم تكاليف الأعمال التي يتوقع أن تبدأ في الربيع وتستمر نحو ثمانية عشر شهرا بحسب ما أعلنه مسؤولون.",
];
const p = (lines: readonly string[]) => lines.map((line) => `<p>${line}</p>`).join("\n");
const MENU = `<nav><ul>${'<li><a href="/s">Section of the site</a></li>'.repeat(12)}</nav>`;
const page = (body: string, head = "") =>
  `<html><head><title>Council approves harbour plan | News</title>${head}</head><body>${MENU}${body}<footer>All rights reserved</footer></body></html>`;
const CARDS = `<div class="x">${'<div class="c"><h3><a href="/o">Another story about something else today</a></h3><p>Two lines of summary of that other story, as teasers have.</p></div>'.repeat(6)}</div>`;

test.each<[name: string, markup: string, lines: readonly string[]]>([
  [
    "in paragraphs",
    page(`<article><h1>Council approves harbour plan</h1>${p(SENTENCES)}</article>`),
    SENTENCES,
  ],
  [
    "in Arabic",
    page(`<article><h1>المجلس البلدي يقر خطة الميناء</h1>${p(ARABIC)}</article>`),
    ARABIC,
  ],
  [
    "parted by <br> in one element",
    page(`<h1>Council approves harbour plan</h1><div id="b">${SENTENCES.join("<br><br>")}</div>`),
    SENTENCES,
  ],
  [
    "bare text beside elements",
    page(
      `<h1>Council approves harbour plan</h1><div>${SENTENCES.map((s) => `${s}<div></div>`).join("")}</div>`,
    ),
    SENTENCES,
  ],
  [
    "in a table layout",
    page(
      `<table><tr><td width=150>${MENU}</td><td><h1>Council approves harbour plan</h1>${p(SENTENCES)}</td></tr></table>`,
    ),
    SENTENCES,
  ],
  [
    "behind a paywall class and hidden",
    page(
      `<h1>Council approves harbour plan</h1><div class="paywall" style="display:none">${p(SENTENCES)}</div>`,
      `<meta name="description" content="${SENTENCES[0]}">`,
    ),
    SENTENCES,
  ],
  [
    "under a class that looks like a sidebar",
    page(
      `<div class="has-sidebar tag-comments"><h1>Council approves harbour plan</h1>${p(SENTENCES)}</div>`,
    ),
    SENTENCES,
  ],
  [
    "before a list of teasers",
    page(`<article><h1>Council approves harbour plan</h1>${p(SENTENCES)}</article>${CARDS}`),
    SENTENCES,
  ],
])("an article %s is found whole, and nothing else", (_, markup, lines) => {
  const { paragraphs } = bodyOf(markup);
  expect(paragraphs.join("\n\n").split(/\n+/)).toEqual(lines);
});

test("inline tags neither part nor join words", () => {
  const [first = "", ...rest] = SENTENCES;
  const marked = first
    .replace("municipal", "muni<b>cip</b>al")
    .replace("council of", '<a class="external link" href="/c">council</a> of');
  expect(bodyOf(page(`<article>${p([marked, ...rest])}</article>`)).paragraphs[0]).toBe(first);
});

test("soft hyphens and zero-width marks go, Arabic vowel marks stay", () => {
  const line =
    "أقرّ المجلس البلدي\u200b في المدينة الساحلية يوم الثلاثاء خطة جديدة لتطوير المي\u00adناء، بعد أشهر من النقاش بين أعضائه.";
  const { paragraphs } = bodyOf(page(`<article>${p([line, ...ARABIC])}</article>`));
  expect(paragraphs[0]).toBe(line.replace(/[\u200b\u00ad]/g, ""));
});

test("a hidden dialog with more prose than the article does not take its place", () => {
  const rules = `<div class="modal" style="display:none">${p(Array(20).fill("Comments that break the rules of this community will be removed by the moderators without any further notice."))}</div>`;
  const { paragraphs } = bodyOf(
    page(`<article><h1>Council approves harbour plan</h1>${p(SENTENCES)}</article>${rules}`),
  );
  expect(paragraphs).toEqual(SENTENCES);
});

test("machine text replaces a body that is missing, never one that is there", () => {
  const json = `<script type="application/ld+json">{"@type":"NewsArticle","articleBody":${JSON.stringify(SENTENCES.join("\n"))}}</script>`;
  const empty = bodyOf(page("<h1>Council approves harbour plan</h1><p>Loading…</p>", json));
  expect(empty).toMatchObject({ method: "json-ld", paragraphs: SENTENCES });
  expect(bodyOf(page(`<article>${p(SENTENCES)}</article>`, json)).method).toBe("scored");
});

test("a page drawn by a script gives the text of its state", () => {
  const state = JSON.stringify({ article: { contentHtml: p(SENTENCES) }, menu: ["a", "b"] });
  const markup = page(
    `<div id="root"></div><script>window.STATE = ${state.replaceAll("<", "\\u003c")};</script>`,
  );
  expect(bodyOf(markup)).toMatchObject({ source: "script:contentHtml", paragraphs: SENTENCES });
});

test("without any text the description is the body, marked as partial", () => {
  const head =
    '<meta property="og:description" content="Council approves a plan for the harbour.">';
  expect(bodyOf(page("<h1>Council approves harbour plan</h1>", head))).toMatchObject({
    method: "description",
    isPartial: true,
    paragraphs: ["Council approves a plan for the harbour."],
  });
});

test("a short body that costs is marked as partial", () => {
  const head =
    '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>';
  expect(bodyOf(page(`<article>${p(SENTENCES)}</article>`, head)).isPartial).toBe(true);
});

test("what a rule names is believed: its element, without what it leaves out, up to its last line", () => {
  const markup = page(
    `<div class="odd"><p>${SENTENCES[0]}</p><p>${SENTENCES[1]}</p><p>The End</p><p>${SENTENCES[2]}</p></div><article>${p(SENTENCES)}${p(SENTENCES)}</article>`,
  );
  const context = {
    url: "https://news.example/a",
    capturedAt: 0,
    site: null,
    themes: [],
    explain: false,
  };
  const html = {
    text: markup,
    encoding: "utf-8",
    encodingFrom: "utf-8-valid",
    labelled: null,
  } as const;
  const facts = parsePage(html, context);
  const odd = facts.body?.children.find(
    (node) => "attribs" in node && node.attribs.class === "odd",
  );
  const findings = {
    ...NOTHING,
    bodies: [{ method: "site" as const, source: "site:x .odd", elements: [odd as never] }],
    endsAt: ["The End"],
  };
  expect(findBody(facts, findings, createTracer(false))).toMatchObject({
    method: "site",
    paragraphs: SENTENCES.slice(0, 2),
  });
});

test("the deepest, longest and emptiest pages are read without a throw", () => {
  const pages = [
    "",
    "<",
    "<div>".repeat(100_000) + SENTENCES[0],
    `<p>${"word ".repeat(200_000)}</p>`,
    `<table>${"<tr><td>a<td>b".repeat(20_000)}</table>`,
    `${"<a href=x>link</a> ".repeat(30_000)}`,
    "\0\u202e\ud800<p>\ufffe</p>",
  ];
  for (const markup of pages) expect(() => bodyOf(markup)).not.toThrow();
});
