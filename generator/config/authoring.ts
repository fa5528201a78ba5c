/** What configurations and templates import from `batchwright`. */
export { type Config, defineConfig, type Target } from './config.ts';
export type { Dialect } from '../dialects/dialect.ts';
export { type Batches, requestDialect, type RequestDefinition } from '../dialects/request.ts';
export { draftDialect, type DraftDefinition, type Drafts } from '../dialects/draft.ts';
