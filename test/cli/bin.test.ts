/** The program as a process: streams, pipes, terminals (signals: test/drill/). Runs from dist/. */
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { displayWidth } from "../../src/text/index.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { filledArchive, visitAll } from "./given-archive.ts";

const BIN = fileURLToPath(new URL("../../bin/warraq.js", import.meta.url));
const run = promisify(execFile);

async function sh(script: string, env: Record<string, string> = {}) {
  const done = await run("bash", ["--norc", "-c", `set -o pipefail; ${script}`], {
    env: { PATH: process.env.PATH ?? "", WARRAQ: BIN, NODE: process.execPath, ...env },
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error: { code: number; stdout: string; stderr: string }) => error);
  return { code: "code" in done ? done.code : 0, out: done.stdout, err: done.stderr };
}

/** More than a pipe holds (64 KB), so that writing meets a closed pipe. */
async function largeArchive(): Promise<string> {
  const path = await filledArchive([]);
  const pages = Array.from({ length: 60 }, (_, index) => ({
    url: `https://sahel.example/${index}`,
    article: { title: `خبر ${index}`, body: `فقرة ${index} `.repeat(500) },
  }));
  await visitAll(path, pages, Date.parse("2026-05-16T20:00:00Z"));
  return path;
}

test("| head ends quietly, with 0", async () => {
  const archive = await largeArchive();
  for (const format of ["--table", "--jsonl", "--json", "--csv"]) {
    const { code, out, err } = await sh(
      `"$NODE" "$WARRAQ" list -n 0 ${format} --archive ${archive} | head -n 1`,
    );
    expect({ format, code, err }).toEqual({ format, code: 0, err: "" });
    expect(out.trimEnd().split("\n")).toHaveLength(1);
  }
  const { code, err } = await sh(
    `"$NODE" "$WARRAQ" export -q -o - --archive ${archive} | head -c 10`,
  );
  expect({ code, err }).toEqual({ code: 0, err: "" });
});

test("a listing arrives whole through a slow pipe", async () => {
  const archive = await largeArchive();
  const { out } = await sh(
    `"$NODE" "$WARRAQ" list -n 0 --jsonl --archive ${archive} | (sleep 0.3; cat)`,
  );
  expect(
    out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toHaveLength(60);
});

test.each(["80", "200"])("COLUMNS=%s gives a pipe a width", async (COLUMNS) => {
  const { out } = await sh(`"$NODE" "$WARRAQ" list --archive ${await filledArchive()}`, {
    COLUMNS,
  });
  for (const line of out.split("\n"))
    expect(displayWidth(line)).toBeLessThanOrEqual(Number(COLUMNS));
});

test.each([
  ["a pipe has no colour", {}, false],
  ["FORCE_COLOR colours a pipe", { FORCE_COLOR: "1" }, true],
  ["NO_COLOR wins", { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
])("%s", async (_, env, isColoured) => {
  const { out } = await sh(
    `"$NODE" "$WARRAQ" search مكتبة --archive ${await filledArchive()}`,
    env,
  );
  expect(out.includes("\x1b[")).toBe(isColoured);
});

test("--help needs neither SQLite nor parsers nor the network", async () => {
  // Modules that were read show up in the loader's own log.
  const { err, code } = await sh(`NODE_DEBUG=esm,module "$NODE" "$WARRAQ" --help`);
  expect(code).toBe(0);
  expect(err).toContain("node_modules/commander/");
  for (const heavy of [
    "better-sqlite3",
    "cheerio",
    "undici",
    "zod",
    "pino",
    "piscina",
    "htmlparser2",
  ]) {
    expect(err).not.toContain(`node_modules/${heavy}/`);
  }
});

test("while another crawl holds the archive, a crawl ends with 75 and reading works", async () => {
  const archive = await filledArchive();
  const holder = await openStore({ path: archive, mode: "write" });
  onTestFinished(() => holder.close());
  expect(holder.lockForCrawl()).toBe(true);
  const again = `"$NODE" "$WARRAQ" crawl http://127.0.0.1:9/ --archive ${archive}`;
  const refused = await sh(again);
  expect(refused.code).toBe(75);
  expect(refused.err).toMatch(
    /^warraq: another crawl is running on .*warraq\.db; --wait-lock 10m waits \(E_LOCKED\)\n$/u,
  );
  const late = await sh(`${again} --wait-lock 300ms`);
  expect(late.code).toBe(75);
  expect(late.err).toContain("waiting for it");
  const reading = await sh(`"$NODE" "$WARRAQ" list --archive ${archive}`);
  expect(reading.code).toBe(0);
});

test("the demo keeps its promises", async () => {
  const folder = temporaryFolder();
  const { code, out, err } = await sh(`cd ${folder} && "$NODE" "$WARRAQ" demo`);
  expect(err).toMatch(/\ndone source=.* new=[1-9].* reason=finished\n/u);
  expect(err).toMatch(/\ndone source=.* changed=[1-9].* reason=finished\n/u);
  expect(out).toContain("«مكتبة»");
  expect(out).toContain("خمسة عشر");
  expect(out.match(/^ {2}warraq /gmu)).toHaveLength(3);
  expect(existsSync(`${folder}/warraq.db`)).toBe(true);
  expect(code).toBe(0);
}, 60_000);

test("bin/warraq.js is only a door", () => {
  expect(readFileSync(BIN, "utf8").trimEnd().split("\n").length).toBeLessThanOrEqual(6);
});
