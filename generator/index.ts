export * from './config/authoring.ts';
export type { Diagnostic, Severity } from './diagnostics/diagnostics.ts';
export { generate, type GenerateOptions, type Generated } from './generate.ts';
export type { WriteSummary } from './write/summary.ts';
