// @ts-nocheck
import { createInterface } from 'node:readline/promises';
import type { Console } from '../terminal/console.js';
import { count } from '../terminal/count.js';
import { CommandError } from '../terminal/exit-code.js';

export interface ApprovalFlags {
  readonly yes?: boolean;
  /** How many rows destroy something, as the user counts them. */
  readonly destroys?: number;
}

/** Lets a plan pass that its user agrees to: on a terminal by an answer, elsewhere by `--yes`. */
export async function approve(
  { rows }: { readonly rows: readonly { readonly destroys?: true | undefined }[] },
  { yes, destroys }: ApprovalFlags,
  console: Console,
): Promise<void> {
  const destroying = rows.filter((row) => row.destroys).length;
  const destroyed = `${count(destroying, 'row')} ${destroying === 1 ? 'destroys' : 'destroy'}`;
  if (yes) {
    if (destroying === 0 || destroys === destroying) return;
    throw new CommandError(
      `${destroyed} something: with --yes say so by --destroys ${destroying}.`,
    );
  }
  if (!console.stdin.isTTY || !console.stderr.isTTY)
    throw new CommandError('This changes things: off a terminal give --yes.');
  const expected = destroying > 0 ? String(destroying) : 'yes';
  const question =
    destroying > 0
      ? `${destroyed} something, of ${rows.length}. Type that number to go on: `
      : `Apply ${count(rows.length, 'change')}? Type yes to go on: `;
  const { stdin: input, stderr: output } = console;
  const prompt = createInterface({ input, output });
  try {
    if ((await prompt.question(question)).trim() !== expected)
      throw new CommandError('Nothing was sent.');
  } finally {
    prompt.close();
  }
}
