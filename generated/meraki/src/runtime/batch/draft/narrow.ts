// @ts-nocheck
import type { Unit } from '../plan/unit.js';

/** Units that the server refuses, and its reasons. */
export interface Refused {
  readonly units: readonly Unit[];
  readonly errors: readonly string[];
}

/** Drafts of one batch that are made to find out what is wrong with it. */
const mostProbes = 64;

/**
 * Finds by halves which units of a refused batch are refused: drafts change nothing. `refusal` gives what the
 * server says of some of them, or undefined where it takes them. What is refused only together stays
 * together.
 */
export async function narrow(
  whole: Refused,
  refusal: (units: readonly Unit[]) => Promise<readonly string[] | undefined>,
): Promise<readonly Refused[]> {
  let probes = 0;
  const within = async ({ units, errors }: Refused): Promise<readonly Refused[]> => {
    if (units.length === 1) return [{ units, errors }];
    const middle = Math.ceil(units.length / 2);
    const found: Refused[] = [];
    for (const half of [units.slice(0, middle), units.slice(middle)]) {
      if (probes === mostProbes) return [{ units, errors }];
      probes += 1;
      const said = await refusal(half);
      if (said) found.push(...(await within({ units: half, errors: said })));
    }
    return found.length > 0 ? found : [{ units, errors }];
  };
  return within(whole);
}
