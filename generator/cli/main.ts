import { ownVersion } from '../own-package.ts';
import { paintFor, type Terminal } from './terminal.ts';
import { program } from './program.ts';
import { readArguments } from './arguments.ts';
import { UsageError } from './usage-error.ts';

/**
 * Runs a command line and resolves to the exit code: 0 where all went well, 1 where the document or
 * a check failed, 2 where the command line or the configuration cannot be understood.
 */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await run(argv, terminal);
  } catch (error) {
    const paint = paintFor(terminal.stderr);
    if (isUsageError(error)) {
      terminal.stderr.write(
        `${paint('red', 'error')}: ${error.message}\nRun \`batchwright --help\` for what there is.\n`,
      );
      return 2;
    }
    terminal.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    terminal.stderr.write(
      `${paint('red', 'error')}: This is a bug in batchwright ${ownVersion()}, and no fault of yours. Please report it, with the lines above.\n`,
    );
    return 1;
  }
}

async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  const cli = program(ownVersion(), terminal);
  const { command, args, options } = readArguments(cli, argv);
  if (options['version']) {
    cli.outputVersion();
    return 0;
  }
  if (command) cli.matchedCommand = command;
  if (options['help'] || !command) {
    cli.outputHelp();
    return options['help'] ? 0 : 2;
  }
  cli.args = args;
  cli.options = options;
  return cli.runMatchedCommand();
}

/** Those of the command line's libraries, too. */
function isUsageError(error: unknown): error is Error {
  return error instanceof UsageError || (error instanceof Error && error.name === 'CACError');
}
