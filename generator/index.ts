export { type Config, defineConfig, type Target } from './config/config.ts';
export type { Diagnostic, Severity } from './diagnostics/diagnostics.ts';
export type { Dialect } from './dialects/dialect.ts';
export { type Batches, requestDialect, type RequestDefinition } from './dialects/request.ts';
export { generate, type GenerateOptions, type Generated } from './generate.ts';
export type { WriteSummary } from './write/write.ts';
