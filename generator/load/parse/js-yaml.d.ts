/** What is used of js-yaml, whose published types lag behind it. */
declare module 'js-yaml' {
  export interface Schema {
    extend(types: { readonly implicit: readonly Type[] }): Schema;
  }
  export interface Type {
    readonly kind: string;
  }
  export const CORE_SCHEMA: Schema;
  export const types: { readonly merge: Type };

  export interface LoadOptions {
    readonly schema?: Schema;
    /** Whether the last of several equal keys counts; otherwise they are an error. */
    readonly json?: boolean;
    readonly maxDepth?: number;
    /** -1 for no limit. */
    readonly maxTotalMergeKeys?: number;
    /** Called when the reading of a node begins and ends. */
    readonly listener?: (event: 'open' | 'close', state: LoaderState) => void;
  }
  export interface LoaderState {
    readonly position: number;
    readonly kind: 'mapping' | 'sequence' | 'scalar' | null;
    readonly result: unknown;
  }
  export function load(text: string, options?: LoadOptions): unknown;

  export function dump(
    value: unknown,
    options?: { readonly noRefs?: boolean; readonly flowLevel?: number },
  ): string;

  export class YAMLException extends Error {
    readonly reason: string;
    /** 0-based; absent for faults that have no place. */
    readonly mark?: { readonly line: number; readonly column: number };
  }
}
