/** Captures and contexts for the tables of this room. */

import type { DiscoverContext } from "../../src/discover/index.ts";
import type { Capture, Headers, PageRole } from "../../src/model.ts";

export const HOME = "https://outlet.example/";

export function captureOf(
  body: string | Uint8Array,
  { path = "/feed/", headers = [] as Headers } = {},
): Capture {
  const url = new URL(path, HOME).href;
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  return {
    url,
    finalUrl: url,
    redirects: [],
    fetchedAt: 0,
    status: 200,
    headers,
    body: bytes,
    via: "live",
  };
}

export function contextOf(
  role: PageRole,
  { site = null, depth = 1 }: Partial<Pick<DiscoverContext, "site" | "depth">> = {},
): DiscoverContext {
  const isInScope = (url: string): boolean => new URL(url).hostname.endsWith("outlet.example");
  return { siteId: "outlet", site, role, isInScope, depth };
}
