import { Command, Option } from 'commander';
import { formats } from '../output/print-rows.js';
import type { RunReports, ShowFlags } from './run-reports.js';

/** `journal show RUN`: what the journals on this machine say of runs. */
export function journalCommand(reports: RunReports): Command {
  const command = new Command('journal');
  command.addCommand(showCommand(reports));
  return command;
}

/** `show RUN`: what became of each row, from the journal of its run. */
export function showCommand(reports: RunReports): Command {
  return new Command('show')
    .description('print what became of each row of a run, from its journal; nothing is sent')
    .argument('[run]', 'its id')
    .option('--last', 'the last run')
    .option('--dir <folder>', 'where the runs are kept')
    .option('--failed', 'only the rows that were not applied')
    .addOption(new Option('--output <format>', 'how it is printed').choices(formats).default('csv'))
    .action((id: string | undefined, flags: ShowFlags) => reports.show(id, flags));
}
