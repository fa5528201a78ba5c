// @ts-nocheck
import { Command, Option } from 'commander';
import { addAccountOptions } from '../call/call-command.js';
import type { AccountFlags } from '../access/settings.js';
import type { GeneratedApi } from '../operations/generated-api.js';
import type { Console } from '../terminal/console.js';
import { durationOf } from '../terminal/duration.js';
import { CommandError } from '../terminal/exit-code.js';

interface McpFlags extends AccountFlags {
  readonly allowWrites?: boolean;
  readonly allowTags?: readonly string[];
  readonly allowVerbs?: readonly string[];
  readonly allow?: readonly string[];
  readonly approveIn: 'any' | 'terminal';
  readonly http?: number;
  readonly budget: number;
  readonly wait: string;
  readonly planFor: string;
}

/** `mcp`: the API as seven tools for a model. */
export function mcpCommand(api: GeneratedApi, console: Console): Command {
  const command = new Command('mcp')
    .option('--allow-writes', 'let plans be applied that a person approves')
    .option('--allow-tags <names>', 'only operations with these tags', words)
    .option('--allow-verbs <names>', 'only changes with these methods or batch verbs', words)
    .option('--allow <name=values>', 'only what belongs to these: networkId=N_1,N_2', collect)
    .addOption(
      new Option('--approve-in <where>', 'where a person approves')
        .choices(['any', 'terminal'])
        .default('any'),
    )
    .option('--http <port>', 'streamable HTTP on 127.0.0.1; 0 is any free port', port)
    .option('--budget <characters>', 'how long a result may be', budget, 16_000)
    .option('--wait <time>', 'how long a call waits for a person or a run', '45s')
    .option('--plan-for <time>', 'how long a plan can be applied', '1h');
  addAccountOptions(command, api);
  return command.action(async (flags: McpFlags) => {
    const waitMs = durationOf(flags.wait, '--wait');
    const planMs = durationOf(flags.planFor, '--plan-for');
    // What serves is loaded by this command alone.
    const { serve } = await import('./serve.js');
    await serve(
      api,
      { ...flags, allowWrites: flags.allowWrites ?? false, waitMs, planMs },
      console,
    );
  });
}

function words(list: string): readonly string[] {
  return list
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function port(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new CommandError('--http must be a port: 0 to 65535.');
}

function budget(text: string): number {
  if (/^\d{3,7}$/.test(text) && Number(text) >= 500) return Number(text);
  throw new CommandError('--budget must be a whole number of at least 500.');
}
