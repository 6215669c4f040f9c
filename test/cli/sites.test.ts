import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";
import { filledArchive } from "./given-archive.ts";
import { warraq } from "./harness.ts";

/** A rule of one's own, made from a bundled one as the README says. */
async function ruleFile(changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const folder = temporaryFolder();
  const { out } = await warraq(["sites", "show", "almarsad", "--archive", `${folder}/none.db`]);
  const rule = { ...JSON.parse(out), ...changes };
  const file = `${folder}/${rule.id}.json`;
  writeFileSync(file, JSON.stringify(rule));
  return file;
}

test("list needs no archive and names at least twenty sites", async () => {
  const { out, code } = await warraq(["sites", "list", "--json", "--archive", "/nonexistent/x.db"]);
  const sites = JSON.parse(out);
  expect(sites.length).toBeGreaterThanOrEqual(20);
  for (const site of sites)
    expect(site).toMatchObject({ origin: "bundled", checked_on: expect.any(String) });
  expect(code).toBe(0);
});

test("a rule shown, changed and added wins, and goes again", async () => {
  const archive = `${temporaryFolder()}/warraq.db`;
  const file = await ruleFile({ name: "اسم جديد" });
  const origin = async (): Promise<unknown> => {
    const { out } = await warraq(["sites", "list", "--json", "--archive", archive]);
    const { name, origin } = JSON.parse(out).find(({ id }: { id: string }) => id === "almarsad");
    return [name, origin];
  };
  const added = await warraq(["sites", "add", file, "--archive", archive]);
  expect(added).toMatchObject({ code: 0, err: "added almarsad: اسم جديد\n" });
  expect(await origin()).toEqual(["اسم جديد", "added"]);
  const removed = await warraq(["sites", "remove", "almarsad", "--archive", archive]);
  expect(removed.code).toBe(0);
  expect(await origin()).toEqual(["المرصد", "bundled"]);
  expect((await warraq(["sites", "remove", "almarsad", "--archive", archive])).code).toBe(2);
});

test("a rule can come through stdin", async () => {
  const input = readFileSync(await ruleFile(), "utf8");
  const { out, code } = await warraq(["sites", "check", "-", "--json"], { input });
  expect(JSON.parse(out)).toEqual([{ file: "-", id: "almarsad", ok: true, message: null }]);
  expect(code).toBe(0);
});

test("without files, every bundled rule is checked", async () => {
  const { code, out } = await warraq([
    "sites",
    "check",
    "--csv",
    "--archive",
    await filledArchive(),
  ]);
  expect(out.split("\r\n").length).toBeGreaterThan(20);
  expect(code).toBe(0);
});

test.each([
  ["an unknown field", { headline: "h1" }, /headline/u],
  ["a home that is no URL", { home: "almarsad" }, /home/u],
  ["a selector that is none", { article: { body: ["div[["] } }, /article\.body\[0\]/u],
])("%s is named with its file, and nothing is added", async (_, changes, field) => {
  const archive = `${temporaryFolder()}/warraq.db`;
  const file = await ruleFile(changes);
  const { code, out, err } = await warraq(["sites", "add", file, "--archive", archive]);
  expect(err).toContain(`warraq: ${file}: `);
  expect(err).toMatch(field);
  expect(err.trimEnd().split("\n")).toHaveLength(1);
  expect([code, out]).toEqual([2, ""]);
  const checked = await warraq(["sites", "check", file]);
  expect(checked.code).toBe(2);
  expect(checked.out).toMatch(field);
});

test.each([
  ["a file that is not there", "/nonexistent/rule.json", "cannot be read: no such file"],
  ["a folder", "/tmp", "cannot be read"],
])("%s is one line, exit 2", async (_, file, message) => {
  const { code, err } = await warraq(["sites", "add", file, "--archive", "/nonexistent/x.db"]);
  expect(err).toContain(`warraq: ${file}: ${message}`);
  expect(code).toBe(2);
});

test("a file that is not JSON is named", async () => {
  const { code, err } = await warraq(["sites", "add", "-"], { input: "{ id: " });
  expect(err).toMatch(/^warraq: stdin: is not JSON: .*\n$/u);
  expect(code).toBe(2);
});
