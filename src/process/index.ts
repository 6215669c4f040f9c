/** The door of process/: reading pages, in this thread or in many. */
export { compileWhenSettled } from "./compile.ts";
export { growBeforeCollecting, keepPagesYoung } from "./heap.ts";
export {
  createPageReader,
  type PageJob,
  type PageReading,
  type ReadOutcome,
  type ReadPage,
} from "./page.ts";
export { openWorkers, type Workers, type WorkersOptions } from "./pool.ts";
