/** What kind of page this is, with reasons. Thin first version: only what is certain. */
import type { PageKind } from "../../model.ts";
import type { BodyResult, Fields, PageFacts } from "../context.ts";

export interface Classified {
  readonly kind: PageKind;
  /** Most telling first. */
  readonly reasons: readonly string[];
}

export function classifyPage(_facts: PageFacts, body: BodyResult, fields: Fields): Classified {
  if (body.paragraphs.length === 0 && fields.title === "")
    return { kind: "empty", reasons: ["no text and no title"] };
  return { kind: "article", reasons: ["has a body"] };
}
