import { type Config, defineConfig } from './generator/config/config.ts';

const config: Config = defineConfig({
  targets: {
    meraki: {
      input: 'specs/meraki/openapi.yaml',
      output: 'generated/meraki',
      name: '@acme/meraki',
      dialect: 'meraki',
      cli: { output: 'generated/meraki-cli' },
    },
    axapi: {
      input: 'specs/axapi/openapi.yaml',
      output: 'generated/axapi',
      name: '@acme/axapi',
      dialect: 'axapi',
      cli: { output: 'generated/axapi-cli' },
    },
    journyx: {
      input: 'specs/journyx/openapi.yaml',
      output: 'generated/journyx',
      name: '@acme/journyx',
      dialect: 'journyx',
      cli: { output: 'generated/journyx-cli' },
    },
    graph: {
      input: 'specs/graph/openapi.yaml',
      output: 'generated/graph',
      name: '@acme/graph',
      dialect: 'graph',
      cli: { output: 'generated/graph-cli' },
    },
  },
});

export default config;
