import { type Config, defineConfig } from '../../generator/index.ts';

const config: Config = defineConfig({
  targets: {
    meraki: {
      input: '../../specs/meraki/openapi.yaml',
      dialect: 'meraki',
      // Modules of the app, not a package: Vite compiles and bundles them.
      form: 'sources',
      specifiers: 'none',
      output: 'src/meraki',
      name: 'meraki',
      templates: ['tanstack-query'],
    },
  },
});

export default config;
