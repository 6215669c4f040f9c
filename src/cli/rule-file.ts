/** Reading a researcher's rule file. */
import { readFile } from "node:fs/promises";
import { fileTrouble, WarraqError } from "../errors.ts";
import { parseSiteRule, type SiteRule } from "../sites/index.ts";
import type { Context } from "./command.ts";
import { readText } from "./stdin.ts";

/**
 * @param file - a path, or `-` for stdin
 * @throws {WarraqError} E_INPUT when it cannot be read, E_SITE_RULE naming the file and the field
 */
export async function readRule({ stdin }: Context, file: string): Promise<SiteRule> {
  const name = file === "-" ? "stdin" : file;
  let raw: unknown;
  try {
    const text = await (file === "-" ? readText(stdin()) : readFile(file, "utf8"));
    raw = JSON.parse(text.replace(/^\uFEFF/u, ""));
  } catch (error) {
    if (error instanceof SyntaxError) {
      const why = `${name}: is not JSON: ${error.message}`;
      throw new WarraqError("E_SITE_RULE", why, { cause: error });
    }
    const why = fileTrouble(error);
    throw new WarraqError("E_INPUT", `${name}: cannot be read: ${why}`, { cause: error });
  }
  return parseSiteRule(raw, name);
}
