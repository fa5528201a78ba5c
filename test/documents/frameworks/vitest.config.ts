import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Large documents that others publish, each function called: `npm run published`. */
const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/documents/frameworks/*.large.ts'],
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});

export default config;
