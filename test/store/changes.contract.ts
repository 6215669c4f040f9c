/** What every archive promises of its record of changes. Each backend's test calls this once. */
import { beforeEach, describe, expect, test } from "vitest";
import type { Store, Visit } from "../../src/store/store.ts";
import { beginRun, givenDate, givenPage, givenRead, NOW, visit } from "./given.ts";

/** @param openEmpty - opens a new archive; the backend closes and removes it after the test */
export function changesContract(openEmpty: () => Promise<Store>): void {
  let store: Store;
  let runId: number;
  beforeEach(async () => {
    store = await openEmpty();
    runId = await beginRun(store);
  });
  const A = "https://a.ly/2024/04/30/first";
  const B = "https://b.ly/second";
  const read = (
    url: string,
    at: number,
    article: Parameters<typeof givenRead>[1]["article"] = {},
  ) => visit(store, givenPage(url), givenRead(url, { runId, at: NOW + at, article }));
  const gone = (url: string, at: number): Promise<unknown> => {
    const visited: Visit = { kind: "gone", status: 404, at: NOW + at, runId, nextAt: null };
    return visit(store, givenPage(url), visited);
  };
  const told = async (filter: Parameters<Store["changes"]>[0] = {}) =>
    (await store.changes(filter, { limit: 100 })).items.map(({ at, kind }) => [at - NOW, kind]);

  describe("changes", () => {
    test("a first version is none, an edit is one with its kind and what it was", async () => {
      const { articleId } = await read(A, 0);
      await read(A, 1);
      expect(await told()).toEqual([]);
      await read(A, 2, { title: "أعيان مصراتة يرفضون لقاء البلدية", authors: [] });
      expect((await store.changes({}, { limit: 9 })).items).toEqual([
        {
          articleId,
          siteId: "a",
          url: A,
          title: "أعيان مصراتة يرفضون لقاء البلدية",
          at: NOW + 2,
          kind: "headline",
          kinds: ["headline", "author"],
          summary: "title: «يلتقون وفد» → «يرفضون لقاء»; authors: «سالم الفيتوري» → –",
          version: 2,
          runId,
        },
      ]);
    });

    test("a takedown is one, once, and a return too", async () => {
      await read(A, 0);
      for (const at of [1, 2, 3]) await gone(A, at);
      await read(A, 4);
      expect(await told()).toEqual([
        [4, "return"],
        [2, "takedown"],
      ]);
      const [takedown] = await store.changesOf(A);
      expect(takedown).toMatchObject({ summary: "HTTP 404, 2 visits", version: null, runId });
    });

    test.each([
      ["all", {}],
      ["those of named sites", { siteIds: ["b", "a", "none", "a"] }],
    ])("%s come newest first, page by page, with neither gaps nor repeats", async (_, filter) => {
      await read(A, 0);
      await read(B, 0);
      for (let at = 1; at <= 5; at++) {
        await read(A, at, { title: `عنوان ${at}` });
        await read(B, at, { title: `آخر ${at}` });
      }
      const pages: number[][] = [];
      let cursor: string | null = null;
      do {
        const paging = { limit: 4, ...(cursor !== null && { cursor }) };
        const answer: Awaited<ReturnType<Store["changes"]>> = await store.changes(filter, paging);
        pages.push(answer.items.map(({ at }) => at - NOW));
        cursor = answer.next;
      } while (cursor !== null);
      expect(pages).toEqual([
        [5, 5, 4, 4],
        [3, 3, 2, 2],
        [1, 1],
      ]);
    });

    test("are filtered by site, kind and time", async () => {
      await read(A, 0);
      await read(B, 0);
      await read(A, 1, { title: "عنوان", body: "نص" });
      await read(B, 2, { published: givenDate("2024-04-28T10:00:00+02:00") });
      expect(await told({ siteIds: ["a"] })).toEqual([[1, "headline"]]);
      expect(await told({ siteIds: ["a", "b"] })).toHaveLength(2);
      expect(await told({ siteIds: [] })).toEqual([]);
      expect(await told({ kinds: ["date-only"] })).toEqual([[2, "date-only"]]);
      expect(await told({ kinds: ["removal"] })).toEqual([[1, "headline"]]);
      expect(await told({ from: NOW + 2 })).toEqual([[2, "date-only"]]);
      expect(await told({ to: NOW + 2 })).toEqual([[1, "headline"]]);
    });

    test("a date that is only told more exactly makes no version", async () => {
      const iso = "2024-05-01T10:00:00+02:00";
      const loose = { ...givenDate(iso), precision: "hour", raw: "منذ ساعتين" } as const;
      await read(A, 0, { published: loose });
      const told = givenDate("2024-05-01T09:12:00+02:00");
      expect((await read(A, 1, { published: told })).result).toBe("same");
      const other = givenDate("2024-04-29T09:12:00+02:00");
      expect((await read(A, 2, { published: other })).result).toBe("changed");
    });

    test("a cursor of something else is refused", async () => {
      await expect(store.changes({}, { limit: 1, cursor: "x" })).rejects.toThrow(/not a cursor/);
    });
  });
}
