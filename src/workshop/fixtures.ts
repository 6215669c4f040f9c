/**
 * Pages kept beside a rule, so that it can be tried again: one folder per page with the bytes as sent,
 * their headers, and what they should read as (to be corrected by hand where the rule is wrong).
 */
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileTrouble, WarraqError } from "../errors.ts";
import type { Article, Capture, Headers } from "../model.ts";
import { decodePercent } from "../url/index.ts";
import type { Values } from "./compare.ts";
import type { TestPage } from "./test-rule.ts";

/** Folder names: enough to recognise a page by, short in bytes for Arabic letters too. */
const LONGEST_SLUG = 60;

/**
 * Writes `<folder>/<slug>/{page.html,expected.json,headers.json}`. A page that is there already stays
 * as it is: its expectation may have been corrected.
 *
 * @returns how many were written and how many were left alone
 * @throws {WarraqError} E_IO naming the folder
 */
export async function saveFixtures(
  folder: string,
  pages: readonly { readonly capture: Capture; readonly article: Article }[],
): Promise<{ readonly saved: number; readonly kept: number }> {
  const taken = new Set<string>();
  let [saved, kept] = [0, 0];
  for (const { capture, article } of pages) {
    const slug = slugOf(capture.finalUrl, taken);
    taken.add(slug);
    const place = join(folder, slug);
    if (existsSync(join(place, "page.html"))) {
      kept += 1;
      continue;
    }
    try {
      await mkdir(place, { recursive: true });
      await writeFile(join(place, "page.html"), capture.body);
      await writeFile(join(place, "headers.json"), toJson(capture.headers));
      await writeFile(join(place, "expected.json"), toJson(expectedOf(capture, article)));
    } catch (cause) {
      const why = fileTrouble(cause);
      throw new WarraqError("E_IO", `${place}: cannot be written: ${why}`, { cause });
    }
    saved += 1;
  }
  return { saved, kept };
}

/**
 * Every folder below `folder` that holds a page.html and an expected.json, in order of name.
 *
 * @throws {WarraqError} E_INPUT naming the folder or file that is missing or not as it should be
 */
export async function readFixtures(folder: string): Promise<readonly TestPage[]> {
  let files: readonly string[];
  try {
    files = await readdir(folder, { recursive: true });
  } catch (cause) {
    throw new WarraqError("E_INPUT", `${folder}: is not a folder that can be read`, { cause });
  }
  const slugs = files
    .filter((file) => /(?:^|[\\/])page\.html$/u.test(file))
    .map((file) => file.slice(0, -"page.html".length))
    .sort();
  if (slugs.length === 0)
    throw new WarraqError("E_INPUT", `${folder}: has no folder with a page.html`);
  return Promise.all(slugs.map((slug) => readFixture(join(folder, slug))));
}

async function readFixture(place: string): Promise<TestPage> {
  const expected = await readJson(join(place, "expected.json"));
  if (typeof expected !== "object" || expected === null)
    throw new WarraqError("E_INPUT", `${join(place, "expected.json")}: should be an object`);
  const facts = expected as Readonly<Record<string, unknown>>;
  const { url, capturedAt } = facts;
  if (typeof url !== "string" || !URL.canParse(url))
    throw new WarraqError(
      "E_INPUT",
      `${join(place, "expected.json")}: url should be an absolute URL`,
    );
  const at = typeof capturedAt === "string" ? Date.parse(capturedAt) : Number.NaN;
  if (Number.isNaN(at))
    throw new WarraqError(
      "E_INPUT",
      `${join(place, "expected.json")}: capturedAt should be an instant`,
    );
  const headersFile = join(place, "headers.json");
  const headers = existsSync(headersFile) ? await readJson(headersFile) : (facts.headers ?? []);
  return {
    url,
    capturedAt: at,
    headers: isHeaders(headers) ? headers : [],
    body: await readBytes(join(place, "page.html")),
    expected: valuesOfExpected(facts),
    isFirstCategoryOnly: facts.categories === undefined,
  };
}

async function readJson(file: string): Promise<unknown> {
  const bytes = await readBytes(file);
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    throw new WarraqError("E_INPUT", `${file}: is not JSON: ${(cause as Error).message}`, {
      cause,
    });
  }
}

async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new WarraqError("E_INPUT", `${file}: cannot be read: ${fileTrouble(cause)}`, { cause });
  }
}

function isHeaders(value: unknown): value is Headers {
  return (
    Array.isArray(value) &&
    value.every(
      (pair) =>
        Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === "string"),
    )
  );
}

/** The form of the program's own fixtures; what is left out is not compared. */
function expectedOf(capture: Capture, article: Article): object {
  const { title, category, categories, authors, tags, published, modified, body, language } =
    article;
  const date = (value: Article["published"]) =>
    value === null ? null : { iso: value.iso, precision: value.precision };
  return {
    url: capture.finalUrl,
    capturedAt: new Date(capture.fetchedAt).toISOString(),
    kind: "article",
    title,
    category,
    categories: categories.map(({ label }) => label),
    authors,
    tags,
    published: date(published),
    modified: date(modified),
    language,
    originalSource: article.originalSource,
    body: body === "" ? [] : body.split("\n\n"),
  };
}

function valuesOfExpected(facts: Readonly<Record<string, unknown>>): Values {
  const { title, category, categories, authors, tags, published, body } = facts;
  const iso =
    published === null ? null : (published as { readonly iso?: unknown } | undefined)?.iso;
  const source = facts.originalSource as { readonly name?: unknown } | null | undefined;
  return {
    ...(title !== undefined && { title: texts(title) }),
    ...((categories ?? category) !== undefined && { category: texts(categories ?? category) }),
    ...(published !== undefined && { published: texts(iso) }),
    ...(authors !== undefined && { author: texts(authors) }),
    ...(tags !== undefined && { tags: texts(tags) }),
    ...(body !== undefined && { body: texts(body) }),
    ...(source !== undefined && { source: texts(source?.name) }),
  };
}

function texts(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((item): item is string => typeof item === "string" && item !== "");
}

function slugOf(url: string, taken: ReadonlySet<string>): string {
  const { pathname, search } = new URL(url);
  const segments = pathname.split("/").filter(Boolean);
  const last = `${segments.at(-1) ?? "home"}${search}`;
  const stem =
    decodePercent(last)
      .replace(/\.(?:html?|php|aspx?)$/iu, "")
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .slice(0, LONGEST_SLUG)
      .replace(/^-|-$/gu, "") || "page";
  let slug = stem;
  for (let number = 2; taken.has(slug); number += 1) slug = `${stem}-${number}`;
  return slug;
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
