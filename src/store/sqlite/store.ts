/** The SQLite backend: one file, one writer connection, everything wired together here. Opened by open.ts. */

import { WarraqError } from "../../errors.ts";
import type { Capture } from "../../model.ts";
import type { Store } from "../store.ts";
import { createAdopt } from "./adopt.ts";
import { createArticles } from "./articles.ts";
import { createArticleWriter } from "./articles-write.ts";
import { createCaptures } from "./captures.ts";
import { createChain } from "./chain.ts";
import { createChainVerifier } from "./chain-verify.ts";
import { createChanges } from "./changes.ts";
import { createDatasets } from "./datasets.ts";
import { type Database, translated, translating } from "./driver.ts";
import { createDuplicates } from "./duplicates.ts";
import { createExtractions } from "./extractions.ts";
import { createFrontier } from "./frontier.ts";
import { createGroupCommit, holding } from "./group-commit.ts";
import { createHealth } from "./health.ts";
import { createImports, type Imports } from "./imports.ts";
import { createCrawlLock } from "./lock.ts";
import { createLookBack } from "./look-back.ts";
import { createManners } from "./manners.ts";
import { createPace } from "./pace.ts";
import { createRecordJson } from "./record-json.ts";
import { createReread } from "./reread.ts";
import { createRuns } from "./runs.ts";
import { createSeals } from "./seals.ts";
import { createSearch } from "./search.ts";
import { createSettle } from "./settle.ts";
import { createSightings } from "./sightings.ts";
import { createSites } from "./sites.ts";
import { createSources } from "./sources.ts";
import { runSql } from "./sql-console.ts";
import { createStats } from "./stats.ts";
import { createUpkeep } from "./upkeep.ts";
import { createVisits } from "./visits.ts";
import { createVocabulary } from "./vocabulary.ts";
import { createWaiting } from "./waiting.ts";
import { createWpTexts } from "./wp-texts.ts";

/** The verbs of a store over an open archive of the newest schema. */
export function wireStore(db: Database, path: string): Store {
  const frontier = createFrontier(db);
  const captures = createCaptures(db);
  const sources = createSources(db);
  const manners = createManners(db, frontier, captures);
  const wpTexts = createWpTexts(db, frontier, captures);
  const changes = createChanges(db);
  const writer = createArticleWriter(db, changes);
  const seals = createSeals(db);
  const reread = createReread(db, writer, seals);
  const settleOne = createSettle(db, {
    ...{ writer, changes, frontier, captures, sources, manners, wpTexts },
  });
  const imports = createImports(db, { writer, changes, frontier, captures, reread });
  const vocabulary = createVocabulary(db);
  const articles = createArticles(db, vocabulary.expand);
  const recordJson = createRecordJson(db, vocabulary.expand, articles);
  const extractions = createExtractions(db, captures, reread);
  const search = createSearch(db, vocabulary);
  const sightings = createSightings(db, articles, captures);
  const duplicates = createDuplicates(db);
  const pace = createPace(db);
  const chain = createChain(db);
  const verifyChain = createChainVerifier(db);
  const runs = createRuns(db);
  const sites = createSites(db);
  const adopt = createAdopt(db, writer.refile);
  const stats = createStats(db, path, runs);
  const waiting = createWaiting(db);
  const visits = createVisits(db);
  const health = createHealth(db, visits);
  const lookBack = createLookBack(db);
  const lock = createCrawlLock(path);
  const onLoan = new Set<number>();
  const group = createGroupCommit(db, path, () => onLoan.size, writer.index);

  const read = async <T>(work: () => T): Promise<T> => translating(path, work);
  const writeNow = <T>(work: () => T): T =>
    translating(path, () => db.transaction(work).immediate());
  const write = async <T>(work: () => T): Promise<T> => writeNow(work);
  /** For what a power cut may undo without loss: a forgotten loan is only a page due again. */
  const writeLightly = async <T>(work: () => T): Promise<T> => {
    db.pragma("synchronous = normal");
    try {
      return await write(work);
    } finally {
      db.pragma("synchronous = full");
    }
  };

  /** What is stored is bound by the chain, whether a file or another archive brought it. */
  const putImported: Imports["put"] = (fileId, pages, progress) => {
    const settled = holding(writer.index, () => imports.put(fileId, pages, progress));
    const runId = pages[0]?.visit.runId;
    if (runId !== undefined) chain.append("import", runId, progress.now);
    return settled;
  };
  const upkeep = createUpkeep(db, path, { imports: { ...imports, put: putImported }, seals });
  const datasets = createDatasets(db, writeNow, vocabulary.expand);

  /** Words counted in memory; what asks about words of the archive comes after it. */
  const countWords = (): void => {
    if (writer.index.hasCounts()) db.transaction(writer.index.flush).immediate();
  };

  /** A kill may lose the last counts; so may a full disk, whose story was told when a page did not fit. */
  const countWordsIfRoom = (): void => {
    try {
      translating(path, countWords);
    } catch (error) {
      if (!(error instanceof WarraqError && error.code === "E_DISK_FULL")) throw error;
    }
  };

  const ask = <T>(work: () => T): Promise<T> =>
    read(() => {
      countWords();
      return work();
    });

  const captureOf = (id: number | null): Capture | null => (id === null ? null : captures.get(id));
  /** For the crawler, which can do without. */
  const unlessPruned = (find: () => Capture | null): Capture | null => {
    try {
      return find();
    } catch (error) {
      if (error instanceof WarraqError && error.code === "E_PRUNED") return null;
      throw error;
    }
  };

  return {
    putSite: (site) => write(() => sites.put(site)),
    sites: () => read(sites.list),
    removeSite: (id) => write(() => sites.remove(id)),
    adoptSite: (from, to) => write(() => adopt(from, to)),

    enqueue: (pages, options) => write(() => frontier.enqueue(pages, options)),
    async lease(request) {
      if (request.limit <= 0) return [];
      const leases = await writeLightly(() => frontier.lease(request));
      for (const { id } of leases) onLoan.add(id);
      return leases;
    },
    settle(lease, visit) {
      const settled = group.add(() => {
        const done = settleOne(lease, visit);
        chain.append("visit", visit.runId, visit.at);
        return done;
      });
      onLoan.delete(lease.id);
      return settled;
    },
    async release(lease, dueAt) {
      await writeLightly(() => frontier.release(lease.id, dueAt));
      onLoan.delete(lease.id);
    },
    nextDueAt: (siteIds) => read(() => frontier.nextDueAt(siteIds)),
    makeDue: (request) => write(() => frontier.makeDue(request)),
    makeSourcesDue: (request) => write(() => sources.makeDue(request)),
    makeRefusedDue: (request) => write(() => sources.makeRefusedDue(request)),
    waiting: (request) => oneByOne(path, () => waiting(request)),
    isKnown: (url) => read(() => frontier.isKnown(url)),
    lastVisit: (url) => read(() => lookBack.visit(url)),
    lastCapture: (url) => read(() => unlessPruned(() => lookBack.capture(url))),

    spentOn: (day) => read(() => manners.spentOn(day)),
    shutHosts: (now) => read(() => manners.shutHosts(now)),
    shutHost: (shut) => writeLightly(() => manners.shutHost(shut)),
    putRobots: (robots, packed, of) =>
      write(() => {
        manners.putRobots(robots, packed, of);
        chain.append("visit", of.runId, robots.fetchedAt);
      }),
    robots: (origin, since) =>
      read(() => {
        const pageId = frontier.idOf(`${origin}/robots.txt`);
        const found = pageId === null ? null : manners.robotsSince(pageId, since);
        const capture = captureOf(found?.captureId ?? null);
        return found === null || capture === null ? null : { ...capture, fetchedAt: found.at };
      }),
    wpTerms: (siteId) => read(() => wpTexts.terms(siteId)),
    putWpTerms: (siteId, names) => write(() => wpTexts.putTerms(siteId, names)),
    listedText: (url) =>
      read(() => {
        const pageId = frontier.idOf(url);
        return unlessPruned(() => captureOf(pageId === null ? null : wpTexts.newest(pageId)));
      }),

    beginFile: (file, runId) => write(() => imports.begin(file, runId)),
    hasCapture: (url, at, digest) => read(() => imports.has(url, at, digest)),
    captureAt: (url, at) => read(() => captureOf(imports.idAt(url, at))),
    putImported: (fileId, pages, progress) => write(() => putImported(fileId, pages, progress)),

    beginRun: (run) => write(() => runs.begin(run)),
    endRun: (id, end) =>
      write(() => {
        runs.end(id, end);
        chain.endRun(id, end.at);
        seals.add();
      }),
    runs: (limit) => read(() => runs.list(limit)),

    search: (filter, paging) => ask(() => search.search(filter, paging)),
    list: (filter, paging) => ask(() => search.list(filter, paging)),
    facets: (filter, names, most) => ask(() => search.facets(filter, names, most)),
    article: (idOrUrl, version) => read(() => articles.article(idOrUrl, version)),
    history: (idOrUrl) => read(() => articles.history(idOrUrl)),
    rawParts: (articleId, version) => read(() => extractions.rawParts(articleId, version)),
    reread: (of, reading, by) =>
      group.add(() => {
        extractions.reread(of, reading, by);
        chain.append("extraction", by.runId, by.at);
      }),
    extraction: (idOrUrl, version, number) =>
      read(() => {
        const row = articles.rowOf(idOrUrl, version);
        return row === undefined ? null : extractions.as(row, number);
      }),
    rawCapture: (idOrUrl, version) => read(() => articles.rawCapture(idOrUrl, version)),
    async verifyChain(options) {
      try {
        return await verifyChain(options);
      } catch (error) {
        throw translated(error, path);
      }
    },
    changes: (filter, paging) => read(() => changes.list(filter, paging)),
    changesOf: (idOrUrl) => read(() => changes.ofArticle(idOrUrl)),
    scan: (filter, versions) => oneByOne(path, () => articles.scan(filter, versions)),
    scanJson: (request) => inBatches(path, () => recordJson(request)),
    sightings: (filter) => oneByOne(path, () => sightings(filter)),
    duplicates: (filter, level) => oneByOne(path, () => duplicates.groups(filter, level)),
    copiesOf: (idOrUrl) => read(() => duplicates.copiesOf(idOrUrl)),
    stats: (siteIds) => read(() => stats(siteIds)),
    extent: (filter, versions) => read(() => datasets.extent(filter, versions)),
    increment: (name, terms) => read(() => datasets.increment(name, terms)),
    siteIds: () => read(visits.siteIds),
    coverage: (span) => read(() => visits.coverage(span)),
    health: (span) => read(() => health(span)),
    pace: (span) => read(() => pace(span)),
    missed: (filter) => oneByOne(path, () => visits.missed(filter)),
    sql: (statement, parameters) => runSql(path, statement, parameters),

    ...upkeep,

    lockForCrawl() {
      if (!lock.take()) return false;
      // Whoever still has pages on loan is dead, or the lock would not have been free.
      translating(path, () => db.transaction(() => frontier.takeBackLoans()).immediate());
      onLoan.clear();
      return true;
    },
    async close() {
      try {
        translating(path, group.flush);
        countWordsIfRoom();
      } finally {
        db.close();
        lock.release();
      }
    },
  };
}

/** What a query gives bit by bit; between two bits the connection is free for others. */
async function* inBatches<Batch>(
  path: string,
  begin: () => Iterator<Batch, void>,
): AsyncGenerator<Batch, void> {
  const batches = translating(path, begin);
  for (;;) {
    const batch = translating(path, () => batches.next());
    if (batch.done === true) return;
    yield batch.value;
  }
}

async function* oneByOne<Row>(
  path: string,
  begin: () => Iterator<readonly Row[], void>,
): AsyncGenerator<Row, void> {
  for await (const batch of inBatches(path, begin)) yield* batch;
}
