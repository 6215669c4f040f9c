/**
 * The extractors compared, each as `open() → (page) → answer`, asked the way its own README asks it.
 * `page` is `{html, bytes, url}`; an answer `{title, html | text, author, date, section}`, null where
 * nothing was found. Packages are imported in open(), so a process holds one system only.
 *
 * `isSlow`: runs only when named, and for one round.
 * Fields a system never gives are named in `without`: they are no mistakes of its.
 */

/** Pages carry no capture time; this one is after all of them. */
const CAPTURED_AT = Date.UTC(2026, 0, 1);

const READABILITY = {
  without: ["section"],
  answer: (article) =>
    article && {
      title: article.title,
      html: article.content,
      author: article.byline,
      date: article.publishedTime,
    },
};
const DEFUDDLE = {
  without: ["section"],
  // Its fallback for empty pages asks other servers; here nothing leaves the machine.
  options: { useAsync: false },
  answer: ({ title, content, author, published }) => ({
    title,
    html: content,
    author,
    date: published,
  }),
};

const WARRAQ = {
  packages: [],
  without: [],
  async open() {
    const dist = new URL("../../../dist/", import.meta.url);
    const [
      { createPageReader, keepPagesYoung },
      { extract },
      { findSite, loadBundledSites, loadThemes },
    ] = await Promise.all([
      import(new URL("process/index.js", dist)),
      import(new URL("extract/index.js", dist)),
      import(new URL("sites/index.js", dist)),
    ]);
    // As wherever the program reads many pages (process/pool.ts).
    keepPagesYoung();
    const rules = { sites: loadBundledSites(), themes: loadThemes() };
    return { ...rules, extract, read: createPageReader(rules), findSite };
  },
  answer: (article) =>
    article && {
      title: article.title,
      text: article.body,
      author: article.authors,
      date: article.published?.iso,
      section: article.categories.map(({ label }) => label),
    },
};

export const BASELINE = "readability-linkedom";

export const SYSTEMS = {
  warraq: {
    ...WARRAQ,
    label: "warraq",
    async open() {
      const { sites, read, findSite } = await WARRAQ.open();
      // From bytes, as in the program: the encoding is found out here, the others are told.
      return ({ bytes, url }) =>
        WARRAQ.answer(
          read({
            url,
            fetchedAt: CAPTURED_AT,
            headers: [],
            body: bytes,
            siteId: findSite(sites, url)?.id ?? null,
            explain: false,
            pack: false,
          }).extraction.article,
        );
    },
  },
  "warraq-string": {
    ...WARRAQ,
    label: "warraq, from the string",
    async open() {
      const { sites, themes, extract, findSite } = await WARRAQ.open();
      // What the peers are given and asked: the decoded string in, the article with its metadata out.
      return ({ html, url }) =>
        WARRAQ.answer(
          extract(
            { text: html, encoding: "utf-8", encodingFrom: "utf-8-valid", labelled: null },
            {
              url,
              capturedAt: CAPTURED_AT,
              site: findSite(sites, url),
              themes,
              explain: false,
            },
          ).article,
        );
    },
  },
  [BASELINE]: {
    label: "Readability, linkedom",
    packages: ["@mozilla/readability", "linkedom"],
    without: READABILITY.without,
    async open() {
      const { Readability } = await import("@mozilla/readability");
      const { parseHTML } = await import("linkedom");
      return ({ html }) =>
        READABILITY.answer(new Readability(parseHTML(html).document, {}).parse());
    },
  },
  "readability-jsdom": {
    label: "Readability, jsdom",
    packages: ["@mozilla/readability", "jsdom"],
    without: READABILITY.without,
    async open() {
      const { Readability } = await import("@mozilla/readability");
      const { JSDOM, VirtualConsole } = await import("jsdom");
      const virtualConsole = new VirtualConsole();
      return ({ html, url }) => {
        const dom = new JSDOM(html, { url, virtualConsole });
        try {
          return READABILITY.answer(new Readability(dom.window.document, {}).parse());
        } finally {
          dom.window.close();
        }
      };
    },
  },
  "defuddle-linkedom": {
    label: "defuddle, linkedom",
    packages: ["defuddle", "linkedom"],
    without: DEFUDDLE.without,
    async open() {
      const { Defuddle } = await import("defuddle/node");
      return async ({ html, url }) => DEFUDDLE.answer(await Defuddle(html, url, DEFUDDLE.options));
    },
  },
  "defuddle-jsdom": {
    label: "defuddle, jsdom",
    packages: ["defuddle", "jsdom"],
    isSlow: true,
    without: DEFUDDLE.without,
    async open() {
      const { Defuddle } = await import("defuddle/node");
      const { JSDOM, VirtualConsole } = await import("jsdom");
      const virtualConsole = new VirtualConsole();
      return async ({ html, url }) => {
        const dom = new JSDOM(html, { url, virtualConsole });
        try {
          return DEFUDDLE.answer(await Defuddle(dom.window.document, url, DEFUDDLE.options));
        } finally {
          dom.window.close();
        }
      };
    },
  },
  extractus: {
    label: "extractus",
    packages: ["@extractus/article-extractor"],
    without: ["section"],
    async open() {
      const { extractFromHtml } = await import("@extractus/article-extractor");
      return async ({ html, url }) => {
        const article = await extractFromHtml(html, url);
        return (
          article && {
            title: article.title,
            html: article.content,
            author: article.author,
            date: article.published,
          }
        );
      };
    },
  },
};
