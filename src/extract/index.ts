/**
 * The door of the extract room: one page in, what it is and its article out. Pure: no clock, network,
 * or state that outlives the call.
 *
 * 1 parse → 2 rules → 3 body → 4 fields → 5 kind → 6 article
 */

import type { Article, Extraction, Html, PageKind } from "../model.ts";
import { wordCount } from "../text/index.ts";
import { findBody } from "./body/index.ts";
import type { BodyResult, ExtractContext, Fields } from "./context.ts";
import { copied } from "./copied.ts";
import { extractFields } from "./fields/index.ts";
import { classifyPage } from "./kind/index.ts";
import { nextPartOf } from "./page/next-part.ts";
import { parsePage } from "./page/parse.ts";
import { createTracer } from "./page/tracer.ts";
import { applyRules } from "./rules/index.ts";

export type { ExtractContext } from "./context.ts";

/** Kinds whose article is worth keeping. */
const STORED: ReadonlySet<PageKind> = new Set(["article", "live-blog", "gallery", "video"]);

export function extract(html: Html, context: ExtractContext): Extraction {
  const tracer = createTracer(context.explain);
  const facts = parsePage(html, context);
  const findings = applyRules(facts, context, tracer);
  const body = findBody(facts, findings, tracer);
  const fields = extractFields(facts, findings, body, context, tracer);
  const { kind, reasons } = classifyPage(facts, body, fields);
  return {
    kind,
    reasons,
    article: STORED.has(kind) ? toArticle(body, fields) : null,
    nextPart: nextPartOf(facts.elements, context.url),
    theme: findings.theme?.id ?? null,
    rule: findings.stamp,
    trace: context.explain ? tracer.result() : null,
  };
}

function toArticle(body: BodyResult, fields: Fields): Article {
  const text = body.paragraphs.join("\n\n");
  return copied({
    ...fields,
    body: text,
    wordCount: wordCount(text),
    method: body.method,
    confidence: body.confidence,
    isPartial: body.isPartial,
    from: { ...fields.from, body: body.source },
  });
}
