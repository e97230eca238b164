import { defineConfig } from 'vitest/config';

const common = {
  exclude: ['**/node_modules/**', '**/dist/**', '**/dist-types/**', '**/fixtures/**'],
  // Tests start real containers and databases, so a file has a process of its own, and few run at once.
  pool: 'forks' as const,
  testTimeout: 120_000,
  hookTimeout: 240_000,
  // A machine that others share may hold a browser or a container up. What passes at its second try only is named at the end.
  retry: 1,
  expect: { poll: { timeout: 30_000 } },
};

export default defineConfig({
  test: {
    maxWorkers: 3,
    teardownTimeout: 60_000,
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          isolate: false,
          include: ['packages/**/src/**/*.test.{ts,tsx}', 'apps/**/src/**/*.test.{ts,tsx}', 'infra/**/*.test.ts'],
        },
      },
      // These share one stack of real processes, which starts before the first of them.
      {
        test: {
          ...common,
          name: 'system',
          isolate: false,
          include: ['test/**/*.test.ts'],
          globalSetup: ['test/support/globalSetup.ts'],
        },
      },
    ],
  },
});
