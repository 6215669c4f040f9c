/** Whatever file a user names for output: an archive is never written over, forced or not, by no road. */
import { spawn } from "node:child_process";
import { copyFile, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { writeAtomically } from "../../src/export/index.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { filledArchive, sha256 } from "./given-archive.ts";
import { warraq } from "./harness.ts";

interface Given {
  readonly folder: string;
  readonly archive: string;
}

async function given(): Promise<Given> {
  const folder = temporaryFolder();
  const archive = await filledArchive();
  await copyFile(archive, join(folder, "other.db"));
  await symlink(archive, join(folder, "link.jsonl"));
  return { folder, archive };
}

const ROADS: readonly [what: string, words: (target: string) => string[]][] = [
  ["export --force", (target) => ["export", "-f", "jsonl", "-o", target, "--force"]],
  [
    "sites new --force",
    (target) => ["sites", "new", "http://127.0.0.1:9/", "--id", "nine", "-o", target, "--force"],
  ],
];

describe.each(ROADS)("%s", (_, words) => {
  test.each([
    ["the archive itself", ({ archive }: Given) => archive],
    ["a link to it", ({ folder }: Given) => join(folder, "link.jsonl")],
    ["another archive", ({ folder }: Given) => join(folder, "other.db")],
  ])("%s stays as it is", async (_what, targetOf) => {
    const made = await given();
    const target = targetOf(made);
    const before = sha256(await readFile(target));
    const { code, err } = await warraq([...words(target), "--archive", made.archive]);
    expect([code, err]).toEqual([2, expect.stringContaining("is an archive")]);
    expect(sha256(await readFile(target))).toBe(before);
  });
});

test("what the reports of runs are written by refuses it, too", async () => {
  const { archive } = await given();
  await expect(
    writeAtomically(archive, true, (write) => write(Buffer.from("url"))),
  ).rejects.toMatchObject({ code: "E_INPUT" });
});

test.each(["the name of the archive", "link.jsonl"])("no backup onto %s", async (name) => {
  const { folder, archive } = await given();
  const target = name === "link.jsonl" ? join(folder, name) : archive;
  const { code, err } = await warraq([
    "archive",
    "backup",
    target,
    "--force",
    "--archive",
    archive,
  ]);
  expect([code, err]).toEqual([2, expect.stringContaining("is the archive itself")]);
});

test("an SQLite file that is no archive may be replaced, when forced", async () => {
  const { folder, archive } = await given();
  const target = join(folder, "dataset.sqlite");
  await warraq(["export", "-o", target, "--archive", archive]);
  const { code } = await warraq(["export", "-o", target, "--force", "--archive", archive]);
  expect(code).toBe(0);
});

test("a question without end is ended by a signal", async () => {
  const { archive } = await given();
  const bin = fileURLToPath(new URL("../../bin/warraq.js", import.meta.url));
  const endless =
    "with recursive c(n) as (select 1 union all select n + 1 from c) select count(*) from c";
  const child = spawn(process.execPath, [bin, "sql", endless, "--archive", archive]);
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = new Promise((resolve) =>
    child.once("close", (code, signal) => resolve(signal ?? code)),
  );
  // Asked again until the program listens: before that a signal is heard politely, and once only.
  const asking = setInterval(() => child.kill("SIGINT"), 300);
  expect(["SIGINT", 130]).toContain(await ended);
  clearInterval(asking);
});

test("a version that is not there is named, not the article", async () => {
  const { archive } = await given();
  const { code, err } = await warraq(["show", "a1", "--version", "9", "--archive", archive]);
  expect([code, err]).toEqual([2, expect.stringContaining("versions go from 1 to")]);
});

test("an address that is none is no bug of ours", async () => {
  const page = join(temporaryFolder(), "page.html");
  await writeFile(page, "<p>نص</p>");
  const { code, err } = await warraq(["extract", page, "--url", "notaurl"]);
  expect([code, err]).toEqual([2, expect.stringContaining('"notaurl"')]);
});
