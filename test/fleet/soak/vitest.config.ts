import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** The long runs of a fleet: `npm run soak:fleet`. */
const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/fleet/soak/**/*.soak.ts'],
    testTimeout: 7_200_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});

export default config;
