import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    setupFiles: ['test/setup.ts'],
    include: ['test/**/*.test.ts'],
    exclude: ['test/vscode/**', 'test/host/**'],
    testTimeout: 60_000,
    // A browser may take its time to start on a machine that has much to do.
    hookTimeout: 120_000,
  },
});
