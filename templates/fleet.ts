import type { Batching } from '../generator/ir/batch.ts';
import { printModule, type Ref, type SourceFile, type, value } from '../generator/print/code.ts';
import { quote } from '../generator/print/text.ts';
import { banner, type OutputFile, type Template } from '../generator/template.ts';
import { dialectModule } from './batch-dialect.ts';

const home = 'runtime/fleet/';

/** `src/fleet.ts`: runs for many organizations on many machines, where the API has batches. */
export const fleet: Template = {
  name: 'fleet',
  adds: ({ batch }) =>
    batch
      ? {
          exports: { './fleet': 'fleet' },
          optionalPeerDependencies: {
            pg: '^8.16.0',
            'pg-boss': '^12.38.0',
            'better-sqlite3': '^12.4.1',
          },
          lateDependencies: ['pg', 'pg-boss', 'better-sqlite3'],
        }
      : {},
  files({ batch, modules }): readonly OutputFile[] {
    if (!batch) return [];
    const scope = { module: 'fleet', modules, declares: ['options'] };
    const text = printModule(scope, (file) => fleetModule(batch, file));
    return [{ path: 'src/fleet.ts', text: banner + text }];
  },
};

function fleetModule({ scope, descriptor, addressRate }: Batching, { code }: SourceFile): string {
  const create: Ref = { ...value('createFleet', `${home}fleet`), as: 'create' };
  const generic: Ref = { ...type('Fleet', `${home}types`), as: 'FleetOf' };
  const names = scope.map(quote).join(' | ') || 'never';
  return code`export * from './${home}public.js';

/** Runs of this API, in PostgreSQL: submitted on any machine, taken up by any worker. */
export type Fleet = ${generic}<${names}>;

/** Binds a fleet to this API. Nothing is opened before it is used. It needs the packages \`pg\` and \`pg-boss\`. */
export function createFleet(options: ${type('FleetOptions', `${home}types`)}): Fleet {
  return ${create}<${names}>(options, {
    dialect: ${value(descriptor.name, dialectModule)},
    makeBatch: ${value('createBatch', 'batch/index')},${addressRate === undefined ? '' : `\n    addressRate: ${addressRate},`}
  });
}
`;
}
