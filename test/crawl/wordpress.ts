/**
 * A WordPress on loopback, as much of it as a crawler meets: home page, posts, feed, sitemap and the
 * REST interface under a name of its own, with or without validators. Its log is the server's own.
 */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface Post {
  readonly id: number;
  readonly title: string;
  readonly at: number;
  readonly body: string;
  /** What its page shows instead. */
  readonly page?: "shell" | "wall" | "other";
}

export interface WordPress {
  readonly origin: string;
  readonly posts: Post[];
  readonly log: {
    readonly path: string;
    readonly status: number;
    readonly bytes: number;
    readonly at: number;
  }[];
  /** Answers everything with this status while it is set. */
  down: number | null;
  robots: string;
}

export const PER_PAGE = 100;
const ROOT = "/lefunot/";
const TERMS = [
  { id: 7, name: "محليات", list: "categories" },
  { id: 9, name: "مصراتة &amp; الغرب", list: "tags" },
];
const SHELL =
  '<!doctype html><html><head><title>App</title></head><body><div id="root"></div><script src="/app.js"></script><noscript>You need to enable JavaScript to run this app.</noscript></body></html>';

export function pathOf({ id, at }: Post): string {
  const [year, month, day] = new Date(at).toISOString().slice(0, 10).split("-");
  return `/${year}/${month}/${day}/post-${id}/`;
}

export function post(id: number, at: number, more: Partial<Post> = {}): Post {
  const words = [
    "البلدية",
    "المستشفى",
    "الطريق",
    "الميناء",
    "المدرسة",
    "السوق",
    "الكهرباء",
    "الماء",
  ];
  const sentence = (n: number): string =>
    `قال المتحدث رقم ${id} في الفقرة ${n} إن ${words[(id + n) % 8]} في حاجة إلى صيانة عاجلة وإن ${words[(id * 3 + n) % 8]} سيفتح أبوابه للمواطنين قريبا بعد انتهاء الأعمال الجارية منذ شهور في المدينة القديمة.`;
  const body = [1, 2, 3].map((n) => `<p>${sentence(n)}</p>`).join("\n");
  return { id, at, title: `خبر رقم ${id} عن ${words[id % 8]}`, body, ...more };
}

export async function openWordPress(
  posts: Post[],
  options: {
    readonly validators: boolean;
    readonly rest?: boolean;
    readonly feedItems?: number;
  } = {
    validators: true,
  },
): Promise<WordPress> {
  const site: WordPress = {
    origin: "",
    posts,
    log: [],
    down: null,
    robots: "User-agent: *\nAllow: /\n",
  };
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    const { status, type, text, headers = {} } = answer(path);
    const etag = `"${createHash("md5")
      .update(path + text)
      .digest("hex")}"`;
    const isSame =
      options.validators && status === 200 && request.headers["if-none-match"] === etag;
    const sent = isSame ? "" : text;
    response.writeHead(isSame ? 304 : status, {
      "content-type": `${type}; charset=utf-8`,
      ...(options.validators && status === 200 && { etag }),
      ...headers,
    });
    response.end(sent);
    const bytes = Buffer.byteLength(sent);
    site.log.push({ path, status: isSame ? 304 : status, bytes, at: performance.now() });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return Object.assign(site, {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });

  function newestFirst(): Post[] {
    return [...site.posts].sort((a, b) => b.at - a.at);
  }

  interface Reply {
    readonly status: number;
    readonly type: string;
    readonly text: string;
    readonly headers?: Record<string, string>;
  }

  function answer(path: string): Reply {
    const html = (text: string, status = 200): Reply => ({ status, type: "text/html", text });
    if (path === "/robots.txt") return { status: 200, type: "text/plain", text: site.robots };
    if (site.down !== null) return html("no", site.down);
    const url = new URL(path, site.origin);
    if (path === "/") {
      const headers: Record<string, string> =
        options.rest === false ? {} : { link: `<${site.origin}${ROOT}>; rel="https://api.w.org/"` };
      return { ...html(home()), headers };
    }
    if (path === "/feed/") return { status: 200, type: "application/rss+xml", text: feed() };
    if (options.rest !== false && url.pathname === `${ROOT}wp/v2/posts`) return rest(url);
    const terms = TERMS.filter(({ list }) => url.pathname === `${ROOT}wp/v2/${list}`);
    if (terms.length > 0) {
      const ids = (url.searchParams.get("include") ?? "").split(",").map(Number);
      const text = JSON.stringify(terms.filter(({ id }) => ids.includes(id)));
      return { status: 200, type: "application/json", text };
    }
    const found = site.posts.find((one) => pathOf(one) === path);
    if (found === undefined) return html("<h1>Not found</h1>", 404);
    if (found.page === "wall") return html("<h1>Forbidden</h1>", 403);
    if (found.page === "shell") return html(SHELL);
    return html(page(found));
  }

  function home(): string {
    const links = newestFirst()
      .slice(0, 20)
      .map((one) => `<h2><a href="${pathOf(one)}">${one.title}</a></h2>`);
    const feedLink = '<link rel="alternate" type="application/rss+xml" href="/feed/">';
    return `<!doctype html><html lang="ar"><head><title>صحيفة</title>${feedLink}</head><body>${links.join("\n")}</body></html>`;
  }

  function feed(): string {
    const items = newestFirst()
      .slice(0, options.feedItems ?? 10)
      .map(
        (one) =>
          `<item><title>${one.title}</title><link>${site.origin}${pathOf(one)}</link><pubDate>${new Date(one.at).toUTCString()}</pubDate></item>`,
      );
    return `<?xml version="1.0"?><rss version="2.0"><channel><title>صحيفة</title><link>${site.origin}/</link>${items.join("")}</channel></rss>`;
  }

  function rest(url: URL): Reply {
    const after = Date.parse(url.searchParams.get("after") ?? "1970-01-01T00:00:00Z");
    const wanted = newestFirst().filter(({ at }) => at > after);
    if (url.searchParams.get("order") === "asc") wanted.reverse();
    const number = Number(url.searchParams.get("page") ?? 1);
    const list = wanted.slice((number - 1) * PER_PAGE, number * PER_PAGE).map((one) => ({
      id: one.id,
      date_gmt: new Date(one.at).toISOString().slice(0, 19),
      link: site.origin + pathOf(one),
      title: { rendered: one.title },
      content: { rendered: one.body },
      categories: [7],
      tags: [9],
    }));
    const total = `${Math.max(1, Math.ceil(wanted.length / PER_PAGE))}`;
    const type = "application/json";
    return { status: 200, type, text: JSON.stringify(list), headers: { "x-wp-totalpages": total } };
  }

  function page(one: Post): string {
    const other =
      "<p>هذه صفحة أخرى تماما تتحدث عن وصفات الطبخ ومقادير الكسكسي وطريقة تحضير الشربة الليبية بالنعناع واللحم والحمص وتقديمها ساخنة مع الخبز على مائدة رمضان لكل أفراد الأسرة والضيوف الكرام.</p>".repeat(
        2,
      );
    const body = one.page === "other" ? other : one.body;
    return `<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>${one.title}</title><meta property="og:type" content="article"><meta property="article:published_time" content="${new Date(one.at).toISOString()}"></head><body><nav><a href="/">الرئيسية</a></nav><article><h1>${one.title}</h1><div class="entry-content">${body}</div></article></body></html>`;
  }
}
