/** Reading WARC files: every shape crawlers leave, in pieces of any size, and what is broken named. */
import { hash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { instantOf, readHttpBody, readHttpHead } from "../../src/warc/index.ts";
import { brotli, chunked, http, inShort, itemsOf, packed, page, record } from "./given.ts";

const HTML = page("خبر");
const INFO = record({ type: "warcinfo", url: null, block: "software: x\r\n" });
const ONE = record({ url: "http://dead.example/1" });
const TWO = record({ url: "http://dead.example/2", block: http(page("ثان")) });
const HTTP = http().length;
const HTTP2 = http(page("ثان")).length;
const G1 = gzipSync(ONE);
const G2 = gzipSync(TWO);

/** Cut in the middle of its packed bytes: nothing can be unpacked to its end. */
const flipped = (bytes: Buffer, place = Math.floor(bytes.length / 2)): Buffer => {
  const copy = Buffer.from(bytes);
  const at = place < 0 ? bytes.length + place : place;
  copy[at] = (copy[at] ?? 0) ^ 0x55;
  return copy;
};

const COUNTED = http(page("خبر"), [`Content-Length: ${Buffer.byteLength(page("خبر"))}`]);
const DRAFT = Buffer.from(ONE.toString().replace("WARC/1.0", "WARC/0.18"));

function digested(algorithm: string, encoding: "hex" | "base32" = "hex"): Buffer {
  const digest = hash(algorithm, http(), "buffer");
  const value = encoding === "hex" ? digest.toString("hex") : base32(digest);
  return record({ fields: [`WARC-Block-Digest: ${algorithm}:${value}`] });
}

const FILES: readonly (readonly [name: string, bytes: Buffer, expected: readonly string[]])[] = [
  [
    "a plain file",
    Buffer.concat([INFO, ONE]),
    ["warcinfo@0 13", `response@${INFO.length} ${HTTP}`],
  ],
  [
    "one gzip member a record",
    packed(ONE, TWO),
    [`response@0 ${HTTP}`, `response@${G1.length} ${HTTP2}`],
  ],
  [
    "the whole file packed at once",
    gzipSync(Buffer.concat([ONE, TWO])),
    [`response@0 ${HTTP}`, `response@0 ${HTTP2}`],
  ],
  [
    "no blank lines between records",
    Buffer.concat([ONE.subarray(0, -4), TWO]),
    [`response@0 ${HTTP}`, `response@${ONE.length - 4} ${HTTP2}`],
  ],
  [
    "a record without its length",
    Buffer.concat([record({ length: null }), TWO]),
    [`response@0 ${HTTP}`, `response@${record({ length: null }).length} ${HTTP2}`],
  ],
  [
    "a packed record without its length",
    packed(record({ length: null }), TWO),
    [`response@0 ${HTTP}`, `response@${gzipSync(record({ length: null })).length} ${HTTP2}`],
  ],
  ["an empty file", Buffer.alloc(0), []],
  [
    "a head that the file ends in",
    Buffer.concat([ONE, TWO.subarray(0, 100)]),
    [`response@0 ${HTTP}`, `damage@${ONE.length}: no WARC record begins here`],
  ],
  [
    "the last record cut short",
    Buffer.concat([ONE, TWO.subarray(0, -500)]),
    [
      `response@0 ${HTTP}`,
      `damage@${ONE.length}: the response record of http://dead.example/2 is cut short`,
    ],
  ],
  [
    "the last member cut short",
    Buffer.concat([G1, G2.subarray(0, -20)]),
    [`response@0 ${HTTP}`, `damage@${G1.length}: the gzip member is cut short`],
  ],
  [
    "a member whose checksum is wrong",
    Buffer.concat([flipped(G1, G1.length - 6), G2]),
    ["damage@0: the gzip member does not match its checksum", `response@${G1.length} ${HTTP2}`],
  ],
  [
    "rubbish between members",
    Buffer.concat([G1, Buffer.from("\x1f\x8b\x08 rubbish \x1f\x8b\x08", "latin1"), G2]),
    [
      `response@0 ${HTTP}`,
      `damage@${G1.length}: no gzip member begins here`,
      `response@${G1.length + 15} ${HTTP2}`,
    ],
  ],
  [
    "rubbish between plain records",
    Buffer.concat([ONE, Buffer.from("rubbish\r\n"), TWO]),
    [
      `response@0 ${HTTP}`,
      `damage@${ONE.length}: no WARC record begins here`,
      `response@${ONE.length + 9} ${HTTP2}`,
    ],
  ],
  [
    "a length that is too small",
    Buffer.concat([record({ length: 20 }), TWO]),
    [
      "damage@0: the response record of http://dead.example/2014/a: its length is wrong",
      `response@${record({ length: 20 }).length} ${HTTP2}`,
    ],
  ],
  [
    "a length that is too large",
    Buffer.concat([record({ length: HTTP + 500 }), TWO, ONE]),
    [
      "damage@0: the response record of http://dead.example/2014/a: its length is wrong",
      `response@${record({ length: HTTP + 500 }).length} ${HTTP2}`,
      `response@${record({ length: HTTP + 500 }).length + TWO.length} ${HTTP}`,
    ],
  ],
  [
    "a length beyond the end of the file",
    Buffer.concat([record({ length: 900_000 }), TWO]),
    [
      "damage@0: the response record of http://dead.example/2014/a is cut short",
      `response@${record({ length: 900_000 }).length} ${HTTP2}`,
    ],
  ],
  [
    "a file that was cut short, and another put behind it",
    Buffer.concat([ONE, TWO.subarray(0, -500), Buffer.from("\r\n"), ONE, TWO]),
    [
      `response@0 ${HTTP}`,
      `damage@${ONE.length}: the response record of http://dead.example/2: its length is wrong`,
      `response@${ONE.length + TWO.length - 498} ${HTTP}`,
      `response@${2 * ONE.length + TWO.length - 498} ${HTTP2}`,
    ],
  ],
  [
    "a file that was cut short in a head, and another put right behind it",
    Buffer.concat([TWO, ONE.subarray(0, 150), TWO, ONE.subarray(0, 6), ONE]),
    [
      `response@0 ${HTTP2}`,
      `damage@${TWO.length}: the head of the record is cut short`,
      `response@${TWO.length + 150} ${HTTP2}`,
      `damage@${2 * TWO.length + 150}: the head of the record is cut short`,
      `response@${2 * TWO.length + 156} ${HTTP}`,
    ],
  ],
  [
    "a length in letters, where HTTP says it in bytes",
    Buffer.concat([record({ block: COUNTED, length: COUNTED.toString().length }), TWO]),
    [
      `response@0 ${COUNTED.length}`,
      `response@${record({ block: COUNTED, length: COUNTED.toString().length }).length} ${HTTP2}`,
    ],
  ],
  [
    "a draft version, after rubbish",
    Buffer.concat([ONE, Buffer.from("rubbish\r\n"), DRAFT]),
    [
      `response@0 ${HTTP}`,
      `damage@${ONE.length}: no WARC record begins here`,
      `response@${ONE.length + 9} ${HTTP}`,
    ],
  ],
  [
    "a flipped byte, where the record has a digest",
    Buffer.concat([flipped(digested("sha1"), -300), TWO]),
    [
      "damage@0: the response record of http://dead.example/2014/a does not match its digests",
      `response@${digested("sha1").length} ${HTTP2}`,
    ],
  ],
];

describe.each([1, 7, 1_000, 1 << 20])("in pieces of %d bytes", (pieceBytes) => {
  test.each(FILES)("%s", async (_, bytes, expected) => {
    expect((await itemsOf(bytes, pieceBytes)).map(inShort)).toEqual(expected);
  });
});

test("lines may end in a bare newline", async () => {
  const block = http("<p>x", ["Content-Type: text/html"]).toString().replaceAll("\r\n", "\n");
  const bytes = record({ block }).toString().replaceAll("\r\n", "\n");
  const items = (await itemsOf(Buffer.from(bytes + bytes), 11)).map(inShort);
  expect(items).toEqual([`response@0 ${block.length}`, `response@${bytes.length} ${block.length}`]);
});

test("a member with damaged bytes is named, and the next is read", async () => {
  const items = (await itemsOf(Buffer.concat([G1, flipped(G2), G1]))).map(inShort);
  expect(items[0]).toBe(`response@0 ${HTTP}`);
  expect(items[1]).toMatch(new RegExp(`^damage@${G1.length}: the gzip member`, "u"));
  expect(items.slice(2)).toEqual([`response@${G1.length + G2.length} ${HTTP}`]);
});

test("a member that unpacks to a film is passed piece by piece, its beginning kept", async () => {
  const film = record({ block: http(Buffer.alloc(40 * 2 ** 20, 7), ["Content-Type: video/mp4"]) });
  const bomb = gzipSync(film);
  const before = process.memoryUsage().rss;
  const items = await itemsOf(Buffer.concat([G1, bomb, G2]), 1 << 20);
  expect(items.map(inShort)).toEqual([
    `response@0 ${HTTP}`,
    `response@${G1.length} ${64 * 1024}`,
    `response@${G1.length + bomb.length} ${HTTP2}`,
  ]);
  expect(items[1]).toMatchObject({ isWhole: false });
  expect(process.memoryUsage().rss - before).toBeLessThan(120 * 2 ** 20);
});

test("a large member that is cut short or damaged is named, and the next is read", async () => {
  const film = gzipSync(
    record({ block: http(randomBytes(20 * 2 ** 20), ["Content-Type: video/mp4"]) }),
    { level: 1 },
  );
  expect(
    (await itemsOf(Buffer.concat([G1, film.subarray(0, -999)]), 1 << 20)).map(inShort),
  ).toEqual([`response@0 ${HTTP}`, `damage@${G1.length}: the gzip member is cut short`]);
});

test.each([
  ["in base 32", [`WARC-Block-Digest: sha1:${base32(hash("sha1", http(), "buffer"))}`]],
  ["in hexadecimal digits", [`WARC-Block-Digest: sha256:${hash("sha256", http(), "hex")}`]],
  ["of an unknown kind", ["WARC-Block-Digest: blake3:abc"]],
  [
    "wrong for the block, right for the payload",
    ["WARC-Block-Digest: md5:00", `WARC-Payload-Digest: sha1:${hash("sha1", HTML)}`],
  ],
])("a digest %s doubts nothing that is whole", async (_, fields) => {
  expect((await itemsOf(record({ fields }))).map(inShort)).toEqual([`response@0 ${HTTP}`]);
});

test("a payload digest without the chunks is as good as one with them", async () => {
  const block = http(chunked(HTML), ["Transfer-Encoding: chunked"]);
  const fields = [`WARC-Payload-Digest: sha1:${hash("sha1", HTML)}`];
  const bytes = record({ block, fields });
  expect((await itemsOf(bytes)).map(inShort)).toEqual([`response@0 ${block.length}`]);
  const items = await itemsOf(flipped(bytes, -300));
  expect(items.map(({ kind }) => kind)).toEqual(["damage"]);
});

test("a flipped byte in a file that was packed as a whole is found by its checksum", async () => {
  const large = record({ block: http(randomBytes(20 * 2 ** 20), ["Content-Type: video/mp4"]) });
  const bytes = gzipSync(Buffer.concat([ONE, large, TWO]), { level: 0 });
  const items = await itemsOf(flipped(bytes, 10 * 2 ** 20), 1 << 20);
  expect(items.map(inShort).at(-1)).toMatch(/^damage@0: the gzip member does not match/u);
});

test.each([
  ["2014-03-05T10:20:30Z", "2014-03-05T10:20:30.000Z"],
  ["2014-03-05T10:20:30.123456789Z", "2014-03-05T10:20:30.123Z"],
  ["2014-03-05T10:20:30", "2014-03-05T10:20:30.000Z"],
  ["2014-03-05 10:20:30", "2014-03-05T10:20:30.000Z"],
  ["2014-03-05T12:20:30+02:00", "2014-03-05T10:20:30.000Z"],
  ["2014-03-05", "2014-03-05T00:00:00.000Z"],
  ["2014", "2014-01-01T00:00:00.000Z"],
  ["20140305102030", "2014-03-05T10:20:30.000Z"],
  ["Wed, 05 Mar 2014 10:20:30 GMT", "2014-03-05T10:20:30.000Z"],
  ["2014-13-05T10:20:30Z", null],
  ["5", null],
  ["yesterday 3", null],
])("the date %s is the instant %s, whatever the machine's zone", (told, instant) => {
  const at = instantOf(told);
  expect(at === null ? null : new Date(at).toISOString()).toBe(instant);
});

test("fields: any case, angle brackets, folded lines, the first of two", async () => {
  const bytes = record({
    url: "<http://dead.example/x>",
    fields: ["warc-CONCURRENT-to: <a>", "WARC-Concurrent-To: <b>", "X-Long: one", "\ttwo"],
  });
  const [item] = await itemsOf(bytes);
  if (item?.kind !== "record") throw new Error("no record");
  expect(item.head).toMatchObject({
    url: "http://dead.example/x",
    at: Date.parse("2014-03-05T10:20:30Z"),
  });
  expect(item.head.fields.get("warc-concurrent-to")).toBe("<a>");
  expect(item.head.fields.get("x-long")).toBe("one two");
});

test.each([
  ["as sent", http(HTML)],
  ["in chunks", http(chunked(HTML), ["Transfer-Encoding: chunked"])],
  [
    "in chunks of which the last is missing",
    http(chunked(HTML).subarray(0, -5), ["Transfer-Encoding: chunked"]),
  ],
  ["in gzip", http(gzipSync(HTML), ["Content-Encoding: gzip"])],
  [
    "in gzip in chunks",
    http(chunked(gzipSync(HTML)), ["Transfer-Encoding: chunked", "Content-Encoding: gzip"]),
  ],
  ["in brotli", http(brotli(HTML), ["Content-Encoding: br"])],
  ["labelled chunked, undone already", http(HTML, ["Transfer-Encoding: chunked"])],
  ["labelled gzip, undone already", http(HTML, ["Content-Encoding: gzip"])],
  ["labelled brotli, undone already", http(HTML, ["Content-Encoding: br"])],
  ["gzip without its trailer", http(gzipSync(HTML).subarray(0, -8), ["Content-Encoding: gzip"])],
  ["with a wrong Content-Length", http(HTML, ["Content-Length: 3"])],
])("the body %s is the page", (_, block) => {
  const head = readHttpHead(block);
  const body = head === null ? null : readHttpBody(head, 1 << 20);
  expect(body?.kind === "body" ? Buffer.from(body.body).toString() : body).toBe(HTML);
});

test("of chunks that break off, what came is the body, without their sizes", () => {
  const head = readHttpHead(
    http(chunked(HTML, 100).subarray(0, 1_000), ["Transfer-Encoding: chunked"]),
  );
  const body = head === null ? null : readHttpBody(head, 1 << 20);
  const text = body?.kind === "body" ? Buffer.from(body.body) : Buffer.alloc(0);
  expect(text.length).toBeGreaterThan(900);
  expect(Buffer.from(HTML).subarray(0, text.length).equals(text)).toBe(true);
});

test("a body that would become far more than it is, is refused", () => {
  const block = http(gzipSync(Buffer.alloc(20 << 20)), ["Content-Encoding: gzip"]);
  const head = readHttpHead(block);
  expect(head === null ? null : readHttpBody(head, 10 << 20)).toEqual({
    kind: "too-large",
    isBomb: true,
  });
});

function randomBytes(bytes: number): Buffer {
  const made = Buffer.alloc(bytes);
  for (let at = 0, seed = 1; at + 4 <= bytes; at += 4) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    made.writeUInt32LE(seed, at);
  }
  return made;
}

function base32(bytes: Buffer): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += letters[(held >> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + letters[(held << (5 - bits)) & 31] : text;
}
