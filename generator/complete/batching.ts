import type { Dialect, RequestModule } from '../dialects/dialect.ts';
import type { Batching } from '../ir/batch.ts';
import type { ApiDescription, Group } from '../ir/ir.ts';
import { batchListOf } from './batch-list.ts';
import { effectsOf, pagesOf, resourcesOf } from './effects.ts';
import { secretMembers } from './secret-members.ts';
import { camelCase, pascalCase } from '../ir/names.ts';

/** How an API takes batches; undefined where none of its operations can stand in one. */
export function batchingOf(
  { groups: all, types }: Pick<ApiDescription, 'groups' | 'types'>,
  { name, runtime, node, effects, addressRate }: Dialect,
): Batching | undefined {
  const groups = batchable(all);
  if (groups.length === 0) return undefined;
  const secrets = secretMembers(
    groups.flatMap(({ operations }) => operations),
    types,
  );
  const more = secrets.length > 0 ? { secretMembers: secrets } : {};
  const resources = resourcesOf(all);
  const base = {
    dialect: name,
    groups,
    node,
    addressRate,
    effects: effectsOf(resources, types, effects, 'batches' in runtime),
    pages: pagesOf(resources),
  };
  if ('drafts' in runtime) {
    const { drafts } = runtime;
    return {
      ...base,
      kind: 'draft',
      scope: drafts.scope,
      list: batchListOf(all, drafts),
      descriptor: { name: camelCase(drafts.name) || 'dialect', value: { ...drafts, ...more } },
      traits: {
        name: pascalCase(drafts.name) || 'Dialect',
        scope: drafts.scope,
        reports: drafts.reports,
        callbacks: drafts.hook !== undefined,
      },
    };
  }
  const { batches, hooks } = runtime;
  return {
    ...base,
    kind: 'request',
    scope: batches.scope,
    descriptor: { name: camelCase(batches.name) || 'dialect', value: { ...batches, ...more } },
    traits: {
      name: `${pascalCase(batches.name)}Traits`,
      onError: batches.onError,
      scope: batches.scope,
      within: batches.references.within ?? [],
      version: versions(batches),
      references: batches.references.verbs.length > 0,
      previews: batches.previews ?? Boolean(batches.readBack),
    },
    hooks,
    readsBack: Boolean(batches.readBack),
  };
}

function batchable(groups: readonly Group[]): readonly Group[] {
  return groups
    .map((group) => ({
      ...group,
      operations: group.operations.filter(({ batch }) => batch !== undefined),
    }))
    .filter(({ operations }) => operations.length > 0);
}

function versions({ endpoints }: RequestModule['batches']): readonly string[] {
  return endpoints.flatMap(({ fence }) => (fence?.kind === 'version' ? [fence.option] : []));
}
