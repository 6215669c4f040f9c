/**
 * Imports that end in the middle: killed at random moments and run again, or out of disk. Nothing is
 * lost, nothing is there twice.
 */
import { execFile, execFileSync, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { warraq } from "../cli/harness.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { http, packed, page, record } from "../warc/given.ts";

const WARRAQ = fileURLToPath(new URL("../../bin/warraq.js", import.meta.url));
/** Several groups that are stored together. */
const PAGES = 1_200;
/** Each killed run gets a little further; the last one is let be. */
const KILLS = 6;

function warcOf(folder: string): string {
  const path = join(folder, "old.warc.gz");
  const records = Array.from({ length: PAGES }, (_, index) =>
    record({ url: `http://dead.example/${index}-story`, block: http(page(`خبر رقم ${index}`)) }),
  );
  writeFileSync(path, packed(...records));
  return path;
}

async function facts(archive: string): Promise<unknown> {
  const ask =
    "SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM versions) AS versions," +
    " (SELECT count(*) FROM captures) AS captures, (SELECT count(DISTINCT offset) FROM imports) AS offsets";
  return JSON.parse((await warraq(["sql", ask, "--json", "--archive", archive])).out);
}

test("killed at random moments and run again, an import is whole", async () => {
  const folder = temporaryFolder();
  const archive = join(folder, "warraq.db");
  const words = [WARRAQ, "import", warcOf(folder), "--archive", archive];
  for (let kill = 0; kill < KILLS; kill++) {
    const child = spawn(process.execPath, words, { stdio: "ignore" });
    const ended = new Promise((resolve) => child.once("close", resolve));
    await Promise.race([ended, sleep(600 + 300 * kill)]);
    child.kill("SIGKILL");
    await ended;
  }
  const { stderr } = await promisify(execFile)(process.execPath, words);
  expect(stderr).toContain("reason=finished");
  const whole = { articles: PAGES, versions: PAGES, captures: PAGES, offsets: PAGES };
  expect(await facts(archive)).toEqual([whole]);
}, 120_000);

test("the first pages are on disk long before a group of ordinary size is full", async () => {
  const folder = temporaryFolder();
  const archive = join(folder, "warraq.db");
  const imported = await warraq(["import", warcOf(folder), "--archive", archive]);
  expect(imported.code, imported.err).toBe(0);
  // Each group that was stored is a link of the chain.
  const ask = "SELECT capture_to AS reached FROM link WHERE kind = 'import' ORDER BY id";
  const { out } = await warraq(["sql", ask, "--json", "--archive", archive]);
  const links = (JSON.parse(out) as { reached: number }[]).map(({ reached }) => reached);
  expect(links[0]).toBeLessThanOrEqual(16);
  expect(links.length).toBeLessThanOrEqual(1 + Math.ceil(PAGES / 256));
}, 60_000);

test("a disk that fills up ends the import with exit 6; with room it goes on", async ({ skip }) => {
  const folder = temporaryFolder();
  const disk = temporaryFolder();
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], { stdio: "pipe" });
  } catch {
    return skip("needs root, to mount a small disk");
  }
  onTestFinished(() => void execFileSync("umount", ["-l", disk]));
  const archive = join(disk, "warraq.db");
  const path = warcOf(folder);
  const full = await warraq(["import", path, "--archive", archive]);
  expect(full.code, full.err).toBe(6);
  expect(full.err).toContain("reason=disk");
  execFileSync("mount", ["-o", "remount,size=64m", disk]);
  const rest = await warraq(["import", path, "--archive", archive]);
  expect(rest.code, rest.err).toBe(0);
  const whole = { articles: PAGES, versions: PAGES, captures: PAGES, offsets: PAGES };
  expect(await facts(archive)).toEqual([whole]);
}, 60_000);
