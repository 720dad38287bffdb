import { defineConfig } from "vitest/config";

export default defineConfig({
  define: { __VERSION__: JSON.stringify("0.0.0-test") },
  test: {
    include: ["test/{unit,contract,architecture}/**/*.test.ts"],
    restoreMocks: true,
    // Some tests start a process or a type checker; on a busy machine with two cores that takes seconds.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
