/** Which version of the program this is. */
import { readFileSync } from "node:fs";

let version: string | undefined;

/** `0.1.0`, from package.json. */
export function programVersion(): string {
  const file = new URL("../../package.json", import.meta.url);
  version ??= (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
  return version;
}

/** `warraq/0.1.0`: what runs and extractions are stamped with. */
export function programStamp(): string {
  return `warraq/${programVersion()}`;
}
