import type { DraftDialect } from '../../templates/runtime/batch/protocol/protocol.ts';
import type { Operation } from '../ir/ir.ts';
import type { Bound, Dialect } from './dialect.ts';
import type { BatchMember } from '../ir/batch-binding.ts';

/** How a server takes batches that live on it: what a dialect of this kind says of itself. */
export type Drafts = Omit<
  DraftDialect,
  'name' | 'wire' | 'reports' | 'lifecycle' | 'scope' | 'requests'
> & {
  /** Requests that a batch takes, on the average; for estimates only. Default 4. */
  readonly requests?: number | undefined;
};

/**
 * Everything about an API whose batches live on the server: they are created there, confirmed, executed
 * in their own time, and looked at until they end.
 */
export interface DraftDefinition extends Omit<Dialect, 'runtime' | 'bind' | 'wire'> {
  readonly batches: Drafts;
  /** The verb of each method that can stand in a batch: `{ POST: 'create' }`. Not with `bind`. */
  readonly verbs?: Readonly<Record<string, string>> | undefined;
  /** Operations that cannot be batched although their method can, by operationId. */
  readonly except?: readonly string[] | undefined;
  /** Which operations can be batched, where the document has a list of its own. */
  readonly bind?: Dialect['bind'] | undefined;
  /** The members of an action; by default `resource`, `operation` and `body`. */
  readonly wire?: Dialect['wire'] | undefined;
}

/**
 * The dialect of such an API. Unless `bind` says otherwise, every operation can be batched whose method
 * has a verb and that sends JSON or nothing, but for those named in `except`, those of the batches
 * themselves, and those that need no credentials.
 */
export function draftDialect(definition: DraftDefinition): Dialect {
  const { batches, verbs = {}, except = [], bind, wire, ...facts } = definition;
  const own = new Set(Object.values(batches.calls).map((call) => call?.id));
  const isBatchable = ({ id, method, authenticated, server, body, params }: Operation): boolean =>
    Object.hasOwn(verbs, method) &&
    !except.includes(id) &&
    !own.has(id) &&
    authenticated &&
    server === undefined &&
    (body === undefined || body.contents[0].encoding.startsWith('json')) &&
    params.every((param) => param.in === 'path' || !param.required);
  return {
    node: { module: 'journal/file-journal', exports: ['fileJournal'] },
    bindsApart: bind === undefined,
    ...facts,
    runtime: {
      drafts: {
        name: definition.name,
        wire: 'resource',
        reports: 'verdict',
        lifecycle: 'draft',
        scope: scopeOf(batches),
        ...batches,
        requests: batches.requests ?? 4,
      },
    },
    bind:
      bind ??
      ((api) =>
        new Map(
          api.groups
            .flatMap((group) => group.operations)
            .filter(isBatchable)
            .map((operation): readonly [Operation, Bound] => [
              operation,
              bound(definition.name, operation, verbs[operation.method] ?? '', batches),
            ]),
        )),
    wire: wire ?? ((_, binding) => members(binding)),
  };
}

function bound(dialect: string, operation: Operation, verb: string, { references }: Drafts): Bound {
  return {
    dialect,
    operation: verb,
    summary: operation.doc.summary,
    creates: references.verbs.includes(verb),
  };
}

function members({ operation = '' }: Bound): readonly BatchMember[] {
  return [
    ['resource', 'path'],
    ['operation', { literal: operation }],
    ['body', 'body'],
  ];
}

/** The names in the paths of the calls, but for that of the batch itself: a run is given their values. */
function scopeOf({ calls }: Drafts): readonly string[] {
  const names = [...calls.create.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return [...new Set(names)].filter((name) => name !== 'batch');
}
