/** What people do to articles: each row edits a page, and makes one version of the kind it names. */
import type { ChangeKind } from "../../src/store/index.ts";
import type { Page } from "./pages.ts";

export type RealEdit = readonly [
  name: string,
  kind: ChangeKind,
  make: (page: Page, html: string) => string,
];

/** Everywhere, as a newsroom's system does: heading, head and JSON-LD. */
const everywhere = (html: string, from: string, to: string): string => html.replaceAll(from, to);

const paragraphOf = ({ paragraphs }: Page): string => paragraphs.at(1) ?? "";
const lastOf = ({ paragraphs }: Page): string => paragraphs.at(-1) ?? "";
/** The last six words of a paragraph, as they stand in the markup. */
const tailOf = (text: string): string => text.split(" ").slice(-6).join(" ");

/** Words that a page has, in its own language. */
const isArabic = ({ title }: Page): boolean => /[\u0621-\u064a]/u.test(title);

export const EDITS: readonly RealEdit[] = [
  [
    "the headline is swapped",
    "headline",
    ({ title }, html) => everywhere(html, title, title.replace(/^\S+/u, "بيان")),
  ],
  [
    "a subtitle is softened",
    "headline",
    (_, html) =>
      html.replace(
        /(class="(?:entry-sub-title|td-post-sub-title|jeg_post_subtitle|post-subtitle)"[^>]*>)([^<]+)/u,
        "$1$2 وفق مصادر",
      ),
  ],
  [
    "a sentence is removed",
    "removal",
    (page, html) => {
      const text = paragraphOf(page);
      return everywhere(html, tailOf(text), "");
    },
  ],
  [
    "the last paragraph is removed",
    "removal",
    (page, html) => (page.paragraphs.length < 3 ? html : everywhere(html, lastOf(page), "")),
  ],
  [
    "a number is changed",
    "correction",
    ({ paragraphs }, html) => {
      const text = paragraphs.find((one) => /(?:^|\s)[\d٠-٩]{1,4}(?=\s)/u.test(one)) ?? "";
      const other = text.replace(/(^|\s)([\d٠-٩]{1,4})(?=\s)/u, "$177");
      return text === "" ? html : everywhere(html, text, other);
    },
  ],
  [
    "a name is corrected",
    "correction",
    (page, html) => {
      const word =
        paragraphOf(page)
          .split(" ")
          .find((one) => /^[\p{L}]{6,}$/u.test(one)) ?? "";
      const text = paragraphOf(page);
      return everywhere(html, text, text.replace(word, isArabic(page) ? "المنصوري" : "Mansouri"));
    },
  ],
  [
    "a hamza is corrected",
    "correction",
    ({ paragraphs }, html) => {
      const text = paragraphs.find((one) => one.includes("أ")) ?? "";
      return text === "" ? html : everywhere(html, text, text.replace("أ", "ا"));
    },
  ],
  [
    "an update is appended",
    "addition",
    (page, html) => {
      const text = lastOf(page);
      const update = isArabic(page)
        ? "تحديث: أكد متحدث باسم البلدية مساء اليوم أن الأعمال ستستمر حتى نهاية الشهر القادم."
        : "Update: a spokesman said in the evening that the works will go on until the end of the month.";
      return everywhere(html, text, `${text}</p><p>${update}`);
    },
  ],
  [
    "the picture is replaced",
    "image",
    // On the blog no picture is taken for the article's: one that leads the text without a caption.
    ({ name }, html) =>
      name.startsWith("blogger/") ? html : html.replace(/\/[\w-]+\.jpg/gu, "/replacement.jpg"),
  ],
  [
    "the author is another",
    "author",
    ({ html: given }, html) => {
      const name = [
        "قسم المتابعة",
        "هيئة التحرير",
        "مروان الفيتوري",
        "سعاد المبروك",
        "ريم الساعدي",
        "Huda Nasser",
      ].find((one) => given.includes(one));
      return name === undefined ? html : everywhere(html, name, "خالد الزوي");
    },
  ],
  [
    "it is filed elsewhere",
    "category",
    ({ name }, html) => {
      const labels: Readonly<Record<string, string>> = {
        "jannah/water-tanks": "خدمات",
        "newspaper/fuel-depot": "اقتصاد",
        "publisher/old-road-page-2": "تقارير",
        "jnews/crafts-fair": "ثقافة وفن",
      };
      const label = labels[name];
      return label === undefined ? html : everywhere(html, label, "رياضة");
    },
  ],
  [
    "the date of publication is moved",
    "date-only",
    ({ name }, html) => {
      const days: Readonly<Record<string, readonly [string, string][]>> = {
        "jannah/water-tanks": [["2020-02-10", "2020-02-08"]],
        "joomla/town-clock": [
          ["2022-11-09", "2022-11-07"],
          ["09 November", "07 November"],
        ],
        "wordpress-block/cinema-lorry": [
          ["2024-10-21", "2024-10-19"],
          ["October 21", "October 19"],
        ],
      };
      return (days[name] ?? []).reduce((text, [from, to]) => everywhere(text, from, to), html);
    },
  ],
];
