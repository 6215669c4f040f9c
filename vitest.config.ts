import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/global-setup.ts"],
    testTimeout: 30_000,
    // Two cores: more workers only make the tests that start real processes slower.
    maxWorkers: 2,
  },
});
