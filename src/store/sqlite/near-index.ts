/**
 * Finding the articles that one is a copy of, or that are copies of it, among a million: by selected
 * runs of words (fingerprint/shingles.ts), then exactly, on the texts themselves.
 *
 * A run that many unrelated articles share (a footer, a call to follow, the frame of a weather
 * report) finds nothing and counts for nothing. Articles of one cluster count as one here if they are of
 * different sites, or a story that everybody copied would look like a footer.
 */
import {
  type Comparable,
  comparable,
  haveOtherNumbers,
  isCopy,
  isSameStory,
  likeness,
  type Shingles,
  shinglesOf,
  TELLING_RUNS,
} from "../../fingerprint/index.ts";
import { fold } from "../../text/index.ts";
import type { Database } from "./driver.ts";

export interface NearCopy {
  readonly id: number;
  readonly similarity: number;
  readonly containment: number;
  readonly isStory: boolean;
  /** Whether it is the shorter of the two. */
  readonly isWithin: boolean;
}

/** What of an article decides. */
export interface NearText {
  readonly id: number;
  readonly siteId: string;
  readonly body: string;
  readonly published: string | null;
  readonly dateAt: number;
}

export interface NearIndex {
  /** Copies among the articles put before; the article itself may be there already. */
  find(text: NearText): readonly NearCopy[];
  /** @param before - the body that was put for this article last; null for none */
  put(text: NearText, before: string | null): void;
}

/** A run of more stories than this is common speech or furniture. */
const COMMON_STORIES = 16;
/** Articles looked at for one run, the newest: enough to see that they are of many stories. */
const MOST_POSTINGS = 32;
/**
 * Share of the shorter text's selected runs that must be shared before texts are compared. Far below
 * the .9 that is asked in the end, as every edit moves the selection around it too.
 */
const PROMISING = 1 / 3;
/** Texts compared for one article, the most promising: a cluster is joined by any of its members. */
const MOST_COMPARED = 12;

/** Share of selected runs that are its own, up to which a text is nearly all frame. */
const MOSTLY_FURNITURE = 0.5;

interface Posting {
  readonly id: number;
  readonly size: number;
}

export function createNearIndex(db: Database): NearIndex {
  const postingsOf = db.prepare<[number, number], Posting>(/* sql */ `
    SELECT article_id AS id, size FROM shingle WHERE hash = ? AND article_id <> ?
    ORDER BY article_id DESC LIMIT ${MOST_POSTINGS}`);
  const placeOf = db.prepare<[number], { clusterId: number | null; siteId: string }>(
    /* sql */ `SELECT cluster_id AS clusterId, site_id AS siteId FROM article WHERE id = ?`,
  );
  const textOf = db.prepare<[number], NearText>(/* sql */ `
    SELECT a.id, a.site_id AS siteId, v.body, v.published, a.date_at AS dateAt
    FROM article a JOIN version v ON v.id = a.version_id WHERE a.id = ?`);
  const add = db.prepare<[number, number, number]>(
    /* sql */ `INSERT OR REPLACE INTO shingle (hash, article_id, size) VALUES (?, ?, ?)`,
  );
  const remove = db.prepare<[number, number]>(
    /* sql */ `DELETE FROM shingle WHERE hash = ? AND article_id = ?`,
  );

  /** An article is looked up and then put: its text is taken apart once. */
  let looked = { body: "", folded: "", shingles: shinglesOf("") };
  function look(body: string): typeof looked {
    if (body !== looked.body) {
      const folded = fold(body);
      looked = { body, folded, shingles: shinglesOf(folded) };
    }
    return looked;
  }

  function isCommon(postings: readonly Posting[]): boolean {
    if (postings.length <= COMMON_STORIES) return false;
    const clusters = new Map<number, Map<string, number>>();
    for (const { id } of postings) {
      const { clusterId, siteId } = placeOf.get(id) ?? { clusterId: null, siteId: "" };
      const sites = clusters.get(clusterId ?? -id) ?? new Map<string, number>();
      clusters.set(clusterId ?? -id, sites.set(siteId, (sites.get(siteId) ?? 0) + 1));
    }
    let stories = 0;
    for (const sites of clusters.values()) stories += Math.max(...sites.values());
    return stories > COMMON_STORIES;
  }

  return {
    find(text) {
      const { folded, shingles } = look(text.body);
      if (shingles.hashes.length < TELLING_RUNS) return [];
      const commonness = new Map<number, boolean>();
      const isCommonRun = ({ hashes, selected }: Shingles, index: number): boolean => {
        const hash = hashes[selected[index] as number] as number;
        let known = commonness.get(hash);
        if (known === undefined) {
          known = isCommon(postingsOf.all(hash | 0, text.id));
          commonness.set(hash, known);
        }
        return known;
      };
      const made = (of: Shingles): Comparable => comparable(of, (index) => isCommonRun(of, index));

      const shared = new Map<number, { count: number; size: number }>();
      const furniture: Posting[] = [];
      let telling = 0;
      const count = (postings: readonly Posting[]): void => {
        for (const { id, size } of postings) {
          const found = shared.get(id);
          if (found === undefined) shared.set(id, { count: 1, size });
          else found.count++;
        }
      };
      for (const hash of new Set(shingles.selected.map((place) => shingles.hashes[place]))) {
        const postings = postingsOf.all((hash as number) | 0, text.id);
        const common = isCommon(postings);
        commonness.set(hash as number, common);
        if (common) furniture.push(...postings);
        else telling++;
        if (!common) count(postings);
      }
      // A text that is nearly all frame is a notice: its copies of the day share no more than that.
      if (telling <= MOSTLY_FURNITURE * shingles.selected.length) count(furniture);
      const promising = [...shared]
        .map(([id, { count, size }]) => ({
          id,
          share: count / Math.min(Math.max(1, telling), size),
        }))
        .filter(({ share }) => share >= PROMISING)
        .sort((a, b) => b.share - a.share || b.id - a.id)
        .slice(0, MOST_COMPARED);
      if (promising.length === 0) return [];

      const mine = made(shingles);
      return promising.flatMap(({ id }) => {
        const other = textOf.get(id);
        if (other === undefined) return [];
        const otherFolded = fold(other.body);
        const theirs = shinglesOf(otherFolded);
        const isSameSite = text.siteId === other.siteId;
        const isSameDay = dayOf(text) === dayOf(other);
        const like =
          likeness(mine, made(theirs)) ??
          // Footers are of one site, so of two outlets a day's notice may be compared whole.
          (isSameDay && !isSameSite ? likeness(comparable(shingles), comparable(theirs)) : null);
        if (like === null || !isCopy(like) || (isSameSite && !like.hasBeginning)) return [];
        if (haveOtherNumbers(folded, otherFolded, isSameDay)) return [];
        const { similarity, containment, isFirstLonger } = like;
        const isStory = isSameStory(like);
        return { id, similarity, containment, isStory, isWithin: isFirstLonger };
      });
    },

    put(text, before) {
      const now = selectedOf(look(text.body).shingles);
      const was = before === null ? new Set<number>() : selectedOf(shinglesOf(fold(before)));
      for (const hash of was) if (!now.has(hash)) remove.run(hash, text.id);
      const isSameSize = was.size === now.size;
      for (const hash of now) {
        if (!was.has(hash) || !isSameSize) add.run(hash, text.id, now.size);
      }
    },
  };
}

/** Hashes of the selected runs as SQLite keeps them: signed, in four bytes. */
function selectedOf({ hashes, selected }: Shingles): Set<number> {
  if (hashes.length < TELLING_RUNS) return new Set();
  return new Set(selected.map((place) => (hashes[place] as number) | 0));
}

function dayOf({ published, dateAt }: NearText): string {
  return (published ?? new Date(dateAt).toISOString()).slice(0, "2019-04-23".length);
}
