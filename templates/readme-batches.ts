import type { Batching } from '../generator/ir/batch.ts';
import { string } from '../generator/print/expression.ts';
import { propertyName } from '../generator/print/text.ts';

/**
 * The sections of the emitted README about batches: from one action to a plan, a draft, a run with a
 * journal, and its resumption. Only what the dialect can do appears.
 *
 * @param example The statement that makes `action`.
 */
export function batchSections(
  batch: Batching,
  packageName: string,
  example: string,
): readonly string[] {
  const scope = batch.scope.map((name) => `${propertyName(name)}: ${string('…').flat}`);
  const options = (...more: readonly string[]): string => {
    const members = [...scope, ...more];
    return members.length === 0 ? '' : `, { ${members.join(', ')} }`;
  };
  const verify = batch.kind === 'draft' ? ['verify: true'] : [];
  return [
    `## Batches\n\n\`client.batch\` mirrors the client and sends nothing: each function returns an action. \`run\` sends any number of actions, in as few batches as the server allows, and reports an outcome for each. It never rejects because of an action.\n\n${block(
      [
        example,
        `const outcomes = await client.batch.run([action]${options()});`,
        "if (outcomes[0].status !== 'applied') console.error(outcomes[0]);",
      ],
    )}`,
    `An outcome is \`applied\`, \`failed\`, \`rolledBack\`, \`skipped\` or \`unknown\`; \`unknown\` is never reported as success or failure.\n`,
    `### Plan${batch.kind === 'draft' ? ' and draft' : ''}\n\n${block([
      'const plan = client.batch.plan([action]);',
      'console.log(String(plan)); // batches, waves, and the least possible time',
      ...(batch.kind === 'draft'
        ? [
            '',
            '// The server checks a draft and changes nothing.',
            `const draft = await client.batch.draft(plan${options()});`,
            'console.log(draft.problems);',
            'await draft.discard(); // or: const run = draft.confirm();',
          ]
        : []),
    ])}`,
    ...(batch.node?.exports.includes('fileJournal')
      ? [
          `### Run with a journal, and resume\n\nThe journal records each step before it happens. After a crash, \`resume\` finishes the run and applies nothing twice.\n\n${block(
            [
              `import { fileJournal } from '${packageName}/node';`,
              '',
              "const journal = fileJournal('run.jsonl');",
              `const run = client.batch.run(plan${options('journal', ...verify)});`,
              'for await (const { done, total } of run) console.log(`${done} of ${total}`);',
              'console.log(await run);',
              '',
              '// Later, or in another process:',
              "console.log(await client.batch.resume(fileJournal('run.jsonl'), { plan }));",
            ],
          )}`,
        ]
      : []),
    `### Options of a run\n\n${table(batch)}`,
  ];
}

function table(batch: Batching): string {
  const modes = batch.kind === 'request' ? batch.traits.onError : ['stop', 'continue'];
  const rows: readonly (readonly [string, string])[] = [
    ...batch.scope.map((name) => [`\`${name}\``, 'Where the batches run. Required.'] as const),
    ['`onError`', `${modes.map((mode) => `\`${mode}\``).join(' or ')}; the first is the default.`],
    ['`ordered`', 'Keeps the order of the whole list.'],
    ['`concurrency`', 'Batches at a time.'],
    ['`timeout`', 'Milliseconds after which a batch that has not ended is `unknown`.'],
    ['`signal`', 'An `AbortSignal` that ends the run.'],
    ['`journal`', 'Where the run records its steps.'],
    ...(batch.kind === 'draft'
      ? ([
          ['`verify`', 'Reads back what was changed and compares it.'],
          ['`callback`', 'Where the server reports the end of each batch.'],
        ] as const)
      : batch.traits.version.map(
          (name) => [`\`${name}\``, 'The version that the configuration must have.'] as const,
        )),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const widest = Math.max(...rows.map(([, text]) => text.length));
  const line = (a: string, b: string): string => `| ${a.padEnd(width)} | ${b.padEnd(widest)} |\n`;
  return `${line('option', 'meaning')}| ${'-'.repeat(width)} | ${'-'.repeat(widest)} |\n${rows.map(([name, text]) => line(name, text)).join('')}`;
}

/** A block of TypeScript. */
export function block(lines: readonly string[]): string {
  return `\`\`\`ts\n${lines.join('\n')}\n\`\`\`\n`;
}
