/**
 * One visit to a page: robots.txt, then the request, then each redirect under the same rules. Ends
 * in exactly one FetchOutcome; every hop is checked for scope, loops, private addresses and the
 * target's own robots.txt before it is asked.
 */
import type { FetchOutcome, Headers, RedirectHop, RefusalReason } from "../model.ts";
import { parseHttpUrl, resolveUrl } from "../url/index.ts";
import { isPublicAddress, literalAddress } from "./addresses.ts";
import type { Ask, Asked } from "./ask.ts";
import type { FetcherOptions, FetchRequest } from "./fetcher.ts";
import { codeOf } from "./learn.ts";
import { planByType, sniffsAsHtml } from "./media-type.ts";
import type { Robots } from "./robots/index.ts";

export interface VisitDeps {
  readonly ask: Ask;
  readonly robots: Robots;
  readonly options: FetcherOptions;
}

/** What holds for a documented interface: no rules of its own for crawlers. */
const OPEN = { kind: "rules", rules: { forbids: () => null, crawlDelayMs: 0 } } as const;

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Never rejects. */
export async function visit(
  request: FetchRequest,
  { ask, robots, options }: VisitDeps,
  signal?: AbortSignal,
): Promise<FetchOutcome> {
  const first = parseHttpUrl(request.url);
  if (first === null) return refused("bad-url", `${request.url} is not an http(s) URL`);
  const redirects: RedirectHop[] = [];
  const beforehand = request.noMore ?? signal;
  for (let url = first; ; ) {
    const literal = literalAddress(url.hostname);
    if (literal !== null && !options.allowPrivate && !isPublicAddress(literal))
      return refused("private-address", `${url.href}: ${literal} is not a public address`);
    const state = request.isInterface === true ? OPEN : await robots.of(url.origin, beforehand);
    if (state.kind === "refused") return { ...state, detail: `${url.href}: ${state.detail}` };
    if (state.kind === "failed") {
      // The host's own trouble, met on the way to its robots.txt: it is this page that is not had.
      const detail = state.detail.replace(`${url.origin}/robots.txt`, url.href);
      return { ...state, detail, status: null, attempts: 0 };
    }
    const line = state.rules.forbids(url.pathname + url.search);
    if (line !== null) return refused("robots", `${url.href}: robots.txt says "${line}"`);

    const delayMs = Math.max(request.delayMs ?? options.delayMs, state.rules.crawlDelayMs);
    const asked = await ask(url, question(request, url, delayMs, options.userAgent), signal);
    if (asked.kind !== "answer") return asked;
    if (!REDIRECTS.has(asked.status)) return outcomeOf(asked, request, url, redirects);

    const next = nextHop(asked, url, redirects, request, options.limits.maxRedirects);
    if ("kind" in next) return next;
    url = next;
  }
}

/** Where a redirect leads, noted as a hop; or why it is not followed. */
function nextHop(
  { status, headers, attempts }: Extract<Asked, { readonly kind: "answer" }>,
  from: URL,
  redirects: RedirectHop[],
  { url: asked, isInScope }: FetchRequest,
  maxRedirects: number,
): URL | FetchOutcome {
  const location = headerOf(headers, "location");
  const target = location === null ? null : resolveUrl(location, from.href);
  if (location === null || target === null) {
    const detail = `${from.href}: HTTP ${status} leads nowhere (Location: ${location ?? "missing"})`;
    return { kind: "failed", code: "E_PROTOCOL", status, detail, attempts };
  }
  redirects.push({ url: from.href, status, location });
  if (redirects.some((hop) => hop.url === target))
    return refused("redirect-loop", `${asked}: redirects in a circle by way of ${target}`);
  if (redirects.length > maxRedirects)
    return refused("too-many-redirects", `${asked}: more than ${maxRedirects} redirects`);
  if (!isInScope(target)) return refused("off-site", `${asked}: redirects to ${target}`);
  return new URL(target);
}

function outcomeOf(
  asked: Extract<Asked, { readonly kind: "answer" }>,
  request: FetchRequest,
  url: URL,
  redirects: readonly RedirectHop[],
): FetchOutcome {
  const { status, headers, body, fetchedAt, attempts, wireBytes } = asked;
  if (status === 304 && (request.etag !== null || request.lastModified !== null))
    return { kind: "not-modified", checkedAt: fetchedAt };
  if (status === 404 || status === 410) return { kind: "gone", status, checkedAt: fetchedAt };
  if (status < 200 || (status >= 300 && status < 400)) {
    const detail = `${url.href}: HTTP ${status} was not asked for`;
    return { kind: "failed", code: "E_PROTOCOL", status, detail, attempts };
  }
  if (status >= 400)
    return {
      kind: "failed",
      code: codeOf(status),
      status,
      detail: `${url.href}: HTTP ${status}`,
      attempts,
    };
  if (request.accept === "html" && !sniffsAsHtml(headers, body))
    return refused(
      "not-html",
      `${url.href}: ${headerOf(headers, "content-type") ?? "no type"}, and no page in it`,
    );
  const capture = {
    url: request.url,
    finalUrl: url.href,
    redirects,
    fetchedAt,
    status,
    headers,
    body,
    via: "live",
  } as const;
  return { kind: "captured", capture, wireBytes };
}

function question(request: FetchRequest, url: URL, delayMs: number, userAgent: string) {
  const headers: Record<string, string> = {
    "user-agent": userAgent,
    accept: request.accept === "html" ? "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1" : "*/*",
    "accept-encoding": "gzip, br",
  };
  if (request.range !== undefined) {
    headers.range = `bytes=${request.range[0]}-${request.range[1]}`;
    headers["accept-encoding"] = "identity";
  }
  if (isSendable(request.etag)) headers["if-none-match"] = request.etag;
  if (isSendable(request.lastModified)) headers["if-modified-since"] = request.lastModified;
  const planBody = (answered: Headers) =>
    request.accept === "html" ? planByType(answered, url.href) : "read";
  return { headers, delayMs, planBody, noMore: request.noMore } as const;
}

/** A validator that no header may hold (a server's nonsense, stored) is left out: the page comes whole. */
function isSendable(validator: string | null): validator is string {
  return validator !== null && /^[\t\x20-\x7e]+$/.test(validator);
}

function headerOf(headers: Headers, wanted: string): string | null {
  return headers.find(([name]) => name === wanted)?.[1] ?? null;
}

function refused(reason: RefusalReason, detail: string): FetchOutcome {
  return { kind: "refused", reason, detail };
}
