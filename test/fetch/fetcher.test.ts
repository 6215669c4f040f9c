import { expect, test } from "vitest";
import { openFetcher } from "../../src/fetch/index.ts";
import { serve } from "../loopback.ts";

const page = "<!doctype html><title>خبر</title><p>نص";

test("a page is fetched after its robots.txt", async () => {
  const { origin, log } = await serve({
    "/a": (response) => response.setHeader("content-type", "text/html").end(page),
  });
  const fetcher = openFetcher({ userAgent: "warraq/0 (+test)", allowPrivate: true, delayMs: 0 });
  const outcome = await fetcher.fetch({
    url: `${origin}/a`,
    isInScope: () => true,
    etag: null,
    lastModified: null,
    accept: "html",
  });
  await fetcher.close();
  expect(outcome).toMatchObject({ kind: "captured", capture: { status: 200, via: "live" } });
  expect(log.map(({ path }) => path)).toEqual(["/robots.txt", "/a"]);
});
