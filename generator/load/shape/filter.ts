import { isObject, listOf, type MutableObject, own, textOf } from '../../json/narrow.ts';
import { pointerOfFragment, valueAt } from '../../json/pointer.ts';
import { methodFields } from '../structure.ts';

/**
 * Names operations: those that any of the lists names. `*` stands for any characters; in a path for
 * those of one segment, where `**` stands for any.
 */
export interface OperationFilter {
  /** `''` names operations without a tag. */
  readonly tags?: readonly string[] | undefined;
  readonly operations?: readonly string[] | undefined;
  /** With or without a method before it: `DELETE /networks/**`. */
  readonly paths?: readonly string[] | undefined;
  /** `x-release-stage` or `x-stability-level`; `''` names operations without one. */
  readonly stages?: readonly string[] | undefined;
}

/** An operation that a filter took out of its document. */
export interface ExcludedOperation {
  readonly method: string;
  readonly path: string;
  readonly operation: MutableObject;
}

type Kind = keyof OperationFilter;

interface Pattern {
  readonly option: 'include' | 'exclude';
  readonly kind: Kind;
  readonly text: string;
  readonly expression: RegExp;
}

/** Takes operations out of documents, and remembers which of its patterns never fitted. */
export class Filter {
  readonly excluded: ExcludedOperation[] = [];
  readonly #patterns: readonly Pattern[];
  readonly #unused: Set<Pattern>;
  readonly #values = new Map<Kind, Set<string>>();

  constructor(include: OperationFilter | undefined, exclude: OperationFilter | undefined) {
    this.#patterns = [...patternsOf('include', include), ...patternsOf('exclude', exclude)];
    this.#unused = new Set(this.#patterns);
  }

  /** Patterns that no operation fitted. */
  get unused(): readonly Pattern[] {
    return [...this.#unused];
  }

  /** What operations have that a pattern of this kind could name. */
  known(kind: Kind): Iterable<string> {
    return this.#values.get(kind) ?? [];
  }

  /** Takes out what the filter does not keep. Path items elsewhere in the document are left to the caller. */
  apply(document: MutableObject): void {
    const paths = own(document, 'paths');
    if (!isObject(paths)) return;
    for (const [path, entry] of Object.entries(paths)) {
      if (!isObject(entry) || path.startsWith('x-')) continue;
      if (typeof own(entry, '$ref') === 'string') {
        this.#applyToReferred(document, paths, path, entry);
        continue;
      }
      const gone = this.#goneOf(path, entry);
      for (const { holder, key } of gone) delete holder[key];
      if (gone.length > 0 && operationsIn(entry).length === 0) delete paths[path];
    }
  }

  /** A path item that others may refer to as well: the path loses the reference where all of it goes. */
  #applyToReferred(
    document: MutableObject,
    paths: MutableObject,
    path: string,
    entry: MutableObject,
  ): void {
    const pointer = pointerOfFragment(textOf(own(entry, '$ref')));
    const item = pointer === undefined ? undefined : valueAt(document, pointer);
    if (!isObject(item)) return;
    const gone = this.#goneOf(path, item, false);
    if (gone.length > 0 && gone.length === operationsIn(item).length) {
      this.#goneOf(path, item);
      delete paths[path];
    }
  }

  #goneOf(path: string, item: MutableObject, isFinal = true): readonly Place[] {
    const gone = operationsIn(item).filter((place) => !this.#keeps(path, place));
    if (isFinal)
      for (const { method, operation } of gone) this.excluded.push({ method, path, operation });
    return gone;
  }

  #keeps(path: string, place: Place): boolean {
    const facts = factsOf(path, place);
    for (const [kind, values] of facts) this.#note(kind, values);
    const fitting = this.#patterns.filter(({ kind, expression }) =>
      facts.get(kind)?.some((value) => expression.test(value)),
    );
    for (const pattern of fitting) this.#unused.delete(pattern);
    const includes = this.#patterns.some(({ option }) => option === 'include');
    const isIncluded = !includes || fitting.some(({ option }) => option === 'include');
    return isIncluded && !fitting.some(({ option }) => option === 'exclude');
  }

  #note(kind: Kind, values: readonly string[]): void {
    const known = this.#values.get(kind) ?? new Set();
    for (const value of values) known.add(value);
    this.#values.set(kind, known);
  }
}

interface Place {
  readonly holder: MutableObject;
  readonly key: string;
  readonly method: string;
  readonly operation: MutableObject;
}

function operationsIn(item: MutableObject): readonly Place[] {
  const additional = own(item, 'additionalOperations');
  const places = (holder: MutableObject, keys: readonly string[]): readonly Place[] =>
    keys.flatMap((key) => {
      const operation = own(holder, key);
      return isObject(operation) ? [{ holder, key, method: key.toUpperCase(), operation }] : [];
    });
  return [
    ...places(item, methodFields),
    ...(isObject(additional) ? places(additional, Object.keys(additional)) : []),
  ];
}

function factsOf(path: string, { method, operation }: Place): ReadonlyMap<Kind, readonly string[]> {
  const tags = listOf(own(operation, 'tags')).map(textOf);
  const stage = own(operation, 'x-release-stage') ?? own(operation, 'x-stability-level');
  return new Map<Kind, readonly string[]>([
    ['tags', tags.length === 0 ? [''] : tags],
    ['operations', [textOf(own(operation, 'operationId')).trim()]],
    ['paths', [path, `${method} ${path}`]],
    ['stages', [textOf(stage)]],
  ]);
}

const kinds: readonly Kind[] = ['tags', 'operations', 'paths', 'stages'];

function patternsOf(
  option: Pattern['option'],
  filter: OperationFilter | undefined,
): readonly Pattern[] {
  return kinds.flatMap((kind) =>
    (filter?.[kind] ?? []).map((text) => ({
      option,
      kind,
      text,
      expression: expressionOf(text, kind),
    })),
  );
}

/** Linear: a run of stars is one. */
function expressionOf(text: string, kind: Kind): RegExp {
  const one = kind === 'paths' ? '[^/]*' : '.*';
  const source = text
    .split(/(\*+)/)
    .map((part) => {
      if (!part.startsWith('*')) return part.replaceAll(/[\\^$.|?+()[\]{}/]/g, String.raw`\$&`);
      return part.length > 1 ? '.*' : one;
    })
    .join('');
  return new RegExp(`^${source}$`, 's');
}
