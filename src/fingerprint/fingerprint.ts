/** An article's three fingerprints, from one folding of its text. */
import { hash } from "node:crypto";
import type { Article, Fingerprint } from "../model.ts";
import { fold } from "../text/index.ts";
import { contentDigest } from "./content.ts";
import { simhash } from "./simhash.ts";

/** The same article always gives the same fingerprint, on every machine. */
export function fingerprint(article: Article): Fingerprint {
  const title = fold(article.title);
  const body = fold(article.body);
  return {
    content: contentDigest(article),
    text: hash("sha256", `${title}\n${body}`, "hex"),
    near: simhash(title === "" ? body : `${title} ${body}`),
  };
}
