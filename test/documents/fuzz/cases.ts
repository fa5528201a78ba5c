import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { load as parseYaml } from 'js-yaml';
import { packageRoot } from '../../../generator/own-package.ts';
import { listedDocuments } from '../corpus/documents.ts';
import { cut, type Cut, cuts, mutated, type Mutation, mutations } from './mutate.ts';

/** A document that is changed. */
export interface Original {
  readonly name: string;
  readonly text: string;
  readonly tree: unknown;
  readonly dialect?: string;
}

/** Which document is changed how, and how strictly it is then read. */
export interface Case {
  readonly document: number;
  readonly mutations: readonly Mutation[];
  /** Of the text that these give. */
  readonly cuts: readonly Cut[];
  readonly lenient: boolean;
}

export interface Changed {
  readonly text: string;
  readonly lenient: boolean;
  readonly dialect: string | undefined;
}

/** The sample's documents that are small enough to be changed many times, and our own. */
export async function originals(maxBytes: number): Promise<readonly Original[]> {
  const sample = fileURLToPath(new URL('test/documents/corpus/sample.json', packageRoot));
  const { sources } = await listedDocuments(sample, '.');
  const own = ['axapi', 'graph', 'journyx'].map((name) => {
    const path = `specs/${name}/openapi.yaml`;
    return { path, file: fileURLToPath(new URL(path, packageRoot)), dialect: name };
  });
  const all = await Promise.all(
    [...own, ...sources].map(async ({ path, file, ...rest }) => {
      const { size } = await stat(file);
      if (size > maxBytes) return [];
      const text = await readFile(file, 'utf8');
      return [{ ...rest, name: path, text, tree: parseYaml(text, { json: true }) }];
    }),
  );
  return all.flat();
}

export function cases(documents: number): fc.Arbitrary<Case> {
  return fc.record({
    document: fc.nat(documents - 1),
    mutations: fc.oneof(
      { weight: 9, arbitrary: mutations },
      { weight: 1, arbitrary: fc.constant([]) },
    ),
    cuts: fc.oneof({ weight: 9, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: cuts }),
    lenient: fc.oneof(
      { weight: 4, arbitrary: fc.constant(true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
  });
}

/** The changed text, and how it is to be read. */
export function changed(
  { document, mutations, cuts, lenient }: Case,
  documents: readonly Original[],
): Changed {
  const original = documents[document];
  if (original === undefined) throw new Error(`There is no document ${document}.`);
  const text =
    mutations.length === 0
      ? original.text
      : JSON.stringify(mutated(original.tree, mutations), null, 1);
  const { dialect } = original;
  return { text: cut(text ?? 'null', cuts), lenient, dialect };
}
