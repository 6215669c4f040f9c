/**
 * The guarded way to a socket. undici asks it for every connection, whatever led there (a link, a
 * redirect, a robots.txt), so no request can reach a private address around it. Three checks: a
 * literal address before connecting, every resolved address before one is chosen, and the address
 * that was actually reached before a byte is sent.
 */
import { lookup as dnsLookup, type LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { isPublicAddress, literalAddress } from "./addresses.ts";
import { CONNECT_TIMEOUT_MS } from "./limits.ts";

/** Marks the errors of this guard; `describeFailure` turns them into `private-address`. */
export const PRIVATE_ADDRESS = "E_PRIVATE_ADDRESS";

export interface ConnectorOptions {
  readonly allowPrivate: boolean;
  /** How names become addresses; tests pass their own. */
  readonly lookup?: typeof dnsLookup;
}

export function createConnector(options: ConnectorOptions): buildConnector.connector {
  const base = { timeout: CONNECT_TIMEOUT_MS, allowH2: false, autoSelectFamily: true };
  const lookup = options.lookup ?? dnsLookup;
  if (options.allowPrivate)
    return buildConnector(options.lookup ? { ...base, lookup: lookup as LookupFunction } : base);
  const connect = buildConnector({ ...base, lookup: publicLookup(lookup) });
  return (target, callback) => {
    const literal = literalAddress(target.hostname);
    if (literal !== null && !isPublicAddress(literal)) {
      callback(privateAddress(target.hostname, literal), null);
      return;
    }
    connect(target, (error, socket) => {
      if (error !== null) {
        callback(error, null);
        return;
      }
      const reached = socket.remoteAddress;
      if (reached !== undefined && isPublicAddress(reached)) {
        callback(null, socket);
        return;
      }
      socket.destroy();
      callback(privateAddress(target.hostname, reached ?? "an unknown address"), null);
    });
  };
}

/** Resolves a name and hands on its public addresses only; none left is an error. */
function publicLookup(lookup: typeof dnsLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      const addresses = (found ?? []) as LookupAddress[];
      const allowed = addresses.filter(({ address }) => isPublicAddress(address));
      const [first] = allowed;
      if (error !== null) callback(error, []);
      else if (first === undefined) callback(privateAddress(hostname, addresses[0]?.address), []);
      else if (options.all === true) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

function privateAddress(hostname: string, address = "no address"): NodeJS.ErrnoException {
  const where = hostname === address ? hostname : `${hostname} (${address})`;
  return Object.assign(new Error(`${where} is not a public address`), { code: PRIVATE_ADDRESS });
}
