import type { Diagnostic } from './diagnostics/diagnostics.ts';
import type { Loaded } from './load/load.ts';

/** The diagnostics, each with the place in the document that its pointer leads to. */
export function place(
  list: readonly Diagnostic[],
  loaded: Pick<Loaded, 'source' | 'locate'> | undefined,
): readonly Diagnostic[] {
  if (!loaded) return list;
  return list.map((diagnostic) => {
    const { file, pointer } = diagnostic;
    if (file !== undefined || pointer === undefined) return diagnostic;
    return { ...diagnostic, file: loaded.source, ...loaded.locate(pointer) };
  });
}
