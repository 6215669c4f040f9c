/**
 * When V8 compiles what runs often into machine code. By default after so little that a page's reading is
 * compiled piece by piece while its first pages are read, partly for pages that others do not look like,
 * and some of it three times over: a quarter of the CPU of an import of 1,500 pages.
 */
import { setFlagsFromString } from "node:v8";

/**
 * Bytes of bytecode that a function runs through before it is compiled; V8 takes 132 KB. Whole imports of
 * 3,000 pages, turn about: 16.2 CPU seconds by default, 15.8 with 300 KB, 15.0 with 600 KB, 14.6 with
 * 1.2 MB, 15.6 with 2.4 MB, when too much is read slowly for too long.
 */
const BYTECODE_BEFORE_COMPILING = 1_200_000;

/** For the whole process, worker threads included, from now on. */
export function compileWhenSettled(): void {
  setFlagsFromString(`--interrupt-budget=${BYTECODE_BEFORE_COMPILING}`);
}
