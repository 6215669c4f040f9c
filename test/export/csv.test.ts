import { expect, test } from "vitest";
import { csvLine, plainText } from "../../src/export/index.ts";

test.each([
  ["plain values", ["a", 1, null, true], "a,1,,true\r\n"],
  ["a comma", ["a,b"], '"a,b"\r\n'],
  ["quotes", ['say "x"'], '"say ""x"""\r\n'],
  ["a line break", ["a\nb"], '"a\nb"\r\n'],
  ["an Arabic comma needs none", ["أ، ب"], "أ، ب\r\n"],
  ["a list of texts", [["محلي", "اقتصاد"]], '"محلي; اقتصاد"\r\n'],
  ["an empty list", [[]], "\r\n"],
  ["objects as JSON", [[{ url: "u" }]], '"[{""url"":""u""}]"\r\n'],
  ["a formula", ["=1+1"], "'=1+1\r\n"],
  ["a formula with a quote", ['=HYPERLINK("x")'], '"\'=HYPERLINK(""x"")"\r\n'],
  ["a plus", ["+218"], "'+218\r\n"],
  ["a minus", ["-word"], "'-word\r\n"],
  ["an at sign", ["@name"], "'@name\r\n"],
  ["a tab", ["\tx"], '"\'\tx"\r\n'],
  ["a carriage return", ["\rx"], '"\'\rx"\r\n'],
  ["a full-width equals sign", ["\uFF1D1"], "'\uFF1D1\r\n"],
  ["a negative number stays one", [-5], "-5\r\n"],
])("%s", (_, values, line) => {
  expect(csvLine(values)).toBe(line);
});

test("plain text of nothing is nothing", () => {
  expect([plainText(null), plainText(undefined), plainText("")]).toEqual(["", "", ""]);
});
