import type { MutableObject } from '../json/narrow.ts';
import type { Version } from './detect-version.ts';
import type { Problems } from './problems.ts';
import { type Contents, scan } from './scan.ts';
import type { SourceMap } from './source-map.ts';
import { shapes } from './structure.ts';

interface WorkspaceParts {
  readonly document: MutableObject;
  readonly version: Version;
  readonly sources: SourceMap;
  readonly problems: Problems;
}

/** A document while it is loaded: steps change it in place, and see what the last one left. */
export class Workspace {
  readonly document: MutableObject;
  readonly version: Version;
  /** Where each part of the document was written. */
  readonly sources: SourceMap;
  readonly problems: Problems;
  #contents: Contents | undefined;

  constructor({ document, version, sources, problems }: WorkspaceParts) {
    this.document = document;
    this.version = version;
    this.sources = sources;
    this.problems = problems;
  }

  /** What is in the document now. It is scanned again only after a change. */
  get contents(): Contents {
    return (this.#contents ??= scan(this.document, shapes.document));
  }

  /** Says that references or values came or went, so that `contents` is out of date. */
  changed(): void {
    this.#contents = undefined;
  }
}
