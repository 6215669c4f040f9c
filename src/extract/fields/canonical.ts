/** The URL the page gives as its own. Taken only when it can be: same site, and not the home page. */
import { isSameSite, parseHttpUrl } from "../../url/index.ts";
import type { PageFacts, Tracer } from "../context.ts";
import { type Candidate, choose } from "./candidates.ts";

export function readCanonical(facts: PageFacts, tracer: Tracer): Candidate<string> | null {
  const candidates: Candidate<string>[] = [];
  for (const href of facts.canonicals)
    candidates.push({ value: href, source: "link[rel=canonical]" });
  for (const value of facts.metas.get("og:url") ?? []) {
    if (URL.canParse(value, facts.url.href))
      candidates.push({ value: new URL(value, facts.url.href).href, source: "meta:og:url" });
  }
  return choose(
    "canonicalUrl",
    candidates,
    (one) => judge(one.value, facts.url),
    (value) => value,
    tracer,
  );
}

function judge(value: string, page: URL): string | null {
  const url = parseHttpUrl(value);
  if (url === null) return "not a web address";
  const isOwn = isSameSite(url.href, [page.host]) || isSameSite(page.href, [url.host]);
  if (!isOwn) return "another site";
  if (url.pathname === "/" && url.search === "" && (page.pathname !== "/" || page.search !== ""))
    return "the home page";
  return null;
}
