import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import {
  beginningOf,
  pack,
  packBlock,
  planBlocks,
  sketchOf,
  unpack,
  unpackBlock,
} from "../../src/codec/index.ts";

const page = Buffer.from("<p>أعيان مصراتة</p>".repeat(500));

test.each([
  ["a page", page],
  ["nothing", Buffer.alloc(0)],
  ["one byte", Buffer.from([0])],
  [
    "bytes that do not shrink",
    Buffer.from(Array.from({ length: 999 }, (_, at) => (at * 7919) >> 3)),
  ],
  ["every byte value", Buffer.from(Array.from({ length: 256 }, (_, at) => at))],
  ["a slice of a larger buffer", page.subarray(100, 5000)],
])("%s comes back exactly", (_, bytes) => {
  const packed = pack(bytes);
  expect(Buffer.from(unpack(packed))).toEqual(Buffer.from(bytes));
  expect(packed.unpackedBytes).toBe(bytes.length);
  expect(packed.bytes.length).toBeLessThanOrEqual(bytes.length);
});

test("the digest is of the bytes themselves, and packing repeats", () => {
  expect(pack(Buffer.from("abc")).digest).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
  expect(pack(page)).toEqual(pack(page));
  expect(pack(page).bytes.length).toBeLessThan(page.length / 10);
});

test("bodies packed by gzip are read too", () => {
  const { digest, unpackedBytes } = pack(page);
  const packed = { codec: "gzip", bytes: gzipSync(page), digest, unpackedBytes } as const;
  expect(Buffer.from(unpack(packed))).toEqual(page);
});

test("blocks of any window are read, those of before as well", () => {
  const bodies = Array.from({ length: 40 }, (_, at) => Buffer.from(`${at} ${page}`));
  const whole = Buffer.concat(bodies);
  const params = { [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_QUALITY]: 4 };
  const bytes = brotliCompressSync(whole, { params });
  const before = { codec: "brotli", bytes, unpackedBytes: whole.length } as const;
  expect(unpackBlock(before)).toEqual(whole);
  expect(unpackBlock(packBlock(bodies))).toEqual(whole);
});

/** Numbers one after the other pack badly: a page of which no beginning packs better than its end. */
const boxes = Buffer.from(
  Array.from({ length: 9_000 }, (_, at) => `<div class="c${at * 7919}">`).join(""),
);

test.each([
  ["a page by itself", pack(boxes)],
  ["one packed by gzip", { ...pack(boxes), codec: "gzip" as const, bytes: gzipSync(boxes) }],
  ["one that is kept as it is", { ...pack(boxes), codec: "identity" as const, bytes: boxes }],
])("of %s the beginning tells what it is like", (_, packed) => {
  const beginning = beginningOf(packed);
  expect(Buffer.compare(beginning, boxes.subarray(0, beginning.byteLength))).toBe(0);
  expect(sketchOf(beginning)).toEqual(sketchOf(boxes));
});

test.each([
  ["nothing", pack(Buffer.alloc(0))],
  ["noise said to be brotli", { ...pack(page), bytes: boxes.subarray(0, 500) }],
])("of %s there is no beginning", (_, packed) => {
  expect(beginningOf(packed).byteLength).toBe(0);
});

test("pages of one template stand in blocks of their own, whatever order they came in", () => {
  const TEMPLATES = 4;
  const pages = Array.from({ length: 120 }, (_, at) => {
    const classes = Array.from({ length: 60 }, (_, box) => (at % TEMPLATES) * 1_000 + box);
    return Buffer.from(
      classes
        .map((name) => `<div class="box-${name}">`)
        .join("")
        .repeat(60),
    );
  });
  const plan = planBlocks(
    pages.map((body) => {
      const single = pack(body);
      const { unpackedBytes } = single;
      return { sketch: sketchOf(body), unpackedBytes, packedBytes: single.bytes.length };
    }),
  );
  const members = plan.flatMap((block) => block.members);
  expect([...members].sort((a, b) => a - b)).toEqual([...pages.keys()]);
  const changes = members.filter((member, at) => {
    return at > 0 && member % TEMPLATES !== (members[at - 1] as number) % TEMPLATES;
  });
  expect(changes.length).toBe(TEMPLATES - 1);
});

test.each([
  ["a flipped byte", { bytes: Buffer.from(pack(page).bytes).fill(7, 20, 21) }],
  ["a cut tail", { bytes: pack(page).bytes.subarray(0, -3) }],
  ["another page's digest", { digest: pack(Buffer.from("x")).digest }],
  ["a wrong length", { unpackedBytes: page.length + 1 }],
  ["more bytes than promised", { unpackedBytes: 10 }],
  ["identity with other bytes", { codec: "identity" as const }],
])("%s is noticed and the body named", (_, damage) => {
  const packed = { ...pack(page), ...damage };
  expect(() => unpack(packed)).toThrow(
    expect.objectContaining({
      code: "E_ARCHIVE_CORRUPT",
      message: expect.stringContaining(packed.digest),
    }),
  );
});
