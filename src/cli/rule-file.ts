/** Reading a researcher's rule file. */
import { readFile } from "node:fs/promises";
import { WarraqError } from "../errors.ts";
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
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof SyntaxError) {
      throw new WarraqError("E_SITE_RULE", `${name}: is not JSON: ${message}`, { cause: error });
    }
    const why = code === "ENOENT" ? "no such file" : message;
    throw new WarraqError("E_INPUT", `${name}: cannot be read: ${why}`, { cause: error });
  }
  return parseSiteRule(raw, name);
}
