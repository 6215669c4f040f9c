import { expect, test } from "vitest";
import { jsonLd, prose, readArticle } from "./read.ts";

const SITE = `<meta property="og:site_name" content="Coast Daily">`;

const headline = (text: string) => jsonLd({ "@type": "NewsArticle", headline: text });

test.each([
  [
    "a kicker that the markup sets off inside the heading is not the title",
    "<title>Coast road: Roads reopen after heavy rain</title>",
    `<h1><span class="article__roofline">Coast road</span>Roads reopen after heavy rain</h1>`,
    "Roads reopen after heavy rain",
  ],
  [
    "nor is a date in front of it or a subtitle behind it",
    "<title>Weather</title>",
    `<h1><a href="/a"><time>Dec 18</time> Roads reopen after heavy rain <small>Drivers are relieved</small></a></h1>`,
    "Roads reopen after heavy rain",
  ],
  [
    "a date at the end of a headline is a part of it where the page's title has it",
    "<title>Libya marks 17 February - Coast Daily</title>",
    "<h1>Libya marks <time>17 February</time></h1>",
    "Libya marks 17 February",
  ],
  [
    "the heading that the text begins with, where the page's title is the outlet's name",
    "<title>Press Agency - PA</title>",
    `<h3>Local</h3><h2>Council meets on coast road and agrees repairs</h2>`,
    "Council meets on coast road and agrees repairs",
  ],
  [
    "but the page's title where the text is about it",
    "<title>Agency agreed repairs before winter rains</title>",
    `<h3>Local</h3><h2>Council meets on coast road and agrees repairs</h2>`,
    "Agency agreed repairs before winter rains",
  ],
  [
    "as a page whose title is a story's keeps it, whatever the heading says",
    "<title>Salt and silence</title>",
    `<h2>Council meets on coast road and agrees repairs</h2>`,
    "Salt and silence",
  ],
  [
    "nor is it one far above the text",
    "<title>Press Agency - PA</title>",
    `<h2>Council meets on coast road and agrees repairs</h2>${"<i></i>".repeat(80)}`,
    "Press Agency - PA",
  ],
  [
    "nor a standfirst",
    "<title>Press Agency - PA</title>",
    `<h2>The council met on the coast road and agreed that the repairs would begin before the winter rains arrive</h2>`,
    "Press Agency - PA",
  ],
  [
    "nor a link to another story",
    "<title>Press Agency - PA</title>",
    `<h2><a href="/other">Council meets on coast road and agrees repairs</a></h2>`,
    "Press Agency - PA",
  ],
  [
    "nor one below the first paragraph, short as that is",
    "<title>Press Agency - PA</title>",
    `<div class="text"><p>The council met on the coast road and agreed that the repairs would begin at once.</p><h2>Council meets on coast road and agrees repairs</h2>${prose()}</div>`,
    "Press Agency - PA",
  ],
  [
    "nor the heading of a part of the text",
    "<title>Press Agency - PA</title>",
    `<div class="text">${prose()}<h2>Council meets on coast road and agrees repairs</h2>${prose()}</div>`,
    "Press Agency - PA",
  ],
  [
    "and the page's title where the heading is about something else",
    "<title>Press Agency - PA</title>",
    `<h2>Fishermen return with a record catch of tuna</h2>`,
    "Press Agency - PA",
  ],
  [
    "what is called a title inside the heading is the headline, whatever else its name says",
    "<title>Weather</title>",
    `<h1><span class="section-title">Roads reopen after heavy rain</span> (pictures)</h1>`,
    "Roads reopen after heavy rain (pictures)",
  ],
  [
    "the larger half of a heading is the headline",
    "<title>Weather</title>",
    `<h1><span class="label">Roads reopen after heavy rain</span> - 3</h1>`,
    "Roads reopen after heavy rain - 3",
  ],
  [
    "a word in another colour is a part of the headline",
    "<title>Weather</title>",
    `<h1><span class="red">Roads</span> reopen after heavy rain <em>again</em></h1>`,
    "Roads reopen after heavy rain again",
  ],
  [
    "a kicker wrapped like the headline is a part of the title, as the page's title says",
    "<title>Coast road: Roads reopen</title>",
    `<h1><span class="kicker">Coast road</span><span class="hidden">: </span><span class="headline">Roads reopen</span></h1>`,
    "Coast road: Roads reopen",
  ],
  [
    "a heading goes on where a title shortened for search results stops",
    `<title>Roads reopen after rain - Coast Daily</title>${SITE}`,
    "<h1>Roads reopen after rain, drivers are told to be careful</h1>",
    "Roads reopen after rain, drivers are told to be careful",
  ],
  [
    "a lesser heading that is a part of the page's title beats a first heading about something else",
    "<title>What do drivers love about rain? - Harbour Weekly Notes</title>",
    "<h2>What do drivers love about rain?</h2><h1>But many of them stay at home anyway</h1>",
    "What do drivers love about rain?",
  ],
  [
    "a lesser heading tells which part of the page's title is the site's name",
    "<title>Roads reopen after rain - Coast &amp; Harbour Weekly</title>",
    "<h1></h1><h2>Roads reopen after rain</h2>",
    "Roads reopen after rain",
  ],
  [
    "a headline behind a colon stays whole",
    "<title>Heavy rain: Roads reopen along the coast</title>",
    "<h2>Roads reopen along the coast</h2>",
    "Heavy rain: Roads reopen along the coast",
  ],
  [
    "the only first heading where nothing but the browser's label names the page",
    "<title>Ministry - detail</title>",
    "<h1>Roads along the coast reopen</h1>",
    "Roads along the coast reopen",
  ],
  [
    "the only first heading in a page laid out around its sidebar",
    "<title>What to know about coast road repairs</title>",
    `<div class="content-sidebar-wrap"><h1>Coast road repairs begin</h1><article>${prose()}</article></div>`,
    "Coast road repairs begin",
  ],
  [
    "a date in front of the heading is its date line",
    "<title>23.01.2022 - Roads reopen after rain</title>",
    "<h1>23.01.2022 - Roads reopen after rain</h1>",
    "Roads reopen after rain",
  ],
  [
    "what a heading says behind a bar goes when the page's title leaves it out",
    "<title>Roads reopen after rain</title>",
    "<h1>Roads reopen after rain | Nineteen pictures</h1>",
    "Roads reopen after rain",
  ],
  [
    "two equal statements beat a heading that differs in a word",
    `<title>How fast do roads reopen after heavy rain?</title><meta property="og:title" content="How fast do roads reopen after heavy rain?">`,
    "<h1>How fast does roads reopen after heavy rain?</h1>",
    "How fast do roads reopen after heavy rain?",
  ],
  [
    "but not one that differs in the year",
    `<title>Guide to open roads in 2024</title><meta property="og:title" content="Guide to open roads in 2024">`,
    "<h1>Guide to open roads in 2025</h1>",
    "Guide to open roads in 2025",
  ],
  [
    "a kicker stays where JSON-LD and og:title both keep it",
    `<title>Kenya: Roads reopen, Coast Daily, 18.05.2026</title><meta property="og:title" content="Kenya: Roads reopen">${headline("Kenya: Roads reopen")}`,
    "<h1>Roads reopen</h1>",
    "Kenya: Roads reopen",
  ],
  [
    "the name of a Chinese outlet behind the headline's own mark goes",
    "<title>道路重新开放！-海岸网</title>",
    "",
    "道路重新开放！",
  ],
  [
    "the site's name behind a bar is not the title",
    `<title>Roads reopen | Coast Daily</title>${SITE}`,
    "",
    "Roads reopen",
  ],
  [
    "the site's name in front of the title goes, too",
    `<title>Coast Daily » Roads reopen</title>${SITE}`,
    "",
    "Roads reopen",
  ],
  [
    "a section between title and site's name goes with a bar",
    `<title>Roads reopen after rain | Transport | Coast Daily</title>${SITE}`,
    "",
    "Roads reopen after rain",
  ],
  [
    "a dash inside a headline stays",
    `<title>Roads reopen - at last - Coast Daily</title>${SITE}`,
    "",
    "Roads reopen - at last",
  ],
  [
    "the host names the site where nothing else does",
    "<title>Roads reopen - Example</title>",
    "",
    "Roads reopen",
  ],
  [
    "a heading the title repeats is the title as a reader sees it",
    `<title>Roads reopen after rain - Coast Daily</title>${SITE}`,
    "<h1>Roads reopen after rain</h1>",
    "Roads reopen after rain",
  ],
  [
    "a logo in an h1 is not the title",
    `<title>Roads reopen | Coast Daily</title>${SITE}`,
    `<h1><a href="/">Coast Daily</a></h1><h2>Roads reopen</h2>`,
    "Roads reopen",
  ],
  [
    "an h1 with the site's slogan is not the title",
    "<title>Roads reopen | News from the coast</title>",
    "<h1>News from the coast</h1><h2>Roads reopen</h2>",
    "Roads reopen",
  ],
  [
    "a date inside the heading is not part of it",
    `<title>Roads reopen after rain</title><meta property="og:title" content="Roads reopen after rain">`,
    "<h1><span>12 May 2024</span> Roads reopen after rain</h1>",
    "Roads reopen after rain",
  ],
  [
    "an unrelated only h1 loses against the page's title",
    "<title>Roads reopen after rain</title>",
    "<h1>Blog</h1>",
    "Roads reopen after rain",
  ],
  [
    "furigana are not read twice",
    "<title>道路が再開</title>",
    "<h1><ruby>道路<rt>どうろ</rt></ruby>が再開</h1>",
    "道路が再開",
  ],
  [
    "entities encoded twice are read",
    `<meta property="og:title" content="Roads &amp;amp; bridges reopen"><title>x</title>`,
    "",
    "Roads & bridges reopen",
  ],
  [
    "Arabic: a guillemet between title and site",
    `<title>افتتاح الطريق الساحلي » بوابة الساحل</title><meta property="og:site_name" content="بوابة الساحل">`,
    "",
    "افتتاح الطريق الساحلي",
  ],
  [
    "Arabic: the heading keeps its harakat",
    `<title>افتتاح الطَّريق الساحلي - بوابة الساحل</title><meta property="og:site_name" content="بوابة الساحل">`,
    "<h1>افتتاح الطَّريق الساحلي</h1>",
    "افتتاح الطَّريق الساحلي",
  ],
  [
    "JSON-LD and the page's title outvote a smaller heading that only og:title repeats",
    `<title>Harbour road reopens after the winter storms</title><meta property="og:title" content="Back on the road">${headline("Harbour road reopens after the winter storms")}`,
    "<h2>Back on the road</h2>",
    "Harbour road reopens after the winter storms",
  ],
  [
    "a section named in an h1 before the headline's own h1 is not the site's name",
    "<title>Customs - Notices - Announcement of the new tobacco duty act</title>",
    "<h1>Notices</h1><h1>Announcement of the new tobacco duty act</h1>",
    "Announcement of the new tobacco duty act",
  ],
  [
    "of two headings in the page's title the one at its start is the article's",
    "<title>A small guide to sheep – Woolly the sheep – Webcomic</title>",
    "<h1>Woolly the sheep – Webcomic</h1><h1>A small guide to sheep</h1>",
    "A small guide to sheep",
  ],
  [
    "a kicker in the heading is left out where the page elsewhere does so",
    `<title>Open Progress - Why thinking together works | Coast Daily</title>${SITE}${headline("Why thinking together works")}`,
    "<h1><span>Open Progress</span> Why thinking together works</h1>",
    "Why thinking together works",
  ],
  [
    "a quotation in front of the headline is part of it",
    `<title>Harbour master leaves the coast | Coast Daily</title>${SITE}`,
    `<h1>"Pure emptiness": Harbour master leaves the coast</h1>`,
    `"Pure emptiness": Harbour master leaves the coast`,
  ],
  [
    "where the page's statements differ, the only long h1 is what a reader sees",
    `<title>Best boats for small harbours in 2025</title><meta property="og:title" content="Boat alternatives worth considering">`,
    "<h1>Choosing a vessel: rowing versus everything else</h1>",
    "Choosing a vessel: rowing versus everything else",
  ],
  [
    "an h1 of a box beside the article does not hide the article's own",
    "<title>Hire from our 21+ best moving companies of Tripoli</title>",
    "<h1>21+ best movers and moving companies of Tripoli</h1><h1>Subscribe to our letters</h1>",
    "21+ best movers and moving companies of Tripoli",
  ],
  [
    "a section behind a dash in og:title goes where another meta leaves it out",
    `<meta property="og:title" content="Council opens the coast road again-Politics"><meta name="headline" content="Council opens the coast road again">`,
    "",
    "Council opens the coast road again",
  ],
  [
    "a place in front of JSON-LD's headline goes where og:title leaves it out",
    `${headline("Tajoura - So went the auction of the old boats")}<meta property="og:title" content="So went the auction of the old boats">`,
    "",
    "So went the auction of the old boats",
  ],
  [
    "a date that touches the first word of the heading is not part of the title",
    "<title>Mineral oil report for November 2021</title>",
    "<h1><span>27.01.2022</span><span>Mineral oil report for November 2021</span></h1>",
    "Mineral oil report for November 2021",
  ],
])("%s", (_sentence, head, body, expected) => {
  const text = body.includes("<p>") ? "" : `<article>${prose()}</article>`;
  expect(readArticle({ head, body: body + text }).title).toBe(expected);
});

test("a title of fifty thousand separators costs no more than any other", () => {
  const head = `<title>${"a | ".repeat(50_000)}</title>`;
  expect(
    readArticle({ head, body: `<h1>Roads reopen</h1><article>${prose()}</article>` }).title,
  ).toBe("Roads reopen");
});

test.each([
  ["in Latin letters", "https://coast.example/a/reopened-roads", "Roads reopened"],
  [
    "with umlauts written out",
    "https://coast.example/a/strassen-in-uebersee",
    "Straßen in Übersee",
  ],
  [
    "in Arabic",
    "https://coast.example/a/%D8%A7%D9%81%D8%AA%D8%AA%D8%A7%D8%AD-%D8%A7%D9%84%D8%B7%D8%B1%D9%8A%D9%82",
    "افتتاح الطريق",
  ],
])("a short heading that the address repeats is the title: %s", (_how, url, heading) => {
  const head = "<title>Ministry - detail</title>";
  const body = `<h1>${heading}</h1><article>${prose()}</article>`;
  expect(readArticle({ url, head, body }).title).toBe(heading);
  expect(readArticle({ url: "https://coast.example/a/1", head, body }).title).not.toBe(heading);
});
