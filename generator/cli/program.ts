import { type CAC, cac, type Command } from 'cac';
import type { DiffFlags } from './diff.ts';
import type { GenerateFlags } from './flags.ts';
import type { InspectFlags } from './inspect.ts';
import type { Terminal } from './terminal.ts';

/**
 * The commands of batchwright with their options and examples, which `--help` shows. What a command
 * needs is loaded when it runs; its action resolves to the exit code.
 */
export function program(version: string, terminal: Terminal): CAC {
  const cli = cac('batchwright');
  cli.usage('<command> [options]');
  cli.version(version);
  cli.help(helpSections);
  cli.example('  $ batchwright generate');
  cli.example('  $ batchwright generate --input openapi.yaml --output packages/client');
  cli.example('  $ batchwright inspect openapi.yaml');
  cli.example('  $ batchwright diff old.yaml new.yaml');

  const generate = cli
    .command('generate [...targets]', 'Generate the targets of the configuration, or one document')
    .option('--config <file>', 'The configuration (default: the nearest batchwright.config.*)')
    .option('--input <document>', 'A file, an http(s) URL, or - for standard input')
    .option('--output <folder>', 'Where the package is written')
    .option('--name <package>', 'The name of the package')
    .option('--check', 'Write nothing; fail where the output is not what would be generated')
    .option('--force', 'Overwrite what was edited by hand, and what is in the way')
    .option('--format <text|json>', 'How to report (default: text)');
  readingOptions(generate)
    .example('  $ batchwright generate')
    .example('  $ batchwright generate meraki --check')
    .example('  $ batchwright generate --input openapi.yaml --output packages/client')
    .example(
      '  $ curl https://example.com/api.json | batchwright generate --input - --output client',
    )
    .action(async (targets: string[], flags: GenerateFlags) => {
      const { generateCommand } = await import('./generate.ts');
      return generateCommand(targets, flags, terminal);
    });

  const inspect = cli
    .command('inspect <document>', 'List the operations of a document, their pages and batches')
    .option('--json', 'Print JSON');
  readingOptions(inspect)
    .example('  $ batchwright inspect openapi.yaml')
    .example('  $ batchwright inspect https://example.com/api.json --json')
    .example('  $ cat openapi.yaml | batchwright inspect -')
    .action(async (document: string, flags: InspectFlags) => {
      const { inspectCommand } = await import('./inspect.ts');
      return inspectCommand(document, flags, terminal);
    });

  const diff = cli
    .command('diff [...documents]', 'Say what changed between two documents, and what of it breaks')
    .option('--since <revision>', 'Compare one document with itself in a commit, tag or branch')
    .option('--level <axes>', 'wire, types, batches: a list with commas (default: all of them)')
    .option(
      '--fail-on <severity>',
      'breaking or warning: what the exit code 1 stands for (default: breaking)',
    )
    .option('--format <text|json|markdown|html>', 'How to report (default: text)')
    .option('--config <file>', 'The configuration whose `accept` counts (default: the nearest)');
  readingOptions(diff)
    .example('  $ batchwright diff old.yaml new.yaml')
    .example('  $ batchwright diff git:v1.2.0:openapi.yaml openapi.yaml --fail-on warning')
    .example('  $ batchwright diff --since main openapi.yaml --format markdown')
    .example('  $ batchwright diff old.yaml https://example.com/api.json --level wire,batches')
    .action(async (documents: string[], flags: DiffFlags) => {
      const { diffCommand } = await import('./diff.ts');
      return diffCommand(documents, flags, terminal);
    });
  return cli;
}

function helpSections(sections: readonly HelpSection[]): HelpSection[] {
  const own = sections.filter(({ title }) => !title?.startsWith('For more info'));
  for (const section of own) section.body = section.body.replaceAll(/ +$/gm, '');
  return [...own, { title: 'Exit codes', body: exitCodes }];
}

const exitCodes = `  0  All went well
  1  The document or a check failed; of diff, something changed that --fail-on names
  2  The command line or the configuration is wrong; of diff, a document cannot be read`;

interface HelpSection {
  title?: string;
  body: string;
}

/** The options of every command that reads a document. */
function readingOptions(command: Command): Command {
  return command
    .option('--dialect <name>', 'How the API batches (default: recognized from the document)')
    .option('--lenient', 'Take faults that leave the document usable as warnings')
    .option('--allow-remote-refs <host>', 'Follow references to this host; may be repeated', {
      type: [String],
    })
    .option('--verbose', 'Say how long each stage took, and what is merely worth knowing');
}
