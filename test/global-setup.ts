/**
 * Compiles once before the tests: worker threads and bin/ run from dist/ (a loader such as tsx does
 * not reach worker threads on Node 20). WARRAQ_SKIP_BUILD=1 leaves dist/ as it is.
 */
import { execFileSync } from "node:child_process";

export default function buildOnce(): void {
  if (process.env.WARRAQ_SKIP_BUILD === "1") return;
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
    cwd: new URL("..", import.meta.url),
    stdio: "inherit",
  });
}
