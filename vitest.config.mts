import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    setupFiles: ['test/setup.ts'],
    include: ['test/**/*.test.ts'],
    exclude: ['test/vscode/**', 'test/host/**'],
    // The process that hands out the files has little to do: each processor takes one.
    maxWorkers: '100%',
    testTimeout: 60_000,
    // A browser may take its time to start on a machine that has much to do.
    hookTimeout: 120_000,
  },
});
