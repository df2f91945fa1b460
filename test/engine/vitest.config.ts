import { defineConfig } from 'vitest/config';

// The tests against the real engine: one worker, since they share the two processes of the test partner.
export default defineConfig({
  test: {
    // A test of the runner itself runs one file that is no test otherwise.
    include: [process.env['ENGINE_INCLUDE'] ?? 'test/engine/**/*.test.ts'],
    environment: 'node',
    globalSetup: ['test/engine/global-setup.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
