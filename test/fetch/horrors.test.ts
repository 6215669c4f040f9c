/**
 * The server of horrors: everything a server can do to a crawler, on loopback. Each test names what
 * the fetcher promises; where a promise is about the server, the server's own log is the proof.
 */

import type { lookup as dnsLookup } from "node:dns";
import { once } from "node:events";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { openAgent } from "../../src/fetch/agent.ts";
import { DEFAULT_LIMITS } from "../../src/fetch/limits.ts";
import { type Answer, serve } from "../loopback.ts";
import { ask, gist, open } from "./ask-for.ts";
import { selfSigned } from "./tls.ts";

const PAGE = "<!doctype html><html dir=rtl><title>خبر</title><p>نص الخبر كاملا.";
const HTML = { "content-type": "text/html; charset=utf-8" };

const page: Answer = (response) => response.writeHead(200, HTML).end(PAGE);

/** Answers with these bytes and this content-encoding. */
function coded(coding: string, body: Uint8Array): Answer {
  return (response) => response.writeHead(200, { ...HTML, "content-encoding": coding }).end(body);
}

function redirect(location: string, status = 301): Answer {
  return (response) => response.writeHead(status, { location }).end();
}

function status(code: number, headers: Record<string, string> = {}): Answer {
  return (response) => response.writeHead(code, headers).end("no");
}

const bomb = gzipSync(Buffer.alloc(200 * 2 ** 20), { level: 9 });
const brotliBomb = brotliCompressSync(Buffer.alloc(64 * 2 ** 20));

test.each<readonly [promise: string, answer: Answer, expected: string]>([
  ["a page is captured", page, "captured 200"],
  ["an empty page is captured", (response) => response.writeHead(200, HTML).end(), "captured 200"],
  ["gzip is decoded", coded("gzip", gzipSync(PAGE)), "captured 200"],
  ["x-gzip is gzip", coded("x-gzip", gzipSync(PAGE)), "captured 200"],
  ["brotli is decoded", coded("br", brotliCompressSync(PAGE)), "captured 200"],
  ["deflate with its wrapper is decoded", coded("deflate", deflateSync(PAGE)), "captured 200"],
  ["deflate without wrapper is decoded", coded("deflate", deflateRawSync(PAGE)), "captured 200"],
  [
    "two codings are undone in order",
    coded("br, gzip", gzipSync(brotliCompressSync(PAGE))),
    "captured 200",
  ],
  ["a character set as coding is no coding", coded("utf-8", Buffer.from(PAGE)), "captured 200"],
  ["plain text labelled gzip is taken as it is", coded("gzip", Buffer.from(PAGE)), "captured 200"],
  ["an empty gzip body is empty", coded("gzip", Buffer.alloc(0)), "captured 200"],
  ["an unknown coding is a failure", coded("zstd", Buffer.from(PAGE)), "failed E_BAD_ENCODING"],
  [
    "damaged gzip is a failure",
    coded("gzip", Buffer.concat([gzipSync(PAGE).subarray(0, 20), Buffer.alloc(40, 7)])),
    "failed E_BAD_ENCODING",
  ],
  [
    "three codings are refused",
    coded("gzip, gzip, gzip", gzipSync(gzipSync(gzipSync(PAGE)))),
    "refused encoding-bomb",
  ],
  ["a gzip bomb is refused", coded("gzip", bomb), "refused encoding-bomb"],
  ["a brotli bomb is refused", coded("br", brotliBomb), "refused encoding-bomb"],
  [
    "a bomb in two wrappings is refused",
    coded("gzip, gzip", gzipSync(bomb)),
    "refused encoding-bomb",
  ],
  [
    "a deflate bomb is refused",
    coded("deflate", deflateSync(Buffer.alloc(64 * 2 ** 20))),
    "refused encoding-bomb",
  ],
  [
    "an announced 200 MB page is refused unread",
    (response) =>
      response.writeHead(200, { ...HTML, "content-length": String(200 * 2 ** 20) }).write("x"),
    "refused too-large",
  ],
  ["a 404 is gone", status(404), "gone 404"],
  ["a 410 is gone", status(410), "gone 410"],
  ["a 401 is forbidden", status(401), "failed E_HTTP_FORBIDDEN"],
  ["a 403 is forbidden", status(403), "failed E_HTTP_FORBIDDEN"],
  ["a 400 is a client error", status(400), "failed E_HTTP_CLIENT"],
  ["a 429 is a rate limit", status(429), "failed E_HTTP_RATE_LIMITED"],
  ["a 500 is a server error", status(500), "failed E_HTTP_SERVER"],
  [
    "a 304 nobody asked for is a protocol failure",
    (response) => response.writeHead(304).end(),
    "failed E_PROTOCOL",
  ],
  [
    "a redirect without target is a protocol failure",
    (response) => response.writeHead(302).end(),
    "failed E_PROTOCOL",
  ],
  [
    "a redirect to another scheme is a protocol failure",
    redirect("javascript:alert(1)"),
    "failed E_PROTOCOL",
  ],
  [
    "an image is refused unread",
    (response) => response.writeHead(200, { "content-type": "image/jpeg" }).write("x"),
    "refused not-html",
  ],
  [
    "a document is refused unread",
    (response) => response.writeHead(200, { "content-type": "application/pdf" }).write("x"),
    "refused not-html",
  ],
  [
    "a page sent as text/plain is a page",
    (response) => response.writeHead(200, { "content-type": "text/plain" }).end(PAGE),
    "captured 200",
  ],
  [
    "a page without type is a page",
    (response) => response.writeHead(200).end(PAGE),
    "captured 200",
  ],
  [
    "text sent as text/plain is no page",
    (response) => response.writeHead(200, { "content-type": "text/plain" }).end("خبر"),
    "refused not-html",
  ],
  [
    "a feed sent as xml is no page",
    (response) =>
      response
        .writeHead(200, { "content-type": "text/xml" })
        .end('<?xml version="1.0"?><rss><channel><title>x</title></channel></rss>'),
    "refused not-html",
  ],
  [
    "more headers than the cap are a protocol failure",
    (response) =>
      response
        .writeHead(200, { ...HTML, "x-much": "x".repeat(15_000), "x-more": "y".repeat(15_000) })
        .end(PAGE),
    "failed E_PROTOCOL",
  ],
  [
    "a connection dropped before the answer is a protocol failure",
    (response) => response.destroy(),
    "failed E_PROTOCOL",
  ],
  [
    "a connection dropped inside the body is a protocol failure",
    (response) => {
      response.writeHead(200, { ...HTML, "content-length": "5000" }).write(PAGE);
      setTimeout(() => response.destroy(), 20);
    },
    "failed E_PROTOCOL",
  ],
  ["a page that redirects to itself is a loop", redirect("/page"), "refused redirect-loop"],
])("%s", async (_, answer, expected) => {
  const { origin } = await serve({ "/page": answer });
  const outcome = await open({ limits: { attempts: 1 } }).fetch(
    ask(`${origin}/page`, { accept: "html" }),
  );
  expect(gist(outcome)).toBe(expected);
  if (outcome.kind === "captured" && outcome.capture.body.length > 0)
    expect(Buffer.from(outcome.capture.body).toString()).toBe(PAGE);
  if (outcome.kind === "failed" || outcome.kind === "refused")
    expect(outcome.detail).toContain(origin);
});

test("a gzip bomb costs under 50 MB", async () => {
  const { origin } = await serve({ "/bomb": coded("gzip", bomb), "/first": page });
  const fetcher = open();
  await fetcher.fetch(ask(`${origin}/first`));
  const before = process.memoryUsage().rss;
  expect(gist(await fetcher.fetch(ask(`${origin}/bomb`)))).toBe("refused encoding-bomb");
  const grownBytes = process.memoryUsage().rss - before;
  expect(grownBytes).toBeLessThan(50 * 2 ** 20);
});

test("an endless body is broken off at the wire limit", async () => {
  let sentBytes = 0;
  const { origin } = await serve({
    "/endless": (response) => {
      response.writeHead(200, HTML);
      const chunk = Buffer.alloc(64 * 2 ** 10, "x");
      const more = (): void => {
        while (!response.destroyed && sentBytes < 2 ** 30) {
          sentBytes += chunk.length;
          if (!response.write(chunk)) return;
        }
      };
      response.on("drain", more);
      more();
    },
  });
  const outcome = await open().fetch(ask(`${origin}/endless`));
  expect(gist(outcome)).toBe("refused too-large");
  expect(sentBytes).toBeLessThan(32 * 2 ** 20);
});

test("one byte every 100 ms does not hold a slot past the deadline", async () => {
  const { origin } = await serve({
    "/slow": (response) => {
      response.writeHead(200, HTML);
      const timer = setInterval(() => response.write("x"), 100);
      response.on("close", () => clearInterval(timer));
    },
    "/next": page,
  });
  const fetcher = open({ limits: { totalTimeoutMs: 350, attempts: 1 } });
  const [slow, next] = await Promise.all([
    fetcher.fetch(ask(`${origin}/slow`)),
    fetcher.fetch(ask(`${origin}/next`)),
  ]);
  expect([gist(slow), gist(next)]).toEqual(["failed E_TIMEOUT", "captured 200"]);
});

test("a server that never answers runs into the deadline", async () => {
  const { origin } = await serve({ "/never": () => {} });
  const outcome = await open({ limits: { totalTimeoutMs: 200, attempts: 1 } }).fetch(
    ask(`${origin}/never`),
  );
  expect(gist(outcome)).toBe("failed E_TIMEOUT");
});

test("gzip that ends early inside a complete answer is kept as far as it is whole", async () => {
  const long = `${PAGE}${"<p>فقرة من الخبر رقم كذا.".repeat(3000)}`;
  const cut = gzipSync(long).subarray(0, -8);
  const { origin } = await serve({
    "/framed": (response) =>
      response
        .writeHead(200, {
          ...HTML,
          "content-encoding": "gzip",
          "content-length": String(cut.length),
        })
        .end(cut),
  });
  const outcome = await open().fetch(ask(`${origin}/framed`));
  expect(outcome.kind === "captured" && Buffer.from(outcome.capture.body).toString()).toBe(long);
});

test("gzip cut by the end of the connection is a failure, not half a page", async () => {
  const { origin } = await raw((socket) => {
    socket.write(
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n",
    );
    socket.end(gzipSync(PAGE.repeat(50)).subarray(0, -20));
  });
  const outcome = await open({ limits: { attempts: 1 } }).fetch(ask(`${origin}/page`));
  expect(gist(outcome)).toBe("failed E_PROTOCOL");
});

test("an answer that is not HTTP is a protocol failure", async () => {
  const { origin } = await raw((socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n"));
  const outcome = await open({ limits: { attempts: 1 } }).fetch(ask(`${origin}/page`));
  expect(gist(outcome)).toBe("failed E_PROTOCOL");
});

test("redirects are followed and recorded, each as answered", async () => {
  const { origin } = await serve({
    "/a": redirect("/b"),
    "/b": redirect(Buffer.from("أخبار").toString("latin1"), 302),
    "/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1": page,
  });
  const outcome = await open().fetch(ask(`${origin}/a`));
  expect(outcome).toMatchObject({
    kind: "captured",
    capture: {
      url: `${origin}/a`,
      finalUrl: `${origin}/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1`,
      redirects: [
        { url: `${origin}/a`, status: 301, location: "/b" },
        { url: `${origin}/b`, status: 302 },
      ],
    },
  });
});

test("a circle of redirects is noticed", async () => {
  const { origin, log } = await serve({
    "/a": redirect("/b"),
    "/b": redirect("/c"),
    "/c": redirect("/a"),
  });
  expect(gist(await open().fetch(ask(`${origin}/a`)))).toBe("refused redirect-loop");
  expect(log.map(({ path }) => path)).toEqual(["/robots.txt", "/a", "/b", "/c"]);
});

test("five redirects are followed, six are too many", async () => {
  const chain = Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`/${n}`, redirect(`/${n + 1}`)]));
  const { origin } = await serve({ ...chain, "/7": page });
  const fetcher = open();
  expect(gist(await fetcher.fetch(ask(`${origin}/2`)))).toBe("captured 200");
  expect(gist(await fetcher.fetch(ask(`${origin}/1`)))).toBe("refused too-many-redirects");
});

test("a redirect out of scope is not followed", async () => {
  const away = await serve({ "/x": page });
  const { origin } = await serve({ "/a": redirect(`${away.origin}/x`) });
  const isInScope = (url: string): boolean => url.startsWith(origin);
  expect(gist(await open().fetch(ask(`${origin}/a`, { isInScope })))).toBe("refused off-site");
  expect(away.log).toEqual([]);
});

test("the robots.txt of a redirect's target is obeyed", async () => {
  const away = await serve({
    "/robots.txt": (response) => response.end("User-agent: *\nDisallow: /x"),
    "/x": page,
  });
  const { origin } = await serve({ "/a": redirect(`${away.origin}/x`) });
  expect(gist(await open().fetch(ask(`${origin}/a`)))).toBe("refused robots");
  expect(away.log.map(({ path }) => path)).toEqual(["/robots.txt"]);
});

test("validators are sent, and a 304 means not modified", async () => {
  let seen: unknown = null;
  const { origin } = await serve({
    "/a": (response, _, { headers }) => {
      seen = [headers["if-none-match"], headers["if-modified-since"]];
      response.writeHead(304).end();
    },
  });
  const lastModified = "Tue, 24 Nov 2026 00:00:00 GMT";
  const outcome = await open().fetch(ask(`${origin}/a`, { etag: '"v1"', lastModified }));
  expect(gist(outcome)).toBe("not-modified");
  expect(seen).toEqual(['"v1"', lastModified]);
});

test("headers are kept in order, lower-case, repeated ones repeated", async () => {
  const { origin } = await raw((socket) =>
    socket.end(
      "HTTP/1.1 200 OK\r\nX-B: 1\r\nSet-Cookie: a=1\r\nX-A: خبر\r\nSet-Cookie: b=2\r\nContent-Length: 2\r\n\r\nok",
    ),
  );
  const outcome = await open().fetch(ask(`${origin}/page`));
  expect(outcome.kind === "captured" && outcome.capture.headers).toEqual([
    ["x-b", "1"],
    ["set-cookie", "a=1"],
    ["x-a", "خبر"],
    ["set-cookie", "b=2"],
    ["content-length", "2"],
  ]);
});

test("a host name that does not exist is a DNS failure", async () => {
  const unknown = (_: string, __: unknown, done: (error: Error) => void): void =>
    done(Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" }));
  const lookup = unknown as unknown as typeof dnsLookup;
  const dispatcher = openAgent({ allowPrivate: false, lookup, limits: DEFAULT_LIMITS });
  const fetcher = open({ dispatcher, limits: { attempts: 1 } });
  const outcome = await fetcher.fetch(ask("http://no-such-host.invalid/a"));
  expect(outcome).toMatchObject({ code: "E_DNS", detail: expect.stringContaining("no-such-host") });
});

test("a stored validator that no header may hold is left out", async () => {
  const { origin } = await serve({ "/a": page });
  const outcome = await open().fetch(ask(`${origin}/a`, { etag: '"\n خبر"' }));
  expect(gist(outcome)).toBe("captured 200");
});

test("one caller's abort does not end another's visit that waits for the same robots.txt", async () => {
  const stop = new AbortController();
  const { origin } = await serve({
    "/robots.txt": (response, visit) => {
      if (visit === 1) setTimeout(() => stop.abort(), 20);
      else response.writeHead(404).end();
    },
    "/a": page,
  });
  const fetcher = open();
  const visits = [
    fetcher.fetch(ask(`${origin}/a`), stop.signal),
    fetcher.fetch(ask(`${origin}/a`)),
  ];
  expect((await Promise.all(visits)).map(gist)).toEqual(["failed E_ABORTED", "captured 200"]);
});

test("a closed port is a connection failure, remembered for ten minutes", async () => {
  const closed = createTcpServer().listen(0, "127.0.0.1");
  await once(closed, "listening");
  const { port } = closed.address() as AddressInfo;
  closed.close();
  await once(closed, "close");
  let now = 1_000_000;
  const requests: string[] = [];
  const fetcher = open({
    now: () => now,
    limits: { attempts: 1 },
    onRequest: ({ url }) => requests.push(url),
  });
  const url = `http://127.0.0.1:${port}/a`;
  expect(gist(await fetcher.fetch(ask(url)))).toBe("failed E_CONNECT");
  expect(gist(await fetcher.fetch(ask(url)))).toBe("failed E_CONNECT");
  expect(requests.length).toBe(1);
  now += 10 * 60_000;
  await fetcher.fetch(ask(url));
  expect(requests.length).toBe(2);
});

test("a self-signed certificate is a TLS failure", async ({ skip }) => {
  const certificate = selfSigned();
  if (certificate === null) return skip("openssl is not installed");
  const server = createTlsServer(certificate, (_, response) => response.end(PAGE)).listen(
    0,
    "127.0.0.1",
  );
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const outcome = await open({ limits: { attempts: 1 } }).fetch(ask(`https://localhost:${port}/a`));
  expect(gist(outcome)).toBe("failed E_TLS");
});

test("a plain server asked for TLS is a TLS failure", async () => {
  const { origin } = await serve({ "/a": page });
  const url = `${origin.replace("http:", "https:")}/a`;
  expect(gist(await open({ limits: { attempts: 1 } }).fetch(ask(url)))).toBe("failed E_TLS");
});

test("an abort in the middle of a body ends the visit at once", async () => {
  const stop = new AbortController();
  const { origin } = await serve({
    "/a": (response) => {
      response.writeHead(200, HTML).write(PAGE);
      setTimeout(() => stop.abort(), 20);
    },
  });
  expect(gist(await open().fetch(ask(`${origin}/a`), stop.signal))).toBe("failed E_ABORTED");
});

test("an abort ends what waits for its turn, and asks nothing more", async () => {
  const { origin, log } = await serve({ "/a": page, "/b": page });
  const stop = new AbortController();
  const fetcher = open({ delayMs: 60_000 });
  const waiting = [
    fetcher.fetch(ask(`${origin}/a`), stop.signal),
    fetcher.fetch(ask(`${origin}/b`), stop.signal),
  ];
  setTimeout(() => stop.abort(), 50);
  expect((await Promise.all(waiting)).map(gist)).toEqual(["failed E_ABORTED", "failed E_ABORTED"]);
  expect(log.map(({ path }) => path)).toEqual(["/robots.txt"]);
});

test("one signal serves a hundred visits without a warning", async () => {
  const warnings: string[] = [];
  const onWarning = (warning: Error): void => void warnings.push(warning.name);
  process.on("warning", onWarning);
  const { origin } = await serve({ "/a": page });
  const { signal } = new AbortController();
  const fetcher = open();
  const hosts = Array.from({ length: 100 }, (_, at) =>
    origin.replace("127.0.0.1", `127.0.1.${at + 1}`),
  );
  await Promise.all(hosts.map((host) => fetcher.fetch(ask(`${host}/a`), signal)));
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", onWarning);
  expect(warnings).toEqual([]);
});

test("text that is no URL is refused", async () => {
  const fetcher = open();
  expect(gist(await fetcher.fetch(ask("not a url")))).toBe("refused bad-url");
  expect(gist(await fetcher.fetch(ask("file:///etc/passwd")))).toBe("refused bad-url");
});

/** A server below HTTP: one answer per connection, after the robots.txt. */
async function raw(answer: (socket: Socket) => void): Promise<{ readonly origin: string }> {
  const server = createTcpServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (request) => {
      if (request.toString().startsWith("GET /robots.txt"))
        socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      else answer(socket);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
