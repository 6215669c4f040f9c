/**
 * The house has floors: imports point down, never up or sideways, and only through a room's door
 * (its index.ts, or a file of pure types). This test reads the import lines and says which do not.
 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const SRC = fileURLToPath(new URL("../src/", import.meta.url));

const FLOOR: Readonly<Record<string, number>> = {
  text: 0,
  url: 0,
  "model.ts": 0,
  "errors.ts": 0,
  discover: 1,
  decode: 1,
  extract: 1,
  fingerprint: 1,
  codec: 1,
  sites: 1,
  fetch: 2,
  store: 2,
  process: 2,
  warc: 2,
  newsroom: 2,
  crawl: 3,
  export: 3,
  health: 3,
  workshop: 3,
  cli: 4,
};

/** Files of pure types that other rooms may import beside the door. */
const TYPE_FILES = ["store/store.ts", "sites/rule.ts", "fetch/fetcher.ts", "discover/discover.ts"];

/** Doors of what is needed by itself, where the front door loads far more: a process starts sooner. */
const SIDE_DOORS = [
  "crawl/import/index.ts",
  "discover/role.ts",
  "process/heap.ts",
  "process/pool.ts",
  "sites/digest.ts",
];

/** Sideways imports that are allowed, because only types pass. */
const SIDEWAYS = ["extract → sites/rule.ts", "discover → sites/rule.ts"];

interface ImportLine {
  readonly from: string;
  readonly fromRoom: string;
  readonly to: string;
  readonly toRoom: string;
  readonly isTypeOnly: boolean;
}

const imports = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .flatMap((file) => importsOf(file));

test("every room has a floor", () => {
  const rooms = new Set(imports.map(({ fromRoom }) => fromRoom));
  expect([...rooms].filter((room) => FLOOR[room] === undefined)).toEqual([]);
});

test("no import points up or sideways", () => {
  const wrong = imports.filter(({ fromRoom, toRoom, to, isTypeOnly }) => {
    if (fromRoom === toRoom) return false;
    const isAllowedSideways = isTypeOnly && SIDEWAYS.includes(`${fromRoom} → ${to}`);
    const from = FLOOR[fromRoom] ?? 0;
    const target = FLOOR[toRoom] ?? 9;
    // The ground floor may see its own types and errors.
    const isGround = from === 0 && toRoom.endsWith(".ts");
    return target >= from && !isAllowedSideways && !isGround;
  });
  expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

test("rooms are entered by their door", () => {
  const wrong = imports.filter(
    ({ fromRoom, toRoom, to }) =>
      fromRoom !== toRoom &&
      !toRoom.endsWith(".ts") &&
      to !== `${toRoom}/index.ts` &&
      !TYPE_FILES.includes(to) &&
      !SIDE_DOORS.includes(to),
  );
  expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

function importsOf(file: string): ImportLine[] {
  const text = readFileSync(`${SRC}${file}`, "utf8");
  const lines = text.matchAll(
    /^(?:import|export)\s+(type\s)?[^;]*?from\s+"(\.{1,2}\/[^"]+)"|import\("(\.{1,2}\/[^"]+)"\)/gm,
  );
  return [...lines].map(([, type, fromPath, dynamicPath]) => {
    const target = new URL(fromPath ?? dynamicPath ?? "", `file:///${file}`).pathname.slice(1);
    return {
      from: file,
      fromRoom: file.split("/")[0] ?? file,
      to: target,
      toRoom: target.split("/")[0] ?? target,
      isTypeOnly: type !== undefined,
    };
  });
}
