/**
 * Which addresses a crawler of the public web may talk to: those the registries call global unicast.
 * Everything else (loopback, private, link-local with the cloud metadata service, CGNAT, multicast,
 * documentation, tunnels that carry another address inside) is inside somebody's network.
 */
import ipaddr from "ipaddr.js";

/** Whether an IP address in text form is publicly reachable. Unreadable text is not. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  if (!ipaddr.isValid(bare)) return false;
  const parsed = ipaddr.process(bare); // ::ffff:10.0.0.1 is read as 10.0.0.1
  if (parsed.range() === "rfc6052") return isPublicAddress(behindNat64(bare));
  if (parsed.range() !== "unicast") return false;
  // IANA hands out IPv6 unicast from 2000::/3 only; the deprecated ::127.0.0.1 is outside it
  return parsed.kind() === "ipv4" || ((parsed.toByteArray()[0] ?? 0) & 0xe0) === 0x20;
}

/** The address a host name literally is (`127.0.0.1`, `[::1]`), or null when it is a name. */
export function literalAddress(hostname: string): string | null {
  const bare = hostname.replace(/^\[|\]$/g, "");
  return ipaddr.isValid(bare) ? bare : null;
}

/** 64:ff9b::/96 carries an IPv4 address in its last 32 bits (RFC 6052). */
function behindNat64(address: string): string {
  return ipaddr.parse(address).toByteArray().slice(-4).join(".");
}
