import { locate } from '../config/load.ts';
import { countDiagnostics, reportDiagnostics } from '../diagnostics/format.ts';
import { printable, printableJson } from '../diagnostics/printable.ts';
import type { SecondOpinion } from '../validate/second-opinion.ts';
import { validate } from '../validate/validate.ts';
import { type ReadingFlags, targetOf } from './flags.ts';
import { paintFor, type Terminal } from './terminal.ts';

export interface ValidateFlags extends ReadingFlags {
  readonly json?: boolean;
}

/** `batchwright validate`. Resolves to the exit code. */
export async function validateCommand(
  document: string,
  flags: ValidateFlags,
  { stdout, stderr, folder }: Terminal,
): Promise<number> {
  const target = { ...(await targetOf(flags)), input: document };
  const { diagnostics, second } = await validate(locate(target, folder));
  const ok = !diagnostics.some(({ severity }) => severity === 'error');

  if (flags.json) {
    const report = { ok, swaggerParser: second ?? null, diagnostics };
    stdout.write(`${printableJson(report)}\n`);
    return ok ? 0 : 1;
  }
  const options = { paint: paintFor(stderr), folder, verbose: flags.verbose === true };
  stderr.write(reportDiagnostics(diagnostics, options));
  stdout.write(`${printable(document)}: ${verdict(ok, countDiagnostics(diagnostics), second)}\n`);
  return ok ? 0 : 1;
}

function verdict(ok: boolean, counts: string, second: SecondOpinion | undefined): string {
  const ours = ok ? `valid${counts === '' ? '' : `, ${counts}`}` : counts;
  return `${ours}; ${opinionText(second)}`;
}

function opinionText(second: SecondOpinion | undefined): string {
  switch (second?.verdict) {
    case undefined:
      return 'swagger-parser was not asked';
    case 'accepts':
      return 'swagger-parser accepts it';
    case 'abstains':
      return `swagger-parser has no opinion: ${printable(second.reason)}`;
    case 'objects':
      return 'swagger-parser rejects it';
  }
}
