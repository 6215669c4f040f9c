import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FORMAT_NAMES, PROFILE_NAMES, SHARD_NAMES } from "../../src/cli/export.ts";
import {
  EXPORT_FORMATS,
  exportArticles,
  PROFILES,
  type Profile,
  SHARDS,
} from "../../src/export/index.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { recordOf, storeOf } from "./records.ts";

async function written(profile: Profile): Promise<Record<string, unknown>> {
  const target = `${temporaryFolder()}/articles.jsonl`;
  await exportArticles(storeOf([recordOf()]), { target, profile });
  return JSON.parse(readFileSync(target, "utf8"));
}

test("what the command offers is what the export knows", () => {
  expect([FORMAT_NAMES, PROFILE_NAMES, SHARD_NAMES]).toEqual([EXPORT_FORMATS, PROFILES, SHARDS]);
});

test.each<[Profile, string, Readonly<Record<string, unknown>>]>([
  [
    "news-please",
    "authors date_download date_modify date_publish description filename image_url language localpath maintext source_domain text title title_page title_rss url",
    {
      date_publish: "2026-05-16 00:00:00",
      date_download: "2026-05-16 20:00:01",
      date_modify: null,
      authors: ["سالم أحمد", "منى علي"],
      maintext: "افتُتحت في مدينة مصراتة مكتبة عامة.\n\nوتضم عشرين ألف كتاب.",
    },
  ],
  [
    "trafilatura",
    "title author hostname date fingerprint id license comments raw_text text language image pagetype filedate source source-hostname excerpt categories tags",
    {
      author: "سالم أحمد; منى علي",
      date: "2026-05-16",
      filedate: "2026-05-16",
      categories: "محلي;ثقافة",
      tags: "",
      text: "افتُتحت في مدينة مصراتة مكتبة عامة.\nوتضم عشرين ألف كتاب.",
      "source-hostname": "وكالة الساحل",
    },
  ],
  [
    "newspaper4k",
    "url read_more_link language title top_image meta_img images videos keywords meta_keywords tags authors publish_date summary meta_description meta_lang meta_favicon meta_site_name canonical_link text",
    { images: ["https://sahel.example/a.jpg"], publish_date: "2026-05-16T00:00:00+02:00" },
  ],
  [
    "mediacloud",
    "original_url url normalized_url canonical_domain canonical_url publication_date language full_language text_extraction_method article_title normalized_article_title text_content is_homepage is_shortened version parsed_date",
    { publication_date: "2026-05-16", text_extraction_method: "warraq:theme", is_homepage: false },
  ],
  [
    "schema.org",
    "@context @type @id url mainEntityOfPage headline articleBody description articleSection keywords author publisher inLanguage image wordCount datePublished dateModified version identifier",
    {
      "@type": "NewsArticle",
      author: [
        { "@type": "Person", name: "سالم أحمد" },
        { "@type": "Person", name: "منى علي" },
      ],
      publisher: {
        "@type": "NewsMediaOrganization",
        name: "وكالة الساحل",
        url: "https://sahel.example/",
      },
    },
  ],
])("%s: its names, in its order, in its forms", async (profile, names, some) => {
  const record = await written(profile);
  expect(Object.keys(record).join(" ")).toBe(names);
  expect(record).toMatchObject(some);
});

test.each(PROFILES)("%s goes into Parquet and CSV too", async (profile) => {
  const folder = temporaryFolder();
  for (const suffix of ["parquet", "csv", "sqlite", "md"]) {
    const target = `${folder}/articles.${suffix}`;
    const report = await exportArticles(storeOf([recordOf()]), { target, profile });
    expect(report.records).toBe(1);
  }
});

const FULL = recordOf({
  article: {
    ...{ title: "افتتاح مكتبة عامة", excerpt: "مقدمة", tags: ["كتب"], authors: ["سالم أحمد"] },
    ...{ imageUrl: "https://sahel.example/lead.jpg", canonicalUrl: "https://sahel.example/m" },
    images: [{ url: "https://sahel.example/lead.jpg", alt: null, caption: null, credit: null }],
  },
});

/** Where a program keeps what ours calls so: names that were read off what each writes. */
test.each<[Profile, Readonly<Record<string, readonly (string | number)[]>>]>([
  [
    "news-please",
    {
      ...{ url: ["url"], source_domain: ["source_domain"], title: ["title"], authors: ["authors"] },
      ...{ body: ["maintext"], excerpt: ["description"], language: ["language"] },
      image_url: ["image_url"],
    },
  ],
  [
    "trafilatura",
    {
      ...{ url: ["source"], source_domain: ["hostname"], site_name: ["source-hostname"] },
      ...{ title: ["title"], excerpt: ["excerpt"], language: ["language"], image_url: ["image"] },
      simhash: ["fingerprint"],
    },
  ],
  [
    "newspaper4k",
    {
      ...{ url: ["url"], canonical_url: ["canonical_link"], site_name: ["meta_site_name"] },
      ...{ title: ["title"], tags: ["tags"], authors: ["authors"], body: ["text"] },
      ...{ excerpt: ["meta_description"], language: ["language"], image_url: ["top_image"] },
      date_published: ["publish_date"],
    },
  ],
  [
    "mediacloud",
    {
      ...{ url: ["url"], canonical_url: ["canonical_url"], source_domain: ["canonical_domain"] },
      ...{ title: ["article_title"], body: ["text_content"], language: ["language"] },
      date_downloaded: ["parsed_date"],
    },
  ],
  [
    "schema.org",
    {
      ...{ url: ["url"], canonical_url: ["mainEntityOfPage"], site_name: ["publisher", "name"] },
      ...{ title: ["headline"], categories: ["articleSection"], tags: ["keywords"] },
      ...{ body: ["articleBody"], excerpt: ["description"], language: ["inLanguage"] },
      ...{
        image_url: ["image", 0],
        date_published: ["datePublished"],
        content_hash: ["identifier"],
      },
      version: ["version"],
    },
  ],
])("%s: what ours calls so is under its name", async (profile, places) => {
  const target = `${temporaryFolder()}/articles.jsonl`;
  await exportArticles(storeOf([FULL]), { target, profile });
  const theirs: unknown = JSON.parse(readFileSync(target, "utf8"));
  await exportArticles(storeOf([FULL]), { target, isForced: true });
  const ours = JSON.parse(readFileSync(target, "utf8")) as Readonly<Record<string, unknown>>;
  for (const [name, path] of Object.entries(places)) {
    const value = path.reduce(
      (at: unknown, key) => (at as Readonly<Record<string | number, unknown>>)?.[key],
      theirs,
    );
    expect(value, name).toEqual(ours[name]);
    expect(value, name).toBeTruthy();
  }
});
