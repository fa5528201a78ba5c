import { readFileSync } from 'node:fs';

/** What is read of the package.json of a generated package. */
interface Manifest {
  readonly exports: Readonly<Record<string, { readonly types?: string }>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: object;
}

export function manifestOf(name: string): Manifest {
  // The generator writes it.
  return JSON.parse(readFileSync(`generated/${name}/package.json`, 'utf8')) as Manifest;
}
