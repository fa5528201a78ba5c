import type { Api } from './api.ts';

/** The name under which the entry point exports something of the package's own. */
export function exportedAs(
  { exports }: Pick<Api, 'exports'>,
  module: string,
  name: string,
): string {
  const exported = exports
    .find((one) => one.module === module)
    ?.names.find((one) => one.name === name);
  return exported?.as ?? name;
}
