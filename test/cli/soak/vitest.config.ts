import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** The long runs of the command line: `npm run soak:cli`. */
const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/cli/soak/**/*.soak.ts'],
    testTimeout: 7_200_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});

export default config;
