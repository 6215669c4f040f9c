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
const BIG = record({ block: http(Buffer.alloc(2 ** 20, "x")) });
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
/** As long as bytes are: counted in letters it ends in the middle of the page. */
const LETTERS = { block: COUNTED, length: COUNTED.toString().length };
const UNCOUNTED = { block: http(), length: http().toString().length };
const IN_LINES = http(page("خبر").replace("<h1>", "\n<h1>"), [
  `Content-Length: ${Buffer.byteLength(page("خبر")) + 1}`,
]);
/** Where a line of the page ends. */
const MIDDLE = IN_LINES.indexOf("\n<h1>");
const bare = (bytes: Buffer): Buffer => Buffer.from(bytes.toString().replaceAll("\r\n", "\n"));
const TALL = "http://dead.example/the-format-WARC/1.0";
const sha1 = (bytes: Uint8Array | string): string => `sha1:${hash("sha1", bytes)}`;
const DRAFT = Buffer.from(ONE.toString().replace("WARC/1.0", "WARC/0.18"));

function digested(algorithm: string, encoding: "hex" | "base32" = "hex"): Buffer {
  const digest = hash(algorithm, http(), "buffer");
  const value = encoding === "hex" ? digest.toString("hex") : base32(digest);
  return record({ fields: [`WARC-Block-Digest: ${algorithm}:${value}`] });
}

/** So long that its block ends where a line of the next record's page does. */
const OVER = overlong(record({ block: IN_LINES, length: 1_000 }));

function overlong(first: Buffer): Buffer {
  const behind = first.length - first.indexOf("HTTP/1.1");
  const length = behind + record({ block: IN_LINES }).indexOf("\n<h1>");
  return record({ block: IN_LINES, length });
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
    "lengths in letters and bare newlines",
    Buffer.concat([bare(record(LETTERS)), bare(record(LETTERS)), TWO]),
    [
      `response@0 ${bare(COUNTED).length}`,
      `response@${bare(record(LETTERS)).length} ${bare(COUNTED).length}`,
      `response@${2 * bare(record(LETTERS)).length} ${HTTP2}`,
    ],
  ],
  [
    "a length in letters, where HTTP says nothing of it",
    Buffer.concat([record(UNCOUNTED), TWO]),
    [`response@0 ${HTTP}`, `response@${record(UNCOUNTED).length} ${HTTP2}`],
  ],
  [
    "a length that is too small and ends at a line's end",
    Buffer.concat([record({ block: IN_LINES, length: MIDDLE }), TWO]),
    [
      `response@0 ${IN_LINES.length}`,
      `response@${record({ block: IN_LINES, length: MIDDLE }).length} ${HTTP2}`,
    ],
  ],
  [
    "a length that is too small and ends at a line's end, where HTTP says nothing of it",
    Buffer.concat([record({ block: http("<p>one\r\n<p>two"), length: 65 }), TWO]),
    [
      "damage@0: the response record of http://dead.example/2014/a: its length is wrong",
      `response@${record({ block: http("<p>one\r\n<p>two"), length: 65 }).length} ${HTTP2}`,
    ],
  ],
  [
    "a length that is too small and ends at a blank line",
    Buffer.concat([record({ block: http("<p>one\r\n\r\n<p>two"), length: 65 }), TWO]),
    [
      "damage@0: the response record of http://dead.example/2014/a: its length is wrong",
      `response@${record({ block: http("<p>one\r\n\r\n<p>two"), length: 65 }).length} ${HTTP2}`,
    ],
  ],
  [
    "a length that ends at a line's end of the next record",
    Buffer.concat([OVER, record({ block: IN_LINES }), TWO]),
    [
      `response@0 ${IN_LINES.length}`,
      `response@${OVER.length} ${IN_LINES.length}`,
      `response@${OVER.length + record({ block: IN_LINES }).length} ${HTTP2}`,
    ],
  ],
  [
    "a length that is larger than memory",
    Buffer.concat([record({ length: 17 * 2 ** 20 }), TWO, ONE]),
    [
      "damage@0: the response record of http://dead.example/2014/a: its length is wrong",
      `response@${record({ length: 17 * 2 ** 20 }).length} ${HTTP2}`,
      `response@${record({ length: 17 * 2 ** 20 }).length + TWO.length} ${HTTP}`,
    ],
  ],
  [
    "a length that is larger than memory, where HTTP says it in bytes",
    Buffer.concat([record({ block: COUNTED, length: 99_999_999 }), TWO]),
    [
      `response@0 ${COUNTED.length}`,
      `response@${record({ block: COUNTED, length: 99_999_999 }).length} ${HTTP2}`,
    ],
  ],
  [
    "zeros behind the last record",
    Buffer.concat([ONE, Buffer.alloc(600)]),
    [`response@0 ${HTTP}`, `damage@${ONE.length}: no WARC record begins here`],
  ],
  [
    "a file that ends in the first line of a record",
    Buffer.concat([ONE, TWO.subarray(0, 7)]),
    [`response@0 ${HTTP}`, `damage@${ONE.length}: no WARC record begins here`],
  ],
  [
    "an address that ends as a record begins",
    Buffer.concat([record({ url: TALL }), TWO]),
    [`response@0 ${HTTP}`, `response@${record({ url: TALL }).length} ${HTTP2}`],
  ],
  [
    "a head that was cut short behind an address that ends as a record begins",
    Buffer.concat([record({ url: TALL }).subarray(0, 90), TWO]),
    ["damage@0: the head of the record is cut short", `response@90 ${HTTP2}`],
  ],
  [
    "a mark and blank lines before the first record",
    Buffer.concat([Buffer.from("\uFEFF\r\n\n"), ONE, TWO]),
    [`response@6 ${HTTP}`, `response@${ONE.length + 6} ${HTTP2}`],
  ],
  [
    "the last member cut short in its trailer",
    Buffer.concat([G1, G2.subarray(0, -3)]),
    [
      `response@0 ${HTTP}`,
      `response@${G1.length} ${HTTP2}`,
      `damage@${G1.length}: the gzip member is cut short`,
    ],
  ],
  [
    "a member cut short in its trailer, and others put behind it",
    Buffer.concat([G1.subarray(0, -3), G2, G1]),
    [
      `response@0 ${HTTP}`,
      "damage@0: the gzip member does not match its checksum",
      `response@${G1.length - 3} ${HTTP2}`,
      `response@${G1.length + G2.length - 3} ${HTTP}`,
    ],
  ],
  ...[4, 8, 9].map(
    (bytes) =>
      [
        `a file packed at once and cut by ${bytes} bytes`,
        gzipSync(Buffer.concat([ONE, TWO])).subarray(0, -bytes),
        [`response@0 ${HTTP}`, `response@0 ${HTTP2}`, "damage@0: the gzip member is cut short"],
      ] as const,
  ),
  [
    "a record without its length, cut short with its member",
    gzipSync(record({ length: null })).subarray(0, -20),
    ["damage@0: the gzip member is cut short"],
  ],
  [
    "a file packed at once whose checksum is wrong, where a record has a digest",
    flipped(gzipSync(Buffer.concat([flipped(digested("sha1"), -300), TWO, digested("md5")])), -6),
    [
      "damage@0: the response record of http://dead.example/2014/a does not match its digests",
      "damage@0: the response record of http://dead.example/2 has no digest",
      `response@0 ${HTTP}`,
      "damage@0: the gzip member does not match its checksum",
    ],
  ],
  [
    "a file packed at once whose checksum is wrong, without digests",
    flipped(gzipSync(Buffer.concat([ONE, TWO])), -6),
    [
      "damage@0: the response record of http://dead.example/1 has no digest",
      "damage@0: the gzip member does not match its checksum",
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

test.each(["", "\uFEFF", "\r\n", "\uFEFF\n\n"])(
  "a plain file that is named as a packed one may begin with %j",
  async (first) => {
    const bytes = Buffer.concat([Buffer.from(first), ONE, TWO]);
    const items = (await itemsOf(bytes, 3, { isPacked: true })).map(inShort);
    const at = Buffer.byteLength(first);
    expect(items).toEqual([`response@${at} ${HTTP}`, `response@${at + ONE.length} ${HTTP2}`]);
  },
);

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

test("a damaged member behind a film is named", async () => {
  const film = gzipSync(
    record({ block: http(Buffer.alloc(17 * 2 ** 20, 7), ["Content-Type: video/mp4"]) }),
  );
  const items = (await itemsOf(Buffer.concat([film, flipped(G1, 60), G2]), 1 << 20)).map(inShort);
  expect(items).toEqual([
    `response@0 ${64 * 1024}`,
    expect.stringContaining(`damage@${film.length}: the gzip member`),
    `response@${film.length + G1.length} ${HTTP2}`,
  ]);
});

test("a length that is larger than memory takes no pages of a large file", async () => {
  const many = Buffer.concat(Array.from({ length: 20 }, () => BIG));
  const bytes = Buffer.concat([record({ length: 20 * 2 ** 20 }), many]);
  const items = await itemsOf(bytes, 1 << 20);
  expect(items.map(({ kind }) => kind)).toEqual([
    "damage",
    ...Array.from({ length: 20 }, () => "record"),
  ]);
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
  ["too short to be one", ["WARC-Block-Digest: sha1:abcdef"]],
  ["in base 64", ["WARC-Block-Digest: sha1:qUiQTyxPRpuPgZdpSzAYSuqucHh="]],
  [
    "of the whole that it is a part of",
    [`WARC-Payload-Digest: ${sha1("x")}`, "WARC-Truncated: length"],
  ],
  [
    "of the whole that it is a segment of",
    [`WARC-Payload-Digest: ${sha1("x")}`, "WARC-Segment-Number: 1"],
  ],
])("a digest %s doubts nothing that is whole", async (_, fields) => {
  expect((await itemsOf(record({ fields }))).map(inShort)).toEqual([`response@0 ${HTTP}`]);
});

test.each([
  ["the page, which is packed", http(gzipSync(HTML), ["Content-Encoding: gzip"]), sha1(HTML)],
  ["the packed page, which is not", http(HTML, ["Content-Encoding: gzip"]), sha1(gzipSync(HTML))],
  ["the chunks, which are none", http(HTML, ["Transfer-Encoding: chunked"]), sha1(chunked(HTML))],
])("a payload digest of %s, doubts nothing", async (_, block, digest) => {
  const fields = [`WARC-Payload-Digest: ${digest}`];
  const items = (await itemsOf(record({ block, fields }))).map(inShort);
  expect(items).toEqual([`response@0 ${block.length}`]);
});

test.each([
  ["the page, packed", http(gzipSync(HTML), ["Content-Encoding: gzip"]), sha1(HTML)],
  ["the page, in chunks", http(chunked(HTML), ["Transfer-Encoding: chunked"]), sha1(chunked(HTML))],
  ["the page in Brotli", http(brotli(HTML), ["Content-Encoding: br"]), sha1(brotli(HTML))],
])("a flipped byte in what the digest is of is found: %s", async (_, block, digest) => {
  const bytes = record({ block, fields: [`WARC-Payload-Digest: ${digest}`] });
  const items = await itemsOf(flipped(bytes, -100));
  expect(items.map(({ kind }) => kind)).toEqual(["damage"]);
});

test.each([1, 2, 4])(
  "a length that counts %d bytes of line ends fits its digest, and gives none of them",
  async (more) => {
    for (const digest of [
      `WARC-Block-Digest: ${sha1(http())}`,
      `WARC-Payload-Digest: ${sha1(HTML)}`,
    ]) {
      const first = record({ length: HTTP + more, fields: [digest] });
      const items = (await itemsOf(Buffer.concat([first, TWO]))).map(inShort);
      expect(items).toEqual([`response@0 ${HTTP}`, `response@${first.length} ${HTTP2}`]);
    }
  },
);

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

test.each([
  ["too small", (size: number) => (size - 2).toString(16)],
  ["too large", (size: number) => (size + 2).toString(16)],
  ["no number", () => "zz"],
])("a chunk's size that is %s costs nothing of the page", (_, told) => {
  const bytes = chunked(HTML, 300);
  const second = 300 + 7;
  const wrong = Buffer.concat([
    ...[bytes.subarray(0, second), Buffer.from(told(300).padStart(3, "0"))],
    bytes.subarray(second + 3),
  ]);
  const head = readHttpHead(http(wrong, ["Transfer-Encoding: chunked"]));
  const body = head === null ? null : readHttpBody(head, 1 << 20);
  expect(body?.kind === "body" ? body.body.length : body).toBe(wrong.length);
});

test("a body that would become far more than it is, is refused", () => {
  const block = http(gzipSync(Buffer.alloc(20 << 20)), ["Content-Encoding: gzip"]);
  const head = readHttpHead(block);
  expect(head === null ? null : readHttpBody(head, 10 << 20)).toEqual({
    kind: "too-large",
    isBomb: true,
  });
});

/** At each byte: as a head, as a block by its length and to the next, as text for its letters, as damage. */
const MOST_LOOKS = 8;

/**
 * What reading costs grows with the file and no faster, however wrong its lengths: counted are the bytes that
 * are searched, made text or joined.
 */
test.each([
  [
    "lengths in letters",
    (nth: number) => record({ ...LETTERS, url: `http://dead.example/${nth}` }),
  ],
  ["lengths in letters, bare newlines", () => bare(record(LETTERS))],
  ["lengths in letters that nothing else says", () => record(UNCOUNTED)],
  ["lengths that are too small", () => record({ length: 100 })],
  ["lengths that are too small, bare newlines", () => bare(record({ length: 100 }))],
  ["lengths that are too large", () => record({ length: 99_000 })],
  ["lengths that are larger than memory", () => record({ length: 99_000_000 })],
  ["no lengths, bare newlines", () => bare(record({ length: null }))],
  ["no line ends between records", () => record({ length: 100 }).subarray(0, -4)],
  ["nothing but first lines", () => Buffer.from("WARC/1.0\r\n".repeat(60))],
])("reading a file four times as long costs at most four times as much: %s", async (_, made) => {
  const costs: number[] = [];
  let fileBytes = 0;
  for (const records of [500, 2_000]) {
    const bytes = Buffer.concat(Array.from({ length: records }, (_record, nth) => made(nth)));
    fileBytes = bytes.length;
    costs.push(await bytesLookedAt(() => itemsOf(bytes, 64 * 2 ** 10)));
  }
  const [small = 0, large = 0] = costs;
  expect(small).toBeGreaterThan(500 * 500);
  expect(large / small).toBeLessThan(4 * 1.1);
  expect(large / fileBytes).toBeLessThan(MOST_LOOKS);
});

/** Of a buffer that is searched up to where it is found, or to its end. */
async function bytesLookedAt(work: () => Promise<unknown>): Promise<number> {
  const { indexOf, toString: textOf } = Buffer.prototype;
  const { concat } = Buffer;
  let bytes = 0;
  Buffer.prototype.indexOf = function (this: Buffer, ...given: Parameters<Buffer["indexOf"]>) {
    const from = typeof given[1] === "number" ? given[1] : 0;
    const found = indexOf.apply(this, given);
    bytes += (found < 0 ? this.length : found) - from;
    return found;
  } as Buffer["indexOf"];
  Buffer.prototype.toString = function (this: Buffer, ...given: Parameters<Buffer["toString"]>) {
    const text = textOf.apply(this, given);
    bytes += text.length;
    return text;
  };
  Buffer.concat = (...given) => {
    const joined = concat(...given);
    bytes += joined.length;
    return joined;
  };
  try {
    await work();
  } finally {
    Object.assign(Buffer.prototype, { indexOf, toString: textOf });
    Buffer.concat = concat;
  }
  return bytes;
}

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
