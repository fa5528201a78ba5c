import { type Config, defineConfig } from './generator/config/config.ts';

const config: Config = defineConfig({
  targets: {
    meraki: {
      input: 'specs/meraki/openapi.yaml',
      output: 'generated/meraki',
      name: '@acme/meraki',
      dialect: 'meraki',
    },
    axapi: {
      input: 'specs/axapi/openapi.yaml',
      output: 'generated/axapi',
      name: '@acme/axapi',
      dialect: 'axapi',
    },
    journyx: {
      input: 'specs/journyx/openapi.yaml',
      output: 'generated/journyx',
      name: '@acme/journyx',
      dialect: 'journyx',
    },
    graph: {
      input: 'specs/graph/openapi.yaml',
      output: 'generated/graph',
      name: '@acme/graph',
      dialect: 'graph',
    },
  },
});

export default config;
