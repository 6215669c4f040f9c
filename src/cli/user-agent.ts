/** Who we say we are: the program, its version, and how to reach whoever runs it. */
import type { Io } from "./io.ts";
import type { NetworkOptions } from "./run-options.ts";
import { programVersion } from "./version.ts";

/**
 * `Mozilla/5.0 (compatible; warraq/0.1.0; +mailto:…)`: the form crawlers share, because many servers
 * refuse anything else. `warraq` is the name to use in robots.txt.
 */
export function userAgent({ userAgent, contact }: NetworkOptions, env: Io["env"]): string {
  if (userAgent !== undefined) return userAgent;
  const address = contact ?? env.WARRAQ_CONTACT ?? "";
  const isMail = /^[^\s@:/]+@[^\s@]+$/u.test(address);
  const how = address === "" ? "" : `; +${isMail ? "mailto:" : ""}${address}`;
  // A header takes visible ASCII; anything else would end the request.
  return `Mozilla/5.0 (compatible; warraq/${programVersion()}${how})`.replace(/[^\x20-\x7e]/gu, "");
}
