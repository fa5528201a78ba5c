import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: {
      'batchwright/print': source('generator/print/index.ts'),
      'batchwright/template': source('generator/template.ts'),
    },
  },
  test: {
    include: ['test/**/*.test.ts'],
    // Tests wait for processes and servers half of the time; the default leaves a core idle.
    maxWorkers: Math.max(2, availableParallelism()),
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
