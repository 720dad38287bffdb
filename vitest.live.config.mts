import { defineConfig } from "vitest/config";

/** Suites that need the real MLflow; `npm run test:live` brings it. */
export default defineConfig({
  test: {
    include: ["test/live/**/*.test.ts"],
    // Each file starts its own servers, of half a gigabyte each, which take ten seconds to come up alone.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 240_000,
  },
});
