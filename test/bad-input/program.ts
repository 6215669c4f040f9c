/**
 * The real program as a child process, for tests of what a person meets: exit code, stdout, stderr and
 * the archive that is left behind. Runs bin/warraq.js from dist/; only loopback is ever contacted.
 */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import Sqlite from "better-sqlite3";
import { expect } from "vitest";

export const BIN = fileURLToPath(new URL("../../bin/warraq.js", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface World {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
}

export interface Running {
  readonly pid: number;
  readonly said: { out: string; err: string };
  readonly ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when stderr has said this, or the process has ended. */
  untilSaid(text: string): Promise<void>;
}

/** Starts `warraq …words`, without the environment's own settings for it. */
export function start(words: readonly string[], { cwd, env, input }: World = {}): Running {
  const child = spawn(process.execPath, [BIN, ...words], {
    cwd,
    env: { PATH: process.env.PATH ?? "", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const said = { out: "", err: "" };
  let wake = (): void => {};
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.err += text;
    wake();
  });
  child.stdin.on("error", () => {}); // a program that ends early does not read all we give it
  child.stdin.end(input ?? "");
  let isOver = false;
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code, signal) => {
      isOver = true;
      wake();
      resolve({ code, signal, ...said });
    });
  });
  return {
    pid: child.pid ?? -1,
    said,
    ended,
    kill: (signal) => void child.kill(signal),
    async untilSaid(text) {
      while (!isOver && !said.err.includes(text)) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

export function warraq(words: readonly string[], world: World = {}): Promise<Ended> {
  return start(words, world).ended;
}

/** What every refusal looks like: one line of ours that names what is at fault, and nothing on stdout. */
export function expectOneLine(ended: Ended, code: number, ...named: readonly string[]): void {
  expect({ code: ended.code, out: ended.out, err: ended.err }).toEqual({
    code,
    out: "",
    err: expect.stringMatching(/^warraq: [^\n]+\n$/u),
  });
  for (const text of named) expect(ended.err).toContain(text);
}

/** The closing line's facts; a run without one fails the test. */
export function doneLine(err: string): Readonly<Record<string, string>> {
  const line = err.trimEnd().split("\n").at(-1) ?? "";
  expect(line).toMatch(/^done source=/u);
  return Object.fromEntries([...line.matchAll(/([a-z-]+)=(\S*)/gu)].map(([, k, v]) => [k, v]));
}

export type Rows = readonly Readonly<Record<string, unknown>>[];

/** Asks an archive directly, past the program. */
export function ask(archive: string, sql: string, ...values: readonly unknown[]): Rows {
  const db = new Sqlite(archive, { readonly: true });
  try {
    return db.prepare<unknown[], Record<string, unknown>>(sql).all(...values);
  } finally {
    db.close();
  }
}

export function count(archive: string, sql: string): number {
  return Number(Object.values(ask(archive, sql)[0] ?? {})[0]);
}

/** The file is sound and every article is whole: its version, its bytes, its place in the index. */
export function expectIntact(archive: string): void {
  expect(ask(archive, "pragma integrity_check")).toEqual([{ integrity_check: "ok" }]);
  expect(ask(archive, "pragma foreign_key_check")).toEqual([]);
  const articles = count(archive, "select count(*) from article");
  expect(count(archive, "select count(*) from articles")).toBe(articles);
  expect(count(archive, "select count(distinct article) from versions")).toBe(articles);
  expect(
    count(archive, "select count(*) from article where id in (select rowid from search_index)"),
  ).toBe(articles);
}
