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

export const BASELINE = "readability-linkedom";

export const SYSTEMS = {
  warraq: {
    label: "warraq",
    packages: [],
    without: [],
    async open() {
      const dist = new URL("../../../dist/", import.meta.url);
      const [{ createPageReader }, { findSite, loadBundledSites, loadThemes }] = await Promise.all([
        import(new URL("process/index.js", dist)),
        import(new URL("sites/index.js", dist)),
      ]);
      const sites = loadBundledSites();
      const read = createPageReader({ sites, themes: loadThemes() });
      // From bytes, as in the program: the encoding is found out here, the others are told.
      return ({ bytes, url }) => {
        const { article } = read({
          url,
          fetchedAt: CAPTURED_AT,
          headers: [],
          body: bytes,
          siteId: findSite(sites, url)?.id ?? null,
          explain: false,
          pack: false,
        }).extraction;
        return (
          article && {
            title: article.title,
            text: article.body,
            author: article.authors,
            date: article.published?.iso,
            section: article.categories.map(({ label }) => label),
          }
        );
      };
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
