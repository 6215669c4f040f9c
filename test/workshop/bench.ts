/** Pages on the bench, made from markup instead of fetched. */
import type { Capture } from "../../src/model.ts";
import { createPageReader } from "../../src/process/index.ts";
import { genericSite, loadThemes } from "../../src/sites/index.ts";
import type { Found } from "../../src/workshop/base-rule.ts";
import { benchPage } from "../../src/workshop/gather.ts";
import type { BenchPage } from "../../src/workshop/page.ts";

export const HOME = "https://example.ly/";
export const NOW = Date.parse("2026-11-24T02:00:00Z");

export interface Story {
  readonly title: string;
  readonly category: string;
  readonly author: string;
  readonly date: string;
  readonly body: readonly string[];
}

/** Stories long enough to be taken for articles, no two alike. */
export const STORIES: readonly Story[] = [
  story(
    "Harbour dredging resumes after the spring storms",
    "Business",
    "Laila Benomran",
    14,
    "harbour",
    "ships",
  ),
  story(
    "Solar pumps replace diesel on two hundred farms",
    "Business",
    "Omar Haddad",
    12,
    "farm",
    "pumps",
  ),
  story(
    "A school for stonemasons opens in the old city",
    "Culture",
    "Laila Benomran",
    10,
    "school",
    "stones",
  ),
  story(
    "Volunteers digitise songs from the radio archive",
    "Culture",
    "Salem Arabi",
    9,
    "archive",
    "tapes",
  ),
  story(
    "Seventy cyclists race around the desert lake",
    "Sport",
    "Omar Haddad",
    7,
    "race",
    "riders",
  ),
];

function story(
  title: string,
  category: string,
  author: string,
  day: number,
  place: string,
  things: string,
): Story {
  return {
    ...{ title, category, author },
    date: `2026-06-${String(day).padStart(2, "0")}`,
    body: [
      `Work at the ${place} began again on Sunday after a pause of two months, the people who run it said, and the ${things} will be counted before the end of the year.`,
      `Engineers who looked at the ${place} expect the ${things} to last for another decade, provided that somebody pays for the repairs that were put off again and again.`,
      `Neighbours of the ${place} had asked for the change since the winter; they said the ${things} were the reason why so many of them stayed in the town at all.`,
    ],
  };
}

export function benchPages(
  template: (story: Story, index: number) => string,
  stories: readonly Story[] = STORIES,
): readonly BenchPage[] {
  const site = genericSite(HOME);
  const read = createPageReader({ sites: [site], themes: loadThemes() });
  return stories.map((one, index) => {
    const page = benchPage(captureOf(template(one, index), index), site, read);
    if (typeof page === "string") throw new Error(`page ${index} is ${page}`);
    return page;
  });
}

export function captureOf(markup: string, index: number): Capture {
  const url = `${HOME}news/story-of-the-day-${"abcdefgh"[index]}`;
  return {
    ...{ url, finalUrl: url, redirects: [], fetchedAt: NOW, status: 200, via: "live" },
    headers: [["content-type", "text/html; charset=utf-8"]],
    body: Buffer.from(markup),
  };
}

export function foundFrom(pages: readonly BenchPage[]): Found {
  return {
    ...{
      home: HOME,
      pages,
      wpJson: null,
      feeds: [],
      sitemaps: [],
      listings: [`${HOME}section/business`],
    },
    articleUrls: pages.map(({ capture }) => capture.finalUrl),
  };
}

export function markup(head: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">${head}</head><body>${body}</body></html>`;
}

export function paragraphs({ body }: Story): string {
  return body.map((text) => `<p>${text}</p>`).join("\n");
}
