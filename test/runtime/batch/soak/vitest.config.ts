import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** The long runs: `npm run soak:batches`. */
const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/runtime/batch/soak/**/*.soak.ts'],
    testTimeout: 3_600_000,
    fileParallelism: false,
  },
});

export default config;
