/** Reads a table of data/url/ once, at load. The files are facts of the web, kept out of the code. */
import { readFileSync } from "node:fs";

export function readUrlData<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../data/url/${name}`, import.meta.url), "utf8")) as T;
}
