import { didYouMean } from '../../diagnostics/suggest.ts';
import type { Problems } from '../problems.ts';
import { quote } from '../quote.ts';
import type { Workspace } from '../workspace.ts';
import { type ExcludedOperation, Filter } from './filter.ts';
import { pruneComponents, usedComponents } from './prune.ts';
import type { ShapeOptions } from './shape.ts';

/** The choice of operations, which is made anew after each step that may bring more of them. */
export interface Selection {
  readonly excluded: readonly ExcludedOperation[];
  apply(workspace: Workspace): void;
  /** Reports what never fitted, and a choice that leaves nothing. */
  close(workspace: Workspace, file: string): void;
}

/** Keeps what `include` and `exclude` choose, and the components that it needs. */
export function selectOperations({ include, exclude }: ShapeOptions): Selection {
  const filter = new Filter(include, exclude);
  const isIdle = !include && !exclude;
  return {
    excluded: filter.excluded,
    apply(workspace) {
      if (isIdle) return;
      const { document } = workspace;
      const used = usedComponents(document);
      const count = filter.excluded.length;
      filter.apply(document);
      if (filter.excluded.length === count) return;
      pruneComponents(document, used);
      workspace.changed();
    },
    close({ document, problems }, file) {
      if (isIdle) return;
      report(filter, file, problems);
      const { paths } = document;
      if (filter.excluded.length === 0 || Object.keys(paths ?? {}).length > 0) return;
      problems.error('shape/nothing-left', '`include` and `exclude` leave no operation.', {
        file,
        hint: 'Choose at least one operation.',
      });
    },
  };
}

function report(filter: Filter, file: string, problems: Problems): void {
  for (const { option, kind, text } of filter.unused) {
    const meant = didYouMean(text, filter.known(kind));
    problems.warning(
      'shape/no-match',
      `No operation fits ${quote(text)} of \`${option}.${kind}\`.${meant}`,
      { file, hint: 'Correct it in the configuration, or remove it.' },
    );
  }
}
