/**
 * Hosts: which queue a URL waits in, and whether it belongs to a site.
 * A host key is the host name, with its port when that is neither 80 nor 443.
 */
import { isIP } from "node:net";

/** `example.ly`, or `example.ly:8080`; the same for http and https; `""` for what is no URL. */
export function hostKeyOf(url: string): string {
  return URL.canParse(url) ? keyOfParsed(new URL(url)) : "";
}

/**
 * Whether the URL is on one of the hosts, on its www twin, or on a subdomain of it
 * (`en.example.ly` of `example.ly`; sections and languages live there). Not on its parent, not on
 * another port, and an address has no subdomains. `hosts` may carry ports (`127.0.0.1:8080`).
 */
export function isSameSite(url: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const parsed = new URL(url);
  if (parsed.protocol !== "http:" && parsed.protocol !== "https:") return false;
  const key = withoutWww(keyOfParsed(parsed));
  return hosts.some((listed) => {
    const host = withoutWww(listed.toLowerCase());
    return key === host || (key.endsWith(`.${host}`) && !isAddress(host));
  });
}

/** The host without `www.`, unless nothing but a top-level domain would remain. */
export function withoutWww(host: string): string {
  return host.startsWith("www.") && host.indexOf(".", 4) > 0 ? host.slice(4) : host;
}

function keyOfParsed(url: URL): string {
  const name = url.hostname.endsWith(".") ? url.hostname.slice(0, -1) : url.hostname;
  return url.port === "" || url.port === "80" || url.port === "443" ? name : `${name}:${url.port}`;
}

function isAddress(host: string): boolean {
  return host.startsWith("[") || isIP(host.replace(/:\d+$/, "")) !== 0;
}
