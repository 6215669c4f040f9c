/** The memory of names answers as the functions do, whatever was asked before and however names collide. */
import { expect, test } from "vitest";
import { hashUnit, know, knowRange, remember } from "../../src/extract/remember.ts";
import { createUnits } from "../../src/text/index.ts";

const unitsOf = createUnits(16);

/** As the parser finds it: as a range of a markup. */
function knownIn(markup: string, name: string) {
  const start = markup.indexOf(name);
  let hash = 0;
  for (let at = 0; at < name.length; at++) hash = hashUnit(hash, name.charCodeAt(at));
  return knowRange(markup, unitsOf(markup), start, start + name.length, hash);
}

/** Names of one hash: `Aa` and `BB` change places in it freely. */
function colliding(letters: number): readonly string[] {
  if (letters === 0) return [""];
  return colliding(letters - 1).flatMap((rest) => [`Aa${rest}`, `BB${rest}`]);
}

test("a name in a markup and the same name as a string are one entry", () => {
  const name = "post-title entry عنوان";
  expect(knownIn(`<p class="${name}">`, name)).toBe(know(name));
  expect(know(name).text).toBe(name);
});

test("names of one hash keep answers of their own", () => {
  const names = colliding(6);
  const hashes = new Set(names.map((name) => know(name).hash));
  expect([names.length, hashes.size]).toEqual([64, 1]);
  const length = remember((name) => name.toLowerCase());
  for (const name of [...names, ...names]) {
    expect(length(name)).toBe(name.toLowerCase());
    expect(length.of(knownIn(`<p class='${name}'>`, name))).toBe(name.toLowerCase());
  }
});

test("more names than are remembered are answered all the same", () => {
  const upper = remember((name) => name.toUpperCase());
  for (let nth = 0; nth < 120_000; nth++) {
    const name = `widget-${nth}`;
    if (upper(name) !== name.toUpperCase()) throw new Error(name);
  }
  expect(upper("widget-1")).toBe("WIDGET-1");
});

test("two functions of one name do not mix", () => {
  const first = remember((name) => name.length);
  const second = remember((name) => `${name}!`);
  expect([first("a-b"), second("a-b"), first("a-b")]).toEqual([3, "a-b!", 3]);
});
