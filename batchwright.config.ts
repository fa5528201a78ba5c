import { type Config, defineConfig } from './generator/config.ts';

const config: Config = defineConfig({
  targets: {
    meraki: {
      input: 'specs/meraki/openapi.yaml',
      output: 'generated/meraki',
      name: 'meraki',
      dialect: 'meraki',
    },
  },
});

export default config;
