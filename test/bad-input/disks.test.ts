/**
 * Disks that are full, read-only or not there: one line, exit 6, what was stored stays, no half file.
 * Small disks are tmpfs mounts: without root these tests are skipped, saying so.
 */
import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import type { Answer } from "../loopback.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { BIN, count, doneLine, expectIntact, expectOneLine, warraq } from "./program.ts";
import { articlePage, articlePath, HTML, serveSite } from "./site.ts";

type Skip = (note: string) => never;

/** A disk of its own; the test is skipped, with the reason, where mounting is not allowed. */
function mount(skip: Skip, size: string): string {
  const disk = join(temporaryFolder(), "disk");
  mkdirSync(disk);
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", disk], { stdio: "pipe" });
  } catch {
    skip("mounting a small disk needs root");
  }
  onTestFinished(() => {
    execFileSync("umount", ["-l", disk]);
  });
  return disk;
}

/** Articles that do not compress: a small disk is soon full. */
const heavy =
  (number: number): Answer =>
  (response) => {
    const noise = Array.from({ length: 12_000 }, (_, at) =>
      ((Math.imul(at + 1, 2_654_435_761) ^ Math.imul(number + 7, 40_503)) >>> 0).toString(36),
    );
    const page = articlePage("heavy", number).replace(
      "</body>",
      `<!-- ${noise.join("")} --></body>`,
    );
    response.writeHead(200, HTML).end(page);
  };

const COUNT = 48;

async function heavySite() {
  const pages = Array.from({ length: COUNT }, (_, number) => [articlePath(number), heavy(number)]);
  return serveSite("heavy", COUNT, Object.fromEntries(pages));
}

test("a disk that fills during a crawl: exit 6, what was stored stays, the rest follows when there is room", async ({
  skip,
}) => {
  const disk = mount(skip, "4m");
  const archive = join(disk, "warraq.db");
  const site = await heavySite();
  const words = ["crawl", `${site.origin}/`, "--allow-private", "--delay", "0"];
  const ended = await warraq([...words, "--archive", archive]);
  expect(ended.code).toBe(6);
  expect(ended.err).toContain(`warraq: no space left for ${archive} (E_DISK_FULL)\n`);
  expect(doneLine(ended.err)).toMatchObject({ reason: "disk" });
  expect(ended.err).not.toMatch(/\n +at /u);
  execFileSync("mount", ["-o", "remount,size=64m", disk]);
  expectIntact(archive);
  const stored = count(archive, "select count(*) from articles");
  expect(stored).toBe(Number(doneLine(ended.err).new));
  expect(stored).toBeGreaterThan(0);
  expect(stored).toBeLessThan(COUNT);
  const again = await warraq([...words, "--archive", archive]);
  expect(again.code).toBe(0);
  expect(count(archive, "select count(*) from articles")).toBe(COUNT);
  expectIntact(archive);
});

const shared = mkdtempSync(join(tmpdir(), "warraq-disks-"));
afterAll(() => rmSync(shared, { recursive: true, force: true }));
let master: Promise<string> | undefined;

/** An archive with eight articles, made once; nobody writes to it. */
function smallArchive(): Promise<string> {
  master ??= (async () => {
    const archive = join(shared, "warraq.db");
    const site = await serveSite("small", 8);
    const words = ["crawl", `${site.origin}/`, "--allow-private", "--delay", "0", "-q"];
    expect(await warraq([...words, "--archive", archive])).toMatchObject({ code: 0 });
    return archive;
  })();
  return master;
}

test.for(["jsonl", "csv", "json.gz", "parquet", "md", "sqlite", "warc.gz", "warc", "wacz"])(
  "a full disk during an export to .%s: exit 6, and no half file is left",
  async (suffix, { skip }) => {
    const archive = await smallArchive();
    const disk = mount(skip, "64k");
    const target = join(disk, `out.${suffix}`);
    // What stands at the target takes the disk's last page.
    writeFileSync(join(disk, "filler"), Buffer.alloc(60 * 1024));
    writeFileSync(target, "before");
    const words = ["export", "--archive", archive, "--versions", "all", "--force", "-o"];
    expectOneLine(await warraq([...words, target]), 6, target, "full");
    expectOneLine(await warraq([...words, join(disk, `new.${suffix}`)]), 6, "new.", "full");
    expect(readdirSync(disk).sort()).toEqual(["filler", `out.${suffix}`]);
    expect(readFileSync(target, "utf8")).toBe("before");
  },
);

test("a read-only disk: reading works, writing is one line and exit 6", async ({ skip }) => {
  const disk = mount(skip, "16m");
  const archive = join(disk, "warraq.db");
  copyFileSync(await smallArchive(), archive);
  execFileSync("mount", ["-o", "remount,ro", disk]);
  expect(await warraq(["list", "--json", "--archive", archive])).toMatchObject({
    code: 0,
    err: "",
  });
  for (const words of [["crawl", "http://127.0.0.1:9/"], ["recheck"], ["sites", "remove", "x"]])
    expectOneLine(await warraq([...words, "--archive", archive]), 6, archive);
  const target = join(disk, "out.jsonl");
  expectOneLine(await warraq(["export", "-o", target, "--archive", archive]), 6, target);
});

test("an archive that may not be written (chattr +i): reading works, writing is exit 6", async ({
  skip,
}) => {
  const archive = join(temporaryFolder(), "fixed.db");
  copyFileSync(await smallArchive(), archive);
  try {
    execFileSync("chattr", ["+i", archive], { stdio: "pipe" });
  } catch {
    skip("chattr +i needs root and a file system that knows it");
  }
  onTestFinished(() => {
    execFileSync("chattr", ["-i", archive]);
  });
  expect(await warraq(["list", "--json", "--archive", archive])).toMatchObject({
    code: 0,
    err: "",
  });
  expectOneLine(await warraq(["crawl", "http://127.0.0.1:9/", "--archive", archive]), 6, archive);
});

test.each([
  [["list"]],
  [["list", "--json"]],
  [["search", "مدرسة", "--jsonl"]],
  [["sql", "select * from articles", "--csv"]],
  [["export", "-q", "-o", "-"]],
  [["show", "a1"]],
  [["stats"]],
])("%j > /dev/full is one line and exit 6", async (words) => {
  const archive = await smallArchive();
  const { code, err } = shell('"$NODE" "$WARRAQ" "$@" >/dev/full', [
    ...words,
    "--archive",
    archive,
  ]);
  expect({ code, err }).toEqual({ code: 6, err: expect.stringMatching(/^warraq: [^\n]+\n$/u) });
  expect(err).toContain("stdout");
  expect(err).toContain("(E_DISK_FULL)");
});

test("an export to /dev/full is one line and exit 6, and the device stays a device", async () => {
  const archive = await smallArchive();
  const words = ["export", "-f", "jsonl", "-o", "/dev/full", "--archive", archive];
  expectOneLine(await warraq(words), 6, "/dev/full");
  expect(existsSync("/dev/full")).toBe(true);
});

test.each([
  ["list"],
  ["list --json"],
  ["list --jsonl"],
  ["list --csv"],
  ["search مدرسة"],
  ["sites list"],
  ["sql 'select * from articles' --jsonl"],
  ["history a1"],
  ["stats"],
  ["export -o -"],
  ["schema"],
])("%s | head -1 ends quietly with 0", async (words) => {
  const archive = await smallArchive();
  const script = `set -o pipefail; "$NODE" "$WARRAQ" ${words} -q "$@" | head -n 1 >/dev/null`;
  expect(shell(script, ["--archive", archive])).toEqual({ code: 0, err: "" });
});

test("without stdin, stdout or stderr nothing hangs and nothing is printed twice", async () => {
  const archive = await smallArchive();
  const at = ["--archive", archive];
  expect(shell('"$NODE" "$WARRAQ" list "$@" <&- >/dev/null', at)).toEqual({ code: 0, err: "" });
  expect(shell('"$NODE" "$WARRAQ" list "$@" >&-', at).err).not.toMatch(/\n +at /u);
  expect(shell('"$NODE" "$WARRAQ" list "$@" 2>&- >/dev/null', at).code).toBe(0);
});

function shell(script: string, words: readonly string[]) {
  const { status, stderr } = spawnSync("bash", ["--norc", "-c", script, "sh", ...words], {
    env: { PATH: process.env.PATH ?? "", WARRAQ: BIN, NODE: process.execPath },
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
  });
  return { code: status, err: stderr };
}
