/**
 * Markdown read back by a reader that is not ours: Python, with PyYAML where it is installed and its
 * JSON else (the front matter is both). Headings, fences and backslash escapes as CommonMark has them.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { exportArticles, PROFILES } from "../../src/export/index.ts";
import { fixturePages } from "../fixtures/pages.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { recordOf, storeOf } from "./records.ts";

const READER = String.raw`
import json, re, sys
try:
    import yaml
    facts_of = lambda text: yaml.load(text, Loader=yaml.BaseLoader) or {}
    loose = True
except ImportError:
    facts_of = lambda text: {k.strip('"'): json.loads(v) for k, v in (line.split(": ", 1) for line in text.split("\n") if line)}
    loose = False
PUNCTUATION = r"""!"#$%&'()*+,-./:;<=>?@[\]^_{|}~""" + chr(96)
def plain(text):
    return re.sub(r"\\(.)", lambda m: m.group(1) if m.group(1) in PUNCTUATION else m.group(0), text)
FENCE = chr(96) * 3
lines = open(sys.argv[1], encoding="utf-8", newline="").read().split("\n")
records, at = [], 0
while at < len(lines):
    assert lines[at].startswith("# "), lines[at]
    title = plain(lines[at][2:])
    assert lines[at + 1] == "" and lines[at + 2] == FENCE + "yaml", lines[at + 1:at + 3]
    end = lines.index(FENCE, at + 3)
    facts = "\n".join(lines[at + 3:end])
    stop = next((n for n in range(end + 1, len(lines)) if lines[n].startswith("# ")), len(lines))
    body = "\n".join(lines[end + 1:stop]).strip("\n")
    assert not re.search(r"^(#{1,6}\s|[-+*]\s|>|\d+[.)]\s|" + FENCE + ")", body, re.M), "markup in a body"
    records.append({"title": title, "facts": facts_of(facts), "body": plain(body)})
    at = stop
print(json.dumps({"loose": loose, "records": records}))
`;

interface Read {
  /** Scalars as the texts they are written as. */
  readonly loose: boolean;
  readonly records: readonly {
    readonly title: string;
    readonly facts: Readonly<Record<string, unknown>>;
    readonly body: string;
  }[];
}

const TITLES = ["title", "article_title", "headline"];
const BODIES = ["body", "maintext", "text", "text_content", "articleBody"];

/** Real texts, and such as look like markup. */
function* records() {
  const texts = fixturePages().flatMap(({ expected }) => expected.body?.join("\n\n") ?? []);
  const hostile = [
    "# heading\n\n- list\n\n+ list\n\n* list\n\n1. list\n\n12) list\n\n> quote\n\n---\n\n===",
    "back\\slash \\* \\\\ `code` ```\n\n```yaml\n\n~~~",
    "[a](b) ![c](d) <b>e</b> a_b_c **f** | g | ~h~",
    "لا: شيء #هنا\n\n- بند: \"قول\" 'آخر'\n\n&amp; & \\",
  ];
  for (const [index, body] of [...texts, ...hostile].entries()) {
    const title = (body.split("\n")[0] ?? "").slice(0, 80).trim();
    const article = { title, body, tags: ["a: b", "#c", "- d", 'e"f\\g', "null"], excerpt: body };
    yield recordOf({ id: `a${index + 1}`, url: `https://sahel.example/${index}`, article });
  }
}

/** As YAML's own reader of plain text gives it: every scalar the text it is written as. */
function asTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asTexts);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, asTexts(one)]));
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

test.each(PROFILES)("%s in Markdown: facts, titles and texts come back", async (profile) => {
  const folder = temporaryFolder();
  const [markdown, lines] = [join(folder, "articles.md"), join(folder, "articles.jsonl")];
  await exportArticles(storeOf(records()), { target: markdown, profile });
  await exportArticles(storeOf(records()), { target: lines, profile });
  const { loose, records: read } = JSON.parse(
    execFileSync("python3", ["-c", READER, markdown], { maxBuffer: 2 ** 26 }).toString(),
  ) as Read;
  const rows = readFileSync(lines, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  expect(read).toHaveLength(rows.length);
  for (const [index, row] of rows.entries()) {
    const { title, facts, body } = read[index] as Read["records"][number];
    const [titleName, bodyName] = [TITLES, BODIES].map((names) =>
      Object.keys(row).find((name) => names.includes(name) && typeof row[name] === "string"),
    );
    expect(title).toBe(String(row[titleName ?? ""]).trim());
    expect(body).toBe(row[bodyName ?? ""]);
    for (const [name, value] of Object.entries(facts)) {
      expect(value, name).toEqual(loose ? asTexts(row[name]) : row[name]);
    }
    expect(Object.keys(facts)).toEqual(
      Object.keys(row).filter(
        (name) =>
          ![...TITLES, ...BODIES, "raw_text"].includes(name) &&
          ![null, ""].includes(row[name] as string) &&
          !(Array.isArray(row[name]) && row[name].length === 0),
      ),
    );
  }
});
