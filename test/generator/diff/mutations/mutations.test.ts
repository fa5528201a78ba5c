import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { diff } from '../../../../generator/diff/diff.ts';
import type { Finding } from '../../../../generator/diff/finding.ts';
import { randomOf } from '../../../simulators/random.ts';
import { sideOf } from '../documents.ts';
import { edits, pick } from './edits.ts';
import { Judge } from './judge.ts';
import type { Editable } from './places.ts';
import { slicesOf } from './slices.ts';

// More of them, and others: `MUTATIONS=2000 MUTATION_SEED=7 npx vitest run test/generator/diff/mutations`.
const count = Number(process.env['MUTATIONS'] ?? 72);
const seed = Number(process.env['MUTATION_SEED'] ?? 0);
const vendors = fileURLToPath(
  new URL('../../../../../shared/specs/meraki-v1.42.0.json', import.meta.url),
);
const own = fileURLToPath(new URL('../../../../specs/meraki/openapi.yaml', import.meta.url));

test(
  `${count} random edits are judged as they say, and as the compiler does`,
  async () => {
    const document: Editable = existsSync(vendors)
      ? JSON.parse(readFileSync(vendors, 'utf8'))
      : parse(readFileSync(own, 'utf8'));
    const slices = slicesOf(document, 2);
    const judge = await Judge.create();
    const wrong: string[] = [];
    const breaking = new Map<string, boolean>();
    for (let index = 0; index < count; index++) {
      const mutation = mutate(slices, index);
      if (!mutation) continue;
      const name = `${index}: ${mutation.name}`;
      const [old, now] = await Promise.all([sideOf(mutation.old), sideOf(mutation.now)]);
      const findings = diff(old, now, ['wire', 'types']);
      const wire = findings.filter(({ axis }) => axis === 'wire').map(({ rule }) => rule);
      const expected = mutation.rule === null ? [] : [mutation.rule];
      if (wire.join() !== expected.join()) wrong.push(`${name}: ${wire.join()}`);
      breaking.set(name, findings.some(breaksTypes));
      await judge.add(name, old, now);
    }
    expect(wrong).toEqual([]);
    const verdicts = judge.verdicts();
    const others = [...breaking].filter(
      ([name, breaks]) => breaks !== (verdicts.get(name) ?? []).length > 0,
    );
    expect(
      others.map(([name, breaks]) => ({ name, breaks, compiler: verdicts.get(name) })),
    ).toEqual([]);
    expect(breaking.size).toBeGreaterThan(count * 0.9);
  },
  10_000 + count * 2000,
);

function breaksTypes({ axis, severity }: Finding): boolean {
  return axis === 'types' && severity === 'breaking';
}

interface Mutation {
  readonly name: string;
  readonly old: Editable;
  readonly now: Editable;
  /** The only rule of the wire that may find it; null where none may. */
  readonly rule: string | null;
}

/** A slice before and after an edit that it has a place for. */
function mutate(slices: readonly Editable[], index: number): Mutation | undefined {
  const random = randomOf(seed + index);
  const all = Object.entries(edits);
  const [name, edit] = all[index % all.length] ?? [];
  if (name === undefined || !edit) return undefined;
  for (let tries = 0; tries < 30; tries++) {
    const old = pick(slices, random);
    if (!old) return undefined;
    const now = structuredClone(old);
    const rule = edit(now, random);
    if (rule !== undefined) return { name, old, now, rule };
  }
  return undefined;
}
