import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { pack, unpack } from "../../src/codec/index.ts";

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
