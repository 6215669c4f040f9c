/**
 * What every archive promises of its hash chain. Each backend's test calls this once, with a way to
 * change rows behind the archive's back.
 */
import { beforeEach, describe, expect, test } from "vitest";
import type { BrokenLink, Store, Visit } from "../../src/store/store.ts";
import { beginRun, givenPage, givenRead, NOW, visit } from "./given.ts";

const COUNTERS = {
  ...{ new: 2, changed: 1, same: 0, gone: 0, skipped: 0, failed: 0 },
  ...{ notModified: 0, requests: 3, bytes: 100 },
};

/**
 * @param openEmpty - opens a new archive; the backend closes and removes it after the test
 * @param tamper - runs SQL on the file of the archive opened last, past the program
 */
export function chainContract(
  openEmpty: () => Promise<Store>,
  tamper: (sql: string) => void,
): void {
  let store: Store;
  let runId: number;
  beforeEach(async () => {
    store = await openEmpty();
    runId = await beginRun(store);
  });
  const A = "https://a.ly/2024/04/30/first";
  const B = "https://b.ly/second";
  const read = (url: string, at: number, title?: string) => {
    const body = Buffer.from(`<html>${url} ${title ?? ""}</html>`);
    const article = title === undefined ? {} : { title };
    return visit(
      store,
      givenPage(url),
      givenRead(url, { runId, at: NOW + at, article, capture: { body } }),
    );
  };
  const end = (id = runId) =>
    store.endRun(id, { at: NOW + 99, reason: "finished", counters: COUNTERS });
  const gone = (at: number): Promise<unknown> => {
    const seen: Visit = { kind: "gone", status: 404, at: NOW + at, runId, nextAt: null };
    return visit(store, givenPage(A), seen);
  };

  /** Two articles, an edit, a takedown, the end of the run; then a second run. */
  async function fill(): Promise<void> {
    await read(A, 0);
    await read(B, 1);
    await read(A, 2, "عنوان بعد التعديل");
    await gone(3);
    await gone(4);
    await end();
    runId = await beginRun(store, NOW + 100);
    await read(B, 101);
    await end();
  }

  describe("the hash chain", () => {
    test("an empty archive has none, and is whole", async () => {
      expect(await store.verifyChain()).toEqual({ links: 0, adopted: 0, head: null, broken: null });
    });

    test("what stores something is a link, what does not is none", async () => {
      await read(A, 0);
      const one = await store.verifyChain();
      expect(one).toMatchObject({ links: 1, broken: null });
      await visit(store, givenPage(A), { kind: "not-modified", at: NOW + 1, runId, nextAt: null });
      await gone(2);
      expect((await store.verifyChain()).head).toBe(one.head);
      await gone(3);
      expect((await store.verifyChain()).links).toBe(2);
    });

    test("a run ends with a link of its own, and the next goes on from it", async () => {
      await fill();
      const report = await store.verifyChain();
      expect(report).toMatchObject({ links: 7, adopted: 0, broken: null });
      expect(report.head).toMatch(/^[0-9a-f]{64}$/u);
    });

    test("pruned and repacked bytes leave it whole", async () => {
      await fill();
      const { head } = await store.verifyChain();
      tamper("UPDATE body SET bytes = x'', codec = 'identity' WHERE id = 1");
      expect(await store.verifyChain()).toMatchObject({ head, broken: null });
    });

    test("a head that was noted is found again, one of another chain is not", async () => {
      await read(A, 0);
      const { head } = await store.verifyChain();
      await fill();
      expect((await store.verifyChain({ noted: head ?? "" })).broken).toBeNull();
      const { broken } = await store.verifyChain({ noted: "ab".repeat(32) });
      expect(broken?.detail).toMatch(/no link has the noted hash abab/u);
    });

    test.each<[string, string, Partial<BrokenLink>]>([
      [
        "a body's text",
        "UPDATE version SET body = body || '.' WHERE id = 1",
        { link: 1, runId: 1, seq: 1, table: "version" },
      ],
      [
        "a headline of an edit",
        "UPDATE version SET title = 'غيره' WHERE id = 3",
        { link: 3, seq: 3, table: "version" },
      ],
      [
        "a date of publication",
        "UPDATE version SET published = '2020-01-01' WHERE id = 2",
        { link: 2, table: "version" },
      ],
      [
        "an author, among the details",
        "UPDATE version SET details = replace(details, 'سالم', 'خالد') WHERE id = 2",
        { link: 2, table: "version" },
      ],
      [
        "the program that read it",
        "UPDATE version SET program = 'other' WHERE id = 1",
        { link: 1, table: "version" },
      ],
      [
        "the time of a capture",
        "UPDATE capture SET fetched_at = fetched_at - 1 WHERE id = 2",
        { link: 2, table: "capture" },
      ],
      [
        "the time of a version",
        "UPDATE version SET captured_at = captured_at - 1 WHERE id = 2",
        { link: null, table: "version" },
      ],
      [
        "the digest of the raw bytes",
        "UPDATE body SET digest = zeroblob(32) WHERE id = 1",
        { link: 1, table: "capture" },
      ],
      [
        "an address",
        "UPDATE capture SET url = 'https://c.ly/' WHERE id = 2",
        { link: 2, table: "capture" },
      ],
      ["a header", "UPDATE capture SET headers = '[]' WHERE id = 1", { link: 1, table: "capture" }],
      [
        "a version gone",
        "PRAGMA foreign_keys = off; DELETE FROM version WHERE id = 3; UPDATE article SET versions = 1, version_id = 1 WHERE id = 1",
        { link: 3, table: "version" },
      ],
      [
        "two versions that changed places",
        "PRAGMA foreign_keys = off; UPDATE version SET id = -1 WHERE id = 1; UPDATE version SET id = 1 WHERE id = 3; UPDATE version SET id = 3 WHERE id = -1",
        { link: 1, table: "version" },
      ],
      [
        "versions numbered the other way round",
        "UPDATE version SET number = -number WHERE article_id = 1; UPDATE version SET number = 3 + number WHERE article_id = 1",
        { link: null, table: "version", detail: "versions 1 and 2 of a1 have changed places" },
      ],
      [
        "a version numbered higher",
        "UPDATE version SET number = 5 WHERE id = 3",
        { link: null, table: "version" },
      ],
      [
        "a version slipped in",
        "INSERT INTO version SELECT NULL, 2, 2, capture_id, run_id, captured_at, content, text, near, published, program, rule, changed, title, subtitle, category, excerpt, word_count, details, body, extraction FROM version WHERE id = 2; UPDATE article SET versions = 2 WHERE id = 2",
        { link: null, table: "version", detail: "version 4 is bound by no link" },
      ],
      [
        "a takedown that never was",
        "DELETE FROM change WHERE kind = 'takedown'",
        { link: 4, table: "change" },
      ],
      [
        "a run's counters",
        "UPDATE run SET counters = '{}' WHERE id = 1",
        { link: 5, runId: 1, seq: 5, table: "run" },
      ],
      [
        "a run's head",
        "UPDATE run SET chain_links = 2 WHERE id = 1",
        { link: null, runId: 1, table: "run" },
      ],
      ["a link gone", "DELETE FROM link WHERE id = 3", { link: null, detail: "link 3 is missing" }],
      [
        "a link written anew with its row",
        "UPDATE link SET hash = zeroblob(32) WHERE id = 2",
        { link: 2, table: null, detail: "its hash does not follow from the link before it" },
      ],
      [
        "links numbered anew",
        "UPDATE link SET seq = 9 WHERE id = 2",
        { link: 2, detail: "its number within the run is wrong" },
      ],
    ])("finds %s changed", async (_, sql, expected) => {
      await fill();
      expect((await store.verifyChain()).broken).toBeNull();
      tamper(sql);
      expect((await store.verifyChain()).broken).toMatchObject(expected);
    });
  });
}
