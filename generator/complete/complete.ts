import type { CommandLineTarget, Target } from '../config/config.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Api, ClientFactory, CommandLinePackage, EmittedPackage, Release } from '../ir/api.ts';
import type { ApiDescription } from '../ir/ir.ts';
import { modulesOf } from '../ir/modules.ts';
import { batchingOf } from './batching.ts';
import { conversionsOf } from './conversions.ts';
import { exportsOf } from './exports.ts';
import { operationRows } from './operation-rows.ts';
import { clientOf } from './client.ts';
import { packageNames } from './package-names.ts';
import { packageVersion } from './package-version.ts';

/**
 * Decides what the package of an API is made of: its names, the options of its client, its batches,
 * and which module declares what. Templates have nothing left to decide.
 */
export function complete(
  description: ApiDescription,
  target: Pick<
    Target,
    'name' | 'package' | 'cli' | 'form' | 'specifiers' | 'commonjs' | 'templates'
  >,
  dialect: Dialect | undefined,
  release?: Release & Pick<EmittedPackage, 'version'>,
): Api {
  const { packageName, clientName } = packageNames(target, description);
  const client = clientOf(description, clientName, dialect?.client ?? {});
  const batch = dialect && batchingOf(description, dialect);
  const conversions = conversionsOf(description);
  return {
    ...description,
    package: {
      name: packageName,
      version: release?.version ?? packageVersion(description.version),
      members: release ? withoutVersion(target.package ?? {}) : (target.package ?? {}),
      form: target.form ?? 'package',
      specifiers: target.specifiers ?? 'js',
      commonjs: target.commonjs ?? false,
      additions: {},
    },
    client,
    ...(release && { release: { added: release.added } }),
    ...(target.cli && { cli: commandLineOf(target.cli, packageName) }),
    batch,
    modules: modulesOf(description, client, batch),
    conversions,
    ...(printsOwnFunctions(target.templates) && {
      rows: operationRows(description.groups, batch, conversions),
    }),
    exports: exportsOf(description, client),
  };
}

/** The function that makes a client of an API, without the rest of its package. */
export function clientFactoryOf(
  description: ApiDescription,
  target: Pick<Target, 'name'>,
  dialect: Dialect | undefined,
): ClientFactory {
  const { clientName } = packageNames(target, description);
  return clientOf(description, clientName, dialect?.client ?? {});
}

/** Whether functions and builders are those of batchwright: rows say the same, and know no others. */
function printsOwnFunctions(templates: Target['templates'] = []): boolean {
  return Object.entries(templates).every(
    ([name, choice]) => !/^(tag|batch)-module$/.test(name) || choice === true,
  );
}

/** The version of a release takes that of the configuration into account already. */
function withoutVersion(members: EmittedPackage['members']): EmittedPackage['members'] {
  return Object.fromEntries(Object.entries(members).filter(([name]) => name !== 'version'));
}

function commandLineOf({ name, bin }: CommandLineTarget, client: string): CommandLinePackage {
  const plain = client.replace(/^@.*\//, '').replaceAll(/[^a-z0-9-]+/g, '-');
  return { name: name ?? `${client}-cli`, bin: bin ?? (plain.replace(/^[^a-z]+/, '') || 'api') };
}
