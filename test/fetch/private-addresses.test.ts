import type { LookupAddress } from "node:dns";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { Agent } from "undici";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isPublicAddress } from "../../src/fetch/addresses.ts";
import { type ConnectorOptions, createConnector } from "../../src/fetch/connector.ts";
import { ask, gist, open } from "./ask-for.ts";

/** The server that must never be reached: on every loopback address this machine has. */
const reached: string[] = [];
let port = 0;
const secret = (): Server =>
  createServer((request, response) => {
    reached.push(`${request.headers.host}${request.url}`);
    response.end("secret");
  });
const servers = { four: secret(), six: secret() };

beforeAll(async () => {
  servers.four.listen(0, "0.0.0.0");
  await once(servers.four, "listening");
  port = (servers.four.address() as AddressInfo).port;
  servers.six.listen(port, "::1");
  // a machine without IPv6 reports an error instead
  await Promise.race([once(servers.six, "listening"), once(servers.six, "error")]);
});
afterAll(() => {
  for (const server of [servers.four, servers.six]) {
    server.closeAllConnections();
    server.close();
  }
});

/** Names that an attacker's own name server answers as it likes. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  "loopback.example": ["127.0.0.1"],
  "loopback-six.example": ["::1"],
  "mapped.example": ["::ffff:127.0.0.1"],
  "zero.example": ["0.0.0.0"],
  "metadata.example": ["169.254.169.254"],
  "ten.example": ["10.0.0.1"],
  "cgnat.example": ["100.64.0.1"],
  "unique-local.example": ["fd00::1"],
  "link-local.example": ["fe80::1"],
  "nat64.example": ["64:ff9b::7f00:1"],
  "six-to-four.example": ["2002:7f00:1::"],
  "all-private.example": ["127.0.0.1", "10.0.0.1", "::1"],
};

const lookup = ((name: string, options: { all?: boolean }, done: (...args: unknown[]) => void) => {
  const found: LookupAddress[] = (NAMES[name] ?? ["127.0.0.1"]).map((address) => ({
    address,
    family: address.includes(":") ? 6 : 4,
  }));
  queueMicrotask(() =>
    options.all ? done(null, found) : done(null, found[0]?.address, found[0]?.family),
  );
}) as unknown as NonNullable<ConnectorOptions["lookup"]>;

const ATTACKS: readonly (readonly [what: string, host: string])[] = [
  ["loopback", "127.0.0.1"],
  ["another loopback address", "127.9.9.9"],
  ["the end of the loopback net", "127.255.255.254"],
  ["loopback in octal", "0177.0.0.1"],
  ["loopback in hex", "0x7f.0.0.1"],
  ["loopback as one number", "2130706433"],
  ["loopback as one hex number", "0x7f000001"],
  ["loopback as one octal number", "017700000001"],
  ["loopback in two parts", "127.1"],
  ["loopback in three parts", "127.0.1"],
  ["loopback with a final dot", "127.0.0.1."],
  ["loopback in full-width digits", "１２７.０.０.１"],
  ["loopback in circled digits", "①②⑦.⓪.⓪.①"],
  ["loopback with an ideographic stop", "127。0。0。1"],
  ["loopback percent-encoded", "%31%32%37.0.0.1"],
  ["the zero address", "0.0.0.0"],
  ["the zero address as a number", "0"],
  ["the this-network range", "0.1.2.3"],
  ["IPv6 loopback", "[::1]"],
  ["IPv6 loopback in full", "[0:0:0:0:0:0:0:1]"],
  ["the IPv6 zero address", "[::]"],
  ["loopback mapped into IPv6", "[::ffff:127.0.0.1]"],
  ["loopback mapped into IPv6 in hex", "[::ffff:7f00:1]"],
  ["loopback in the old IPv6 form", "[::127.0.0.1]"],
  ["loopback behind NAT64", "[64:ff9b::127.0.0.1]"],
  ["loopback behind local NAT64", "[64:ff9b:1::7f00:1]"],
  ["loopback behind 6to4", "[2002:7f00:1::]"],
  ["a Teredo address", "[2001::1]"],
  ["IPv6 link-local", "[fe80::1]"],
  ["IPv6 unique local", "[fc00::1]"],
  ["IPv6 metadata service", "[fd00:ec2::254]"],
  ["IPv6 multicast", "[ff02::1]"],
  ["IPv6 documentation", "[2001:db8::1]"],
  ["private class A", "10.0.0.1"],
  ["private class B", "172.16.0.1"],
  ["the end of private class B", "172.31.255.255"],
  ["private class C", "192.168.1.1"],
  ["the cloud metadata service", "169.254.169.254"],
  ["the metadata service as a number", "2852039166"],
  ["carrier-grade NAT", "100.64.0.1"],
  ["Alibaba's metadata service", "100.100.100.200"],
  ["protocol assignments", "192.0.0.192"],
  ["benchmarking", "198.18.0.1"],
  ["documentation", "203.0.113.1"],
  ["multicast", "224.0.0.1"],
  ["reserved", "240.0.0.1"],
  ["broadcast", "255.255.255.255"],
  ["credentials in front of loopback", "example.ly@127.0.0.1"],
  ["localhost, which resolves to loopback", "localhost"],
  ["a subdomain of localhost", "news.localhost"],
  ...Object.entries(NAMES).map(
    ([name, addresses]) => [`a name that resolves to ${addresses.join(", ")}`, name] as const,
  ),
];

test.each(ATTACKS)("%s is refused: http://%s", async (_, host) => {
  const limits = { attempts: 1 };
  const fetcher = open({ allowPrivate: false, limits, dispatcher: guarded() });
  const outcome = await fetcher.fetch(ask(`http://${host}:${port}/secret`));
  expect(gist(outcome)).toBe("refused private-address");
});

test("nothing of all that reached the private server", () => {
  expect(ATTACKS.length).toBeGreaterThanOrEqual(40);
  expect(reached).toEqual([]);
});

test.each([
  ["an address", () => `http://127.0.0.1:${port}/`],
  ["a number", () => `http://2130706433:${port}/`],
  ["a mapped address", () => `http://[::ffff:7f00:1]:${port}/`],
  ["a name that resolves to one", () => `http://loopback.example:${port}/`],
  ["the metadata service", () => "http://169.254.169.254/latest/meta-data/"],
])("a redirect from the outside to %s is refused", async (_, target) => {
  const front = createServer((request, response) => {
    if (request.url === "/robots.txt") response.writeHead(404).end();
    else response.writeHead(302, { location: target() }).end();
  }).listen(0, "127.0.0.1");
  await once(front, "listening");
  const fetcher = open({
    allowPrivate: false,
    dispatcher: guarded(front.address() as AddressInfo),
  });
  const outcome = await fetcher.fetch(ask("http://outside.example/a"));
  front.closeAllConnections();
  front.close();
  expect(gist(outcome)).toBe("refused private-address");
  expect(reached).toEqual([]);
});

test("a redirected robots.txt does not reach a private address either", async () => {
  const front = createServer((_, response) => {
    response.writeHead(302, { location: `http://127.0.0.1:${port}/robots.txt` }).end();
  }).listen(0, "127.0.0.1");
  await once(front, "listening");
  const fetcher = open({
    allowPrivate: false,
    dispatcher: guarded(front.address() as AddressInfo),
  });
  const outcome = await fetcher.fetch(ask("http://outside.example/a"));
  front.closeAllConnections();
  front.close();
  expect(gist(outcome)).toBe("refused private-address");
  expect(reached).toEqual([]);
});

test("the private server is there, for who may reach it", async () => {
  const outcome = await open().fetch(ask(`http://127.0.0.1:${port}/secret`));
  expect(gist(outcome)).toBe("captured 200");
});

test.each(["8.8.8.8", "41.208.68.1", "2606:4700::1111", "64:ff9b::808:808", "[2a00:1450::1]"])(
  "%s is public",
  (address) => expect(isPublicAddress(address)).toBe(true),
);

/** The real connector over the attacker's names; `outside.example` alone is a server of ours. */
function guarded(outside?: AddressInfo): Agent {
  const guard = createConnector({ allowPrivate: false, lookup });
  return new Agent({
    connections: 1,
    connect(target, done) {
      if (outside === undefined || target.hostname !== "outside.example")
        return guard(target, done);
      const socket = connect(outside.port, outside.address);
      socket.once("connect", () => done(null, socket)).once("error", (error) => done(error, null));
    },
  });
}
