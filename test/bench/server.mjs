/**
 * Serves the generated sites from a process of its own, so that its CPU is nobody's but its own.
 * Pages are rendered and gzipped once, before the first request is answered.
 *
 *   node test/bench/server.mjs SITES PAGES  → prints one JSON line: {"origins": [...]}
 */
import { createServer } from "node:http";
import { gzipSync } from "node:zlib";
import { articleOf, pageOf, sitemapOf } from "./pages.mjs";

const [sites, pages] = process.argv.slice(2).map(Number);
const origins = [];
for (let site = 0; site < sites; site++) {
  const answers = new Map();
  const server = createServer((request, response) => {
    const body = answers.get(request.url);
    if (body === undefined) return response.writeHead(404).end();
    const type = request.url.endsWith(".xml") ? "application/xml" : "text/html; charset=utf-8";
    response.writeHead(200, { "content-type": type, "content-encoding": "gzip" }).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  for (let number = 0; number < pages; number++) {
    answers.set(articleOf(site, number).path, gzipSync(pageOf(site, number, origin), { level: 1 }));
  }
  answers.set("/sitemap.xml", gzipSync(sitemapOf(site, origin, pages)));
  answers.set("/robots.txt", gzipSync(`User-agent: *\nAllow: /\nSitemap: ${origin}/sitemap.xml\n`));
  answers.set("/", gzipSync(`<!doctype html><title>صحيفة ${site}</title><h1>صحيفة ${site}</h1>`));
  origins.push(origin);
}
console.log(JSON.stringify({ origins }));
