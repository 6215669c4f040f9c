/**
 * The door of the extract room: one page in, what it is and its article out. Pure: no clock, network,
 * or state that outlives the call.
 *
 * 1 parse → 2 rules → 3 body → 4 fields → 5 kind → 6 article
 */

import type { Extraction, Html } from "../model.ts";
import { wordCount } from "../text/index.ts";
import { findBody } from "./body/index.ts";
import type { ExtractContext, Fields, PageFacts, RuleFindings } from "./context.ts";
import { parsePage } from "./page/parse.ts";
import { createTracer } from "./page/tracer.ts";

export type { ExtractContext } from "./context.ts";

export function extract(html: Html, context: ExtractContext): Extraction {
  const tracer = createTracer(context.explain);
  const facts = parsePage(html, context);
  const findings = noFindings();
  const body = findBody(facts, findings, tracer);
  const fields = noFields(facts);
  const text = body.paragraphs.join("\n\n");
  return {
    kind: "article",
    reasons: [],
    article: {
      ...fields,
      body: text,
      wordCount: wordCount(text),
      method: body.method,
      confidence: body.confidence,
      isPartial: body.isPartial,
      from: { ...fields.from, body: body.source },
    },
    theme: null,
    rule: findings.stamp,
    trace: context.explain ? tracer.result() : null,
  };
}

function noFindings(): RuleFindings {
  return { theme: null, fields: {}, bodies: [], dropped: new Set(), endsAt: [], stamp: "generic" };
}

function noFields(facts: PageFacts): Fields {
  return {
    title: facts.metas.get("og:title")?.[0] ?? facts.titleText,
    subtitle: null,
    category: null,
    categories: [],
    excerpt: null,
    authors: [],
    tags: [],
    published: null,
    modified: null,
    language: "und",
    dir: "ltr",
    imageUrl: null,
    images: [],
    canonicalUrl: null,
    siteName: null,
    originalSource: null,
    from: {},
  };
}
