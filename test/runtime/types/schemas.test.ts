import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compile } from '../../support/compile.ts';
import { emit } from '../../support/emit.ts';
import { readScenario } from '../../scenarios/scenario.ts';

const scenarios = fileURLToPath(new URL('../../scenarios', import.meta.url));

/** By scenario, a program that its document allows; a line under `// @ts-expect-error` that it does not. */
const programs: Readonly<Record<string, string>> = {
  'schemas/discriminator-shared-enum': `
    import type { Pet } from './src/types.js';
    export function lives(pet: Pet): number {
      if (pet.kind === 'cat') return pet.lives;
      if (pet.kind === 'dog') return Number(pet.tail);
      return pet.kind === 'eel' ? 1 : 0;
    }
    // @ts-expect-error
    export const none: Pet = { kind: 'cow' };
  `,
  'schemas/discriminator-base': `
    import type { Described, StrValue, Value } from './src/types.js';
    export function read(value: Value): unknown {
      if (value.kind === 'IntValue') return value.i?.toFixed();
      if (value.kind === 'BigValue') return [value.i, value.b];
      return value.s?.trim();
    }
    export const text: StrValue = { kind: 'str', s: 'a' };
    export const values: readonly Described[] = [text, { kind: 'BigValue', b: true, i: 1 }];
    // @ts-expect-error
    export const other: Value = { kind: 'Value' };
  `,
  'schemas/discriminator-base-mapping': `
    import type { Pet } from './src/types.js';
    export function lives(pet: Pet): number {
      return pet.kind === 'cat' || pet.kind === 'tom' ? (pet.lives ?? 9) : 1;
    }
    export const pets: readonly Pet[] = [{ kind: 'pet' }, { kind: 'dog', mother: { kind: 'dog' } }];
  `,
  'schemas/dynamic-references': `
    import type { Tree, Users } from './src/types.js';
    export const users: Users = { list: [{ id: 'a' }] };
    export const tree: Tree = { children: [{ children: [] }] };
  `,
  'schemas/pattern-properties-closed': `
    import type { Both, Closed, Named, Unevaluated } from './src/types.js';
    export const closed: Closed = { a: { name: 'x' } };
    export const both: Both = { 'n-a': 1, b: 'c' };
    export const numbers: Unevaluated = { a: 1 };
    export const named: Named = { id: 'a', 'n-b': 1 };
    // @ts-expect-error
    export const wrong: Closed = { a: 1 };
  `,
  'schemas/read-only-by-reference': `
    import type { Order, OrderInput } from './src/types.js';
    export const sent: OrderInput = { name: 'a', password: 'b' };
    export const read = (order: Order): string => order.id + order.mark;
  `,
  'schemas/required-by-reference': `
    import type { CreatePetBody } from './src/api.js';
    import type { Again, Beside, Named, Reachable } from './src/types.js';
    export const body: CreatePetBody = { name: 'a' };
    export const text = (pet: Named & Again & Beside): string => pet.name.trim();
    export const phone = (pet: Reachable): string | undefined => pet.owner?.phone.trim();
    // @ts-expect-error
    export const nameless: CreatePetBody = {};
  `,
  'schemas/open-enums': `
    import type { Azure, Closed, Either, Nullable, Zalando } from './src/types.js';
    export const known: Zalando & Azure & Either = 'red';
    export const others: readonly [Zalando, Azure, Either, Nullable] = ['a', 'b', 'c', 'd'];
    export const isRed = (color: Zalando): boolean => color === 'red' || color.startsWith('r');
    // @ts-expect-error
    export const closed: Closed = 'blue';
  `,
  'schemas/prefix-items-optional': `
    import type { Maybe, Point, Whole } from './src/types.js';
    export const points: readonly Point[] = [[1, 2], [1, 2, null]];
    export const none: Maybe = [];
    export const height = (point: Point): number => point[2] ?? 0;
    export const whole: Whole = ['a', 'b', true];
    // @ts-expect-error
    export const short: Point = [1];
  `,
  'schemas/all-of-index-signature': `
    import type { Counts, Inline, Numbers } from './src/types.js';
    export const counts: Counts = { id: 'a', b: 1 };
    export const inline: Inline = { id: 'a', b: 1 };
    export const id = (value: Counts): string => value.id.trim();
    export const numbers: Numbers = { a: 1 };
  `,
  'bodies/content-media-type': `
    import type { UploadBody } from './src/api.js';
    export const body: UploadBody = {
      file: new Blob(['a']),
      files: [new Blob([])],
      photo: null,
      coded: 'YQ==',
      page: '<p>',
      data: '{}',
    };
    // @ts-expect-error
    export const text: UploadBody = { file: 'a' };
  `,
};

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'batchwright-schemas-'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  for (const [path, program] of Object.entries(programs)) {
    const { document, options } = readScenario(
      await readFile(join(scenarios, `${path}.md`), 'utf8'),
    );
    const { files } = await emit(document, options);
    const home = join(folder, path.replace('/', '-'));
    for (const [name, text] of files) {
      if (!name.startsWith('src/')) continue;
      await mkdir(dirname(join(home, name)), { recursive: true });
      await writeFile(join(home, name), text);
    }
    await writeFile(join(home, 'program.ts'), program);
  }
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(['typescript', 'typescript-5.9'] as const)(
  'what the documents allow compiles, and nothing else, with %s',
  async (compiler) => {
    expect(await compile(folder, ['*/program.ts'], compiler)).toEqual([]);
  },
  240_000,
);
