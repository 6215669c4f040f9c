/**
 * The ceiling of an import as a whole process: `node extract-alone.mjs pages.bin how most` reads pages from
 * a plain file, extracts them, packs them ("singly" or "blocks") and keeps nothing. It starts as cold as an
 * import does, with V8 set as wherever the program reads many pages (process/pool.ts).
 */
import { closeSync, openSync, readSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** Pages read and packed at once: as many as an import stores at once. */
const GROUP = 256;
const HEADERS = [["content-type", "text/html; charset=utf-8"]];

/** @yields {Buffer[]} groups of pages of a file in which each has its length before it */
export function* groupsOf(path, most) {
  const file = openSync(path, "r");
  const head = Buffer.alloc(4);
  let group = [];
  for (let read = 0; read < most && readSync(file, head) === head.length; read++) {
    const body = Buffer.from(new ArrayBuffer(head.readUInt32LE()));
    readSync(file, body);
    group.push(body);
    if (group.length < GROUP) continue;
    yield group;
    group = [];
  }
  closeSync(file);
  if (group.length > 0) yield group;
}

/** @returns a function that extracts a group of pages and packs them: the first is the `from`th of all */
export async function openCeiling(how, origin) {
  const { createPageReader } = await import("../../dist/process/page.js");
  const { loadThemes } = await import("../../dist/sites/index.js");
  const { packBlock, planBlocks, sketchOf } = await import("../../dist/codec/index.js");
  const read = createPageReader({ sites: [], themes: loadThemes() });
  const base = { fetchedAt: 1_400_000_000_000, headers: HEADERS, siteId: null, explain: false };
  return (bodies, from) => {
    for (const [index, body] of bodies.entries()) {
      const url = `${origin}/news/${from + index}-story`;
      read({ ...base, url, body, pack: how === "singly" ? true : "later" });
    }
    if (how === "singly") return;
    const plan = planBlocks(
      bodies.map((body) => ({
        ...{ sketch: sketchOf(body), unpackedBytes: body.length },
        packedBytes: body.length * 0.22,
      })),
    );
    for (const { members } of plan) packBlock(members.map((index) => bodies[index]));
  };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , path, how, most] = process.argv;
  const { compileWhenSettled } = await import("../../dist/process/compile.js");
  const { keepPagesYoung } = await import("../../dist/process/heap.js");
  keepPagesYoung();
  compileWhenSettled();
  const readAndPack = await openCeiling(how, "http://dead.example");
  let from = 0;
  for (const bodies of groupsOf(path, Number(most))) {
    readAndPack(bodies, from);
    from += bodies.length;
  }
}
