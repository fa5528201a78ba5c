import { locate } from '../config/load.ts';
import { inspect, type InspectedOperation, type Inspection } from '../inspect.ts';
import { countDiagnostics, plural, reportDiagnostics } from '../diagnostics/format.ts';
import { printable, printableJson } from '../diagnostics/printable.ts';
import { type ReadingFlags, targetOf } from './flags.ts';
import { paintFor, type Terminal } from './terminal.ts';

export interface InspectFlags extends ReadingFlags {
  readonly json?: boolean;
}

/** `batchwright inspect`. Resolves to the exit code. */
export async function inspectCommand(
  document: string,
  flags: InspectFlags,
  { stdout, stderr, folder }: Terminal,
): Promise<number> {
  const target = { ...(await targetOf(flags)), input: document };
  const { inspection, diagnostics } = await inspect(locate(target, folder));

  const options = { paint: paintFor(stderr), folder, verbose: flags.verbose === true };
  stderr.write(reportDiagnostics(diagnostics, options));
  if (inspection) stdout.write(flags.json ? `${printableJson(inspection)}\n` : tableOf(inspection));
  if (!diagnostics.some(({ severity }) => severity === 'error')) return 0;
  stderr.write(`${document} has ${countDiagnostics(diagnostics)}.\n`);
  return 1;
}

/** A line for each operation, and what they come to. */
function tableOf({ title, version, dialect, operations, unresolved }: Inspection): string {
  const rows = [['ID', 'TAG', 'METHOD', 'PATH', 'PAGES', 'BATCH'], ...operations.map(rowOf)];
  const widths = rows.reduce(
    (widest, row) => row.map((cell, column) => Math.max(cell.length, widest[column] ?? 0)),
    [] as readonly number[],
  );
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const batchable = operations.filter(({ batch }) => batch !== null).length;
  const paginated = operations.filter((operation) => operation.paginated).length;
  const batches = dialect === null ? '' : `, ${batchable} batchable (${dialect})`;
  const open = unresolved.length > 0 ? `, ${plural(unresolved.length, 'action')} unresolved` : '';
  const summary = `${printable(title)} ${printable(version)}: ${plural(operations.length, 'operation')}${batches}, ${paginated} paginated${open}`;
  return `${lines.join('\n')}\n\n${summary}\n`;
}

function rowOf({ id, tag, method, path, paginated, batch }: InspectedOperation): readonly string[] {
  const said = batch ? `${batch.operation ?? ''} ${batch.resource ?? ''}`.trim() || 'yes' : '';
  return [id, tag, method, path, paginated ? 'yes' : '', said].map(printable);
}
