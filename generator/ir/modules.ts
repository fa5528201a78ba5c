import type { ClientFactory, Modules } from './api.ts';
import type { Batching } from './batch.ts';
import type { ApiDescription } from './ir.ts';
import { declaredNames } from './operation.ts';

/** Types of an operation live beside its function, all others in `types`, whoever uses them. */
export function modulesOf(
  { types, webhooks, groups }: ApiDescription,
  { name: clientName }: ClientFactory,
  batch: Batching | undefined,
): Modules {
  const homes = new Map<string, string>();
  const declared = new Map<string, string[]>();
  const named = [...types.map(({ name }) => name), ...webhooks.map(({ typeName }) => typeName)];
  declared.set('types', named);
  for (const name of named) homes.set(name, 'types');
  for (const group of groups) {
    const names: string[] = [];
    for (const operation of group.operations) {
      for (const name of declaredNames(operation)) {
        homes.set(name, group.name);
        names.push(name);
      }
      names.push(operation.name);
    }
    declared.set(group.name, names);
  }
  declared.set('client', ['createClient', 'allowedUrls', 'rateLimit', `${clientName}Options`]);
  declared.set('index', [clientName, `create${clientName}`]);
  if (batch) {
    declared.set('batch/index', ['Batch', 'createBatch']);
    for (const { name, operations } of batch.groups)
      declared.set(
        `batch/${name}`,
        operations.map((operation) => operation.name),
      );
  }
  return { homes, declared };
}
