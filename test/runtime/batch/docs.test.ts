import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Project } from 'ts-morph';
import { describe, expect, test } from 'vitest';

const root = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const page = readFileSync(root('docs/batches.md'), 'utf8');

/** The options that the tables under a text of the page list. */
function listed(...leads: readonly string[]): readonly string[] {
  return leads
    .flatMap((lead) => {
      const at = page.indexOf(lead);
      if (at === -1) throw new Error(`The page does not say: ${lead}`);
      const [, table = ''] = /\n((?:\|.*\n)+)/.exec(page.slice(at)) ?? [];
      return [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name = '']) => name);
    })
    .toSorted();
}

const project = new Project({
  tsConfigFilePath: root('templates/runtime/tsconfig.json'),
  skipAddingFilesFromTsConfig: true,
});
const source = project.createSourceFile(
  root('templates/runtime/batch/options-of-the-page.ts'),
  `import type { PlannedRunOptions, ResumeOptions, RunOptions } from './draft/run-options.js';
   import type { CallbackOptions } from './draft/check-callback.js';
   import type { CallbackRecord, DraftDialect } from './protocol/protocol.js';
   interface Meraki extends DraftDialect<'organizationId'> { readonly hook: CallbackRecord }
   import type { FileJournalOptions } from './journal/file-journal.js';
   import type { PlanOptions } from './plan/plan.js';
   import type { KeepOptions } from './run/guard.js';
   import type { UndoOptions } from './undo/types.js';
   export type Keep = KeepOptions;
   export type Undo = UndoOptions;
   export type Plan = PlanOptions;
   export type Run = RunOptions<Meraki>;
   export type Planned = PlannedRunOptions<Meraki>;
   export type Resume = ResumeOptions;
   export type Callback = CallbackOptions;
   export type File = FileJournalOptions;
   import type { RequestRunOptions } from './request/batch.js';
   import type { OnError } from './protocol/protocol.js';
   export type Request = RequestRunOptions<{
     onError: OnError; scope: 'site'; within: []; version: 'configVersion'; references: true; previews: true;
   }>;`,
);

/** The members of a type of the run-time. */
function membersOf(name: string): readonly string[] {
  return source
    .getTypeAliasOrThrow(name)
    .getType()
    .getProperties()
    .map((property) => property.getName())
    .toSorted();
}

const plan = '`batch.plan(actions, options)`;';
const run = '`batch.run(planOrActions, options)` and';

describe('docs/batches.md lists every option, and no other,', { timeout: 60_000 }, () => {
  test('of a plan', () => {
    expect(listed(plan)).toEqual(membersOf('Plan'));
  });

  test('of a run', () => {
    expect(listed(plan, run)).toEqual(membersOf('Run'));
    expect([...listed(run), 'concurrency'].toSorted()).toEqual(membersOf('Planned'));
  });

  test('of a run whose batches are requests', () => {
    const dialects = readFileSync(root('docs/dialects.md'), 'utf8');
    const [, names = ''] = /\*\*Options\*\* .* without ([^;]*);/.exec(dialects) ?? [];
    const absent = [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    const others = listed(plan, run).filter(
      (name) => ![...absent, 'organizationId'].includes(name),
    );
    expect([...others, 'configVersion', 'site'].toSorted()).toEqual(membersOf('Request'));
  });

  test('of resuming', () => {
    const [, names = ''] =
      /`batch\.resume\(journal, options\)` takes ([^;]*) as above/.exec(page) ?? [];
    const told = [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    expect(told.toSorted()).toEqual(membersOf('Resume'));
    expect(listed('`batch.resume(journal, options)`')).toEqual(['items', 'organizationId', 'plan']);
  });

  test('of undoing and of keeping', () => {
    expect(listed('- Undoing twice does nothing')).toEqual(membersOf('Undo'));
    expect(listed('`run.keep(options)` and')).toEqual(membersOf('Keep'));
  });

  test('of callbacks and journals', () => {
    expect(listed('`batch.parseCallback(request, options)`')).toEqual(membersOf('Callback'));
    expect(listed('`fileJournal(path, options)`')).toEqual(membersOf('File'));
  });
});
