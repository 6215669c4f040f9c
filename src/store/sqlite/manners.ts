/**
 * What good manners need to remember between runs: requests spent per site and day, hosts to be left
 * alone, and every version of every robots.txt.
 */
import type { Capture, FailureCode, PackedBody } from "../../model.ts";
import type { ShutHost } from "../store.ts";
import type { Captures } from "./captures.ts";
import type { Database } from "./driver.ts";
import type { Frontier } from "./frontier.ts";

export interface Manners {
  spend(siteId: string, at: number, requests: number): void;
  spentOn(day: number): Map<string, number>;
  shutHosts(now: number): ShutHost[];
  shutHost(shut: ShutHost): void;
  putRobots(robots: Capture, packed: PackedBody, of: { siteId: string; runId: number }): void;
  /** The newest capture of a robots.txt that was answered at or after `since`, and when; or null. */
  robotsSince(
    pageId: number,
    since: number,
  ): { readonly captureId: number; readonly at: number } | null;
}

const DAY_MS = 24 * 60 * 60_000;

export function createManners(db: Database, frontier: Frontier, captures: Captures): Manners {
  const spend = db.prepare(/* sql */ `
    INSERT INTO spent (site_id, day, requests) VALUES (@siteId, @day, @requests)
    ON CONFLICT DO UPDATE SET requests = requests + excluded.requests`);
  const spentOn = db.prepare<[number], { siteId: string; requests: number }>(
    /* sql */ `SELECT site_id AS siteId, requests FROM spent WHERE day = ?`,
  );
  const shutHosts = db.prepare<
    [number],
    { host: string; untilAt: number; code: FailureCode; detail: string }
  >(/* sql */ `SELECT host, until AS untilAt, code, detail FROM shut_host WHERE until > ?`);
  const shutHost = db.prepare(/* sql */ `
    INSERT INTO shut_host (host, until, code, detail) VALUES (@host, @untilAt, @code, @detail)
    ON CONFLICT DO UPDATE SET until = excluded.until, code = excluded.code, detail = excluded.detail
    WHERE excluded.until > until`);
  const newest = db.prepare<[number], { id: number; digest: Buffer; status: number }>(/* sql */ `
    SELECT c.id, b.digest, c.status FROM capture c JOIN body b ON b.id = c.body_id
    WHERE c.page_id = ? ORDER BY c.id DESC LIMIT 1`);
  const asked = db.prepare<[number, number]>(
    /* sql */ `UPDATE page SET visited_at = ? WHERE id = ?`,
  );
  const askedSince = db
    .prepare<[number, number], number>(
      /* sql */ `SELECT visited_at FROM page WHERE id = ? AND visited_at >= ?`,
    )
    .pluck();

  return {
    spend(siteId, at, requests) {
      if (requests > 0) spend.run({ siteId, day: Math.floor(at / DAY_MS), requests });
    },
    spentOn: (day) => new Map(spentOn.all(day).map(({ siteId, requests }) => [siteId, requests])),
    shutHosts: (now) => shutHosts.all(now),
    shutHost: (shut) => {
      shutHost.run(shut);
    },
    putRobots(robots, packed, { siteId, runId }) {
      const hints = { title: null, publishedAt: null, lastModifiedAt: null };
      const page = { url: robots.url, siteId, role: "robots", foundBy: "guess", ...hints } as const;
      const pageId = frontier.pageOf(page, robots.fetchedAt);
      const before = newest.get(pageId);
      const isSame =
        before?.digest.equals(Buffer.from(packed.digest, "hex")) === true &&
        before.status === robots.status;
      if (!isSame) captures.add(robots, packed, { pageId, runId, encoding: null });
      asked.run(robots.fetchedAt, pageId);
    },
    robotsSince(pageId, since) {
      const at = askedSince.get(pageId, since);
      const captureId = newest.get(pageId)?.id;
      return at === undefined || captureId === undefined ? null : { captureId, at };
    },
  };
}
