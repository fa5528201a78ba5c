// @ts-nocheck
import { writeFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import { addAccountOptions } from '../call/call-command.js';
import type { AccountFlags } from '../access/settings.js';
import { planText, readPlanFile } from '../bulk/plan-file.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import { type Console, emit, say } from '../terminal/console.js';
import { count } from '../terminal/count.js';
import { CommandError, exitCode } from '../terminal/exit-code.js';
import type { Step } from './client-batch.js';
import type { Commands } from './commands.js';
import type { RunKind } from './run-kind.js';

interface PreviewFlags extends AccountFlags {
  readonly out?: string;
  readonly output: 'text' | 'json' | 'jsonl';
  readonly detailedExitcode?: boolean;
}

/** `preview PLAN`: what each row would change, compared with what is there now. */
export function previewCommand(
  api: GeneratedApi,
  commands: Commands,
  kind: RunKind,
  console: Console,
): Command {
  const command = new Command('preview')
    .description('compare a plan with what is there now; it only reads')
    .argument('<plan>', `what \`${kind.name} plan\` wrote`)
    .option('--out <file>', 'a plan of the rows that would change something')
    .addOption(
      new Option('--output <format>', 'how it is printed')
        .choices(['text', 'json', 'jsonl'])
        .default('text'),
    )
    .option('--detailed-exitcode', 'end with 6 where something would change');
  addAccountOptions(command, api);
  return command.action(async (path: string, flags: PreviewFlags) => {
    const file = await readPlanFile(path, api, kind.name);
    const batch = await commands.batch(flags);
    if (!batch.preview) throw new CommandError('This API cannot be compared with a plan.');
    const preview = await batch.preview(await kind.plan(batch, file), file.scope);
    const { steps } = preview.toJSON();
    const rows = steps.map((step) => ({ row: file.rows[step.index]?.row, ...step }));
    // What it says of a member of the client means nothing here.
    const text = String(preview).replace(/; \.changes leaves out \d+/, '');
    await emit(console, printed(flags.output, text, rows));
    const changing = file.rows.filter((_, index) => steps[index]?.kind !== 'same');
    const same = file.rows.length - changing.length;
    if (same > 0) say(console, `${same} of ${count(file.rows.length, 'row')} change nothing.`);
    if (flags.out !== undefined) {
      await writeFile(flags.out, planText(file, changing), { mode: 0o600 });
      say(console, `${count(changing.length, 'change')} in ${flags.out}.`);
    }
    if (flags.detailedExitcode && changing.length > 0) throw new CommandError('', exitCode.changes);
  });
}

function printed(format: PreviewFlags['output'], text: string, rows: readonly Step[]): string {
  switch (format) {
    case 'text':
      return `${text.trimEnd()}\n`;
    case 'json':
      return `${JSON.stringify(rows, null, 2)}\n`;
    case 'jsonl':
      return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  }
}
