import { apiListing } from './api-listing.ts';
import { barrel } from './barrel.ts';
import { batchDialect } from './batch-dialect.ts';
import { batchIndex } from './batch-index.ts';
import { batchModule } from './batch-module.ts';
import { clientModule } from './client.ts';
import { fleet } from './fleet.ts';
import { packageFiles } from './package.ts';
import { operationRows } from './operation-rows.ts';
import { readme } from './readme.ts';
import { tagModule } from './tag-module.ts';
import { nodeEntry } from './node-entry.ts';
import type { KnownTemplates } from '../generator/template.ts';
import { testing } from './testing.ts';
import { typesModule } from './types-module.ts';
import { valuesModule } from './values-module.ts';

/** The templates that come with batchwright, in no order that matters. */
export const knownTemplates: KnownTemplates = {
  standard: [
    tagModule,
    typesModule,
    valuesModule,
    batchModule,
    batchIndex,
    batchDialect,
    clientModule,
    operationRows,
    barrel,
    nodeEntry,
    fleet,
    testing,
    packageFiles,
    readme,
    apiListing,
  ],
  optIn: new Map([
    ['explorer', () => import('./explorer/explorer.ts')],
    ['msw', () => import('./opt-in/msw.ts')],
    ['standard-schema', () => import('./opt-in/standard-schema.ts')],
    ['tanstack-query', () => import('./opt-in/tanstack-query.ts')],
    ['valibot', () => import('./opt-in/valibot.ts')],
    ['zod', () => import('./opt-in/zod.ts')],
  ]),
};
