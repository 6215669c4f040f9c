/**
 * A process that reads pages with the built program and answers predictions, one message per page:
 * `{id, file, url}` in, `{id, answer, cpuMs, error}` out. A process of its own, so that memory and time
 * of many pages can be had from the operating system and one page cannot stop the others.
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";

const dist = process.env.WARRAQ_EVAL_DIST ?? new URL("../../dist/", import.meta.url).pathname;
const load = (file) => import(pathToFileURL(`${dist.replace(/\/$/, "")}/${file}`).href);
/** Pages carry no capture time; this one is after all of them. */
const CAPTURED_AT = Date.UTC(2026, 10, 1);

const [{ decode }, { extract }, { findSite, genericSite, loadBundledSites, loadThemes }] =
  await Promise.all([load("decode/index.js"), load("extract/index.js"), load("sites/index.js")]);
const sites = loadBundledSites();
const themes = loadThemes();

function predict({ file, url }) {
  const bytes = readFileSync(file);
  const body = file.endsWith(".gz") ? gunzipSync(bytes) : bytes;
  const address = URL.canParse(url) ? url : "http://localhost/";
  const startedAt = process.cpuUsage();
  // The same two steps, with the same rules, as in the program's own workers.
  const { article } = extract(decode({ body, headers: [] }), {
    url: address,
    capturedAt: CAPTURED_AT,
    site: findSite(sites, address) ?? genericSite(address),
    themes,
    explain: false,
  });
  const cpu = process.cpuUsage(startedAt);
  return { cpuMs: (cpu.user + cpu.system) / 1_000, answer: answerOf(article) };
}

/** The scorer's form; a page that is no article still answers with what was read from it. */
function answerOf(article) {
  if (article === null) return null;
  return {
    title: article.title,
    body: article.body,
    author: article.authors,
    date: article.published?.iso.slice(0, 10) ?? null,
    section: article.categories.map((category) => category.label),
    method: article.method,
  };
}

process.on("message", (job) => {
  if (job === "end") {
    process.send({ maxRssKb: process.resourceUsage().maxRSS }, () => process.exit(0));
    return;
  }
  let reply;
  try {
    reply = predict(job);
  } catch (error) {
    reply = { cpuMs: 0, answer: null, error: error instanceof Error ? error.stack : String(error) };
  }
  process.send({ id: job.id, ...reply });
});
process.send("ready");
