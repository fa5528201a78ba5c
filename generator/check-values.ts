import type { Target } from './config/config.ts';
import type { Diagnostics } from './diagnostics/diagnostics.ts';
import type { ApiDescription } from './ir/ir.ts';
import { conversionsOf } from './complete/conversions.ts';

/**
 * Says where dates and long integers cannot be what a target asks for: a command line reads and prints
 * JSON, and of some unions nothing tells which member came.
 */
export function checkValues(
  { dates, int64, cli }: Pick<Target, 'dates' | 'int64' | 'cli'>,
  api: ApiDescription,
  diagnostics: Diagnostics,
): void {
  if (!dates && !int64) return;
  if (cli)
    diagnostics.error(
      'config/values',
      `\`${dates ? 'dates' : 'int64'}\` does not go with a command line, which reads and prints JSON.`,
      { hint: 'Leave the option out, or make a second target without a command line.' },
    );
  const conversions = conversionsOf(api);
  for (const pointer of conversions?.longParts ?? [])
    diagnostics.warning(
      'operation/long-integer-in-part',
      'A long integer stands in JSON inside of a form or a parameter, where no `bigint` can be written: such a call is refused.',
      { pointer, hint: 'Leave `int64` out for this API, or send the part as a text.' },
    );
  if (conversions?.isIndistinct)
    diagnostics.warning(
      'schema/indistinct-values',
      'Members of a union have a date or a long integer where others have something else, and nothing tells them apart; the first that fits counts.',
      { hint: 'Give them a discriminator, or different `required` properties.' },
    );
}
