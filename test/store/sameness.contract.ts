/** What every archive promises about copies: levels, clusters, and what must not be glued together. */
import { beforeEach, describe, expect, test } from "vitest";
import type { Article } from "../../src/model.ts";
import type { CopyGroup, SamenessLevel, Store } from "../../src/store/store.ts";
import { beginRun, DAY_MS, givenDate, givenPage, givenRead, NOW, visit } from "./given.ts";
import { givenText, givenWords } from "./given-text.ts";

/** @param openEmpty - opens a new archive; the backend closes and removes it after the test */
export function samenessContract(openEmpty: () => Promise<Store>): void {
  let store: Store;
  let runId: number;
  let published: number;
  beforeEach(async () => {
    store = await openEmpty();
    runId = await beginRun(store);
    published = NOW - DAY_MS;
  });

  interface Given extends Partial<Article> {
    readonly capture?: NonNullable<Parameters<typeof givenRead>[1]["capture"]>;
  }
  /** Published a minute after the one before, unless said otherwise; read now. */
  const read = async (url: string, given: Given, at = NOW): Promise<string> => {
    published += 60_000;
    const { capture = {}, ...fields } = given;
    const article = {
      ...{ published: givenDate(new Date(published).toISOString()), wordCount: 200 },
      ...{ title: url, ...fields },
    };
    const settled = await visit(
      store,
      givenPage(url),
      givenRead(url, { runId, at, article, capture }),
    );
    return settled.articleId ?? "";
  };
  const groups = async (level: SamenessLevel, siteIds?: readonly string[]) => {
    const found: CopyGroup[] = [];
    const filter = siteIds === undefined ? {} : { siteIds };
    for await (const group of store.duplicates(filter, level)) found.push(group);
    return found;
  };
  const membersOf = (group: CopyGroup | null | undefined) =>
    group?.copies.map(({ record, relation }) => `${record.id} ${relation}`);
  const clusterOf = async (id: string) => (await store.article(id))?.cluster;
  const changed = (words: readonly string[], places: readonly number[]) =>
    words.map((word, at) => (places.includes(at) ? `${word}غير` : word)).join(" ");

  const STORY = givenText(1, 200);

  describe("near copies", () => {
    test("of one story make a cluster: who was first, and how much of the shorter is in the longer", async () => {
      const other = await read("https://x.ly/other", { body: givenText(2, 200) });
      const first = await read("https://a.ly/1", { body: STORY });
      const longer = await read("https://b.ly/1", { body: `${STORY} ${givenText(3, 50)}` });
      const shorter = await read("https://c.ly/1", { body: STORY.slice(0, STORY.length / 2) });
      const [group, ...more] = await groups("near");
      expect(more).toEqual([]);
      expect(group).toMatchObject({ id: "c1", level: "near" });
      expect(membersOf(group)).toEqual([`${first} first`, `${longer} near`, `${shorter} near`]);
      expect(group?.copies[1]).toMatchObject({ of: first, containment: 1 });
      expect(group?.copies[1]?.similarity).toBeCloseTo(0.8, 1);
      expect(group?.copies[2]?.similarity).toBeCloseTo(0.5, 1);
      expect([await clusterOf(first), await clusterOf(other)]).toEqual(["c1", null]);
      for (const name of [first, longer, "https://c.ly/1", "c1", "C1"]) {
        expect((await store.copiesOf(name))?.id).toBe("c1");
      }
      expect(membersOf(await store.copiesOf(other))).toEqual([`${other} first`]);
      expect([await store.copiesOf("a99"), await store.copiesOf("c2")]).toEqual([null, null]);
    });

    test("are found in whatever order they come, and told apart by strength", async () => {
      const part = await read("https://a.ly/1", {
        body: STORY.slice(0, STORY.length / 2),
        published: givenDate("2024-05-01T09:00:00Z"),
      });
      const [long, title] = [`${STORY} ${givenText(3, 20)}`, "عنوان واحد"];
      const whole = await read("https://b.ly/1", { body: long, title });
      const twin = await read("https://c.ly/1", { body: long.replaceAll(/ال/gu, "الـ"), title });
      const sent = { body: Buffer.from("<p>the same bytes</p>") };
      const bytes = await read("https://d.ly/1", { body: long, title, capture: sent });
      const again = await read("https://e.ly/1", { body: long, title, capture: sent });
      const [group] = await groups("near");
      expect(membersOf(group)).toEqual([
        ...[`${whole} first`, `${twin} text`, `${bytes} text`, `${again} text`, `${part} near`],
      ]);
      expect((await groups("exact")).map(membersOf)).toEqual([
        [`${whole} first`, `${twin} text`, `${bytes} text`, `${again} text`],
      ]);
      expect((await groups("bytes")).map(membersOf)).toEqual([
        [`${bytes} first`, `${again} bytes`],
      ]);
      expect((await store.article(twin))?.duplicateOf).toBe(whole);
    });

    test("are listed whole when one of them is asked for", async () => {
      await read("https://a.ly/1", { body: STORY });
      await read("https://b.ly/1", { body: `${STORY} ${givenText(3, 20)}` });
      await read("https://c.ly/2", { body: givenText(4, 90) });
      await read("https://d.ly/2", { body: `${givenText(4, 90)} ${givenText(5, 9)}` });
      expect((await groups("near", ["b"])).map(({ id }) => id)).toEqual(["c1"]);
      expect((await groups("near", ["d", "c"])).map(({ id }) => id)).toEqual(["c2"]);
      expect(await groups("near", ["e"])).toEqual([]);
    });

    test("a text that names its source was not first, however early its date", async () => {
      const originalSource = { name: "وال", url: null };
      const copy = await read("https://a.ly/1", { body: STORY, originalSource, title: "نسخة" });
      const first = await read("https://b.ly/1", { body: STORY, title: "أصل" });
      expect(membersOf(await store.copiesOf(copy))).toEqual([`${first} first`, `${copy} near`]);
    });
  });

  describe("clusters", () => {
    const words = givenWords(11, 300);
    const BETWEEN = [20, 60, 100, 140, 180];
    const FAR = [...BETWEEN, 210, 230, 250, 270, 290];

    test("that turn out to be one story go on under the older number, and the younger leads there", async () => {
      await read("https://a.ly/1", { body: words.join(" ") });
      await read("https://b.ly/1", { body: words.join(" "), title: "b" });
      await read("https://c.ly/1", { body: changed(words, FAR) });
      await read("https://d.ly/1", { body: changed(words, FAR), title: "d" });
      expect((await groups("near")).map(({ id }) => id)).toEqual(["c1", "c2"]);
      await read("https://e.ly/1", { body: changed(words, BETWEEN) });
      const [group, ...more] = await groups("near");
      expect([group?.id, group?.copies.length, more]).toEqual(["c1", 5, []]);
      expect((await store.copiesOf("c2"))?.id).toBe("c1");
    });

    test("lose an article whose new version is no copy, and their number is not given again", async () => {
      const first = await read("https://a.ly/1", { body: STORY });
      const copy = await read("https://b.ly/1", { body: STORY, title: "b" });
      await read("https://b.ly/1", { body: givenText(7, 200), title: "b" }, NOW + 1);
      expect([await clusterOf(first), await clusterOf(copy)]).toEqual([null, null]);
      expect(await store.copiesOf("c1")).toBeNull();
      await read("https://b.ly/1", { body: STORY, title: "b" }, NOW + 2);
      expect([await clusterOf(first), await clusterOf(copy)]).toEqual(["c2", "c2"]);
    });

    test("gain an article whose new version is a copy, also of what came after it", async () => {
      const late = await read("https://a.ly/1", { body: givenText(8, 200) });
      const first = await read("https://b.ly/1", { body: STORY });
      await read("https://a.ly/1", { body: `${STORY} ${givenText(3, 20)}`, title: "a" }, NOW + 1);
      expect([await clusterOf(late), await clusterOf(first)]).toEqual(["c1", "c1"]);
    });

    test("duplicate_of follows the newest version's text", async () => {
      const first = await read("https://a.ly/1", { body: STORY, title: "واحد" });
      const copy = await read("https://b.ly/1", { body: STORY, title: "واحد" });
      const duplicateOf = async () => (await store.article(copy))?.duplicateOf;
      expect(await duplicateOf()).toBe(first);
      await read("https://b.ly/1", { body: `${STORY} زيادة`, title: "واحد" }, NOW + 1);
      expect(await duplicateOf()).toBeNull();
      await read("https://b.ly/1", { body: STORY, title: "واحِد" }, NOW + 2);
      expect(await duplicateOf()).toBe(first);
    });
  });

  describe("what must not be glued together", () => {
    test("short news of one site under one long footer", async () => {
      const footer = givenText(50, 90);
      for (let number = 0; number < 30; number++) {
        await read(`https://a.ly/${number}`, { body: `${givenText(100 + number, 8)} ${footer}` });
      }
      expect(await groups("near")).toEqual([]);
    });

    test("a footer with a line of its own before it, once it is known", async () => {
      const footer = givenText(50, 120);
      for (let number = 0; number < 30; number++) {
        const body = `${givenText(51, 9)} ${givenText(100 + number, 8)} ${footer}`;
        await read(`https://a.ly/${number}`, { body });
      }
      const [group] = await groups("near");
      expect(group?.copies.length).toBeLessThan(20);
    });

    test("but a copy is found under two outlets' footers, which many articles end with", async () => {
      const [ours, theirs] = [givenText(50, 40), givenText(51, 60)];
      for (let number = 0; number < 20; number++) {
        await read(`https://a.ly/${number}`, { body: `${givenText(100 + number, 80)} ${ours}` });
        await read(`https://b.ly/${number}`, { body: `${givenText(300 + number, 80)} ${theirs}` });
      }
      const first = await read("https://a.ly/story", { body: `${givenText(1, 150)} ${ours}` });
      const copy = await read("https://b.ly/story", { body: `${givenText(1, 150)} ${theirs}` });
      expect(membersOf(await store.copiesOf(copy))).toEqual([`${first} first`, `${copy} near`]);
      expect(await groups("near")).toHaveLength(1);
    });

    test("a daily notice with other figures, though outlets share each day's", async () => {
      const notice = (day: number) =>
        `${givenText(60, 40)} ${10 + day} ${givenText(61, 40)} ${400 + day} ${givenText(62, 40)}`;
      for (let day = 0; day < 5; day++) {
        const date = givenDate(new Date(NOW + day * DAY_MS).toISOString());
        for (const site of ["a", "b"]) {
          const at = NOW + day * DAY_MS;
          const fields = { body: notice(day), published: date, title: `${site} ${day}` };
          await read(`https://${site}.ly/${day}`, fields, at);
        }
      }
      const sizes = (await groups("near")).map(({ copies }) => copies.length);
      expect(sizes).toEqual([2, 2, 2, 2, 2]);
    });

    test("the stories of a round-up, which is listed beside each instead", async () => {
      const stories = [1, 2, 3].map((seed) => givenText(seed, 60));
      const ids: string[] = [];
      for (const [at, body] of stories.entries())
        ids.push(await read(`https://a.ly/${at}`, { body }));
      const roundUp = await read("https://b.ly/all", {
        body: stories.join("\n\n"),
        wordCount: 600,
      });
      expect((await groups("near")).map(membersOf)).toEqual(
        ids.map((id) => [`${roundUp} first`, `${id} part`]),
      );
      expect(await clusterOf(roundUp)).toBeNull();
    });
  });

  describe("other addresses of an article", () => {
    test("are its copies by URL, with how they led to it", async () => {
      const url = "https://a.ly/2024/story";
      const id = await read(url, { body: STORY, canonicalUrl: url });
      const moved = {
        finalUrl: url,
        redirects: [{ url: "https://a.ly/?p=7", status: 301, location: url }],
      };
      await read("https://a.ly/?p=7", { body: STORY, capture: moved });
      await read("https://a.ly/politics/story", { body: STORY, canonicalUrl: url });
      const [group, ...more] = await groups("url");
      expect(more).toEqual([]);
      expect(group?.copies.map((copy) => [copy.url, copy.relation, copy.of])).toEqual([
        [url, "first", null],
        ["https://a.ly/?p=7", "redirect", id],
        ["https://a.ly/politics/story", "address", id],
      ]);
    });
  });
}
