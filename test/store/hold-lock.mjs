/** Takes the crawl lock and a page on loan, says so, and waits to be killed. */
import { openStore } from "../../dist/store/index.js";

const NOW = Date.UTC(2024, 4, 1, 12);
const store = await openStore({ path: process.argv[2], mode: "write" });
store.lockForCrawl();
const hints = { title: null, publishedAt: null, lastModifiedAt: null };
const page = { url: "https://a.ly/held", siteId: "a", role: "article", foundBy: "seed", ...hints };
await store.enqueue([page], { now: NOW, known: "keep" });
const [lease] = await store.lease({ now: NOW, limit: 1, holdMs: 3_600_000 });
process.send(lease.page.url);
setInterval(() => {}, 1000);
