import { importBy } from '../config/import.ts';
import { requireBy } from '../load/validate/validate.ts';
import { ownVersion } from '../own-package.ts';
import { paintFor, type Terminal } from './terminal.ts';
import { readArguments } from './arguments.ts';
import { commands } from './commands.ts';
import { helpText } from './help.ts';
import { UsageError } from './usage-error.ts';

/**
 * Runs a command line and resolves to the exit code: 0 where all went well, 1 where the document or
 * a check failed, 2 where the command line or the configuration cannot be understood.
 */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  if (terminal.importModule) importBy(terminal.importModule);
  if (terminal.requireFile) requireBy(terminal.requireFile);
  try {
    return await run(argv, terminal);
  } catch (error) {
    const paint = paintFor(terminal.stderr);
    if (error instanceof UsageError) {
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
  const { command, help, version, ...call } = readArguments(commands, argv);
  if (version) {
    const { platform, arch } = process;
    terminal.stdout.write(
      `batchwright/${ownVersion()} ${platform}-${arch} node-${process.version}\n`,
    );
    return 0;
  }
  if (help || !command) {
    terminal.stdout.write(helpText(commands, command, ownVersion()));
    return help ? 0 : 2;
  }
  return command.run({ ...call, terminal });
}
