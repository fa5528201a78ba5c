import { plainOf } from './members.ts';
import type { Asked } from './question.ts';
import type { Schemas } from '../../schemas/schema.ts';

const fromZero =
  /\b(zero|0)[- ](based|index(ed)?)\b|\b(starts?|starting|begins?|beginning|counted|numbered|indexed) (at|from|with) (zero|0)\b|\b(zero|0) (is|being|for) the first\b|\bfirst (page|item|result|record|element|row)( number| index)?( is|:| =|=| has( the)?( number| index)) ?[`'"]?(zero|0)\b|\b0\.\.n\b/i;
const fromOne =
  /\b(one|1)[- ](based|index(ed)?)\b|\b(starts?|starting|begins?|beginning|counted|numbered|indexed) (at|from|with) (one|1)\b|\b(one|1) (is|being|for) the first\b|\bfirst (page|item|result|record|element|row)( number| index)?( is|:| =|=| has( the)?( number| index)) ?[`'"]?(one|1)\b|\b1\.\.n\b/i;

/**
 * Whether a parameter counts from 0 or from 1, by what it says of itself: what holds where it is
 * absent is where the list begins, then its own words, then the smallest number that it takes.
 */
export function firstOf({ type, doc }: Asked, schemas: Schemas): 0 | 1 | undefined {
  const initial = Number(doc.default?.replaceAll('"', '') ?? Number.NaN);
  if (initial === 0 || initial === 1) return initial;
  const text = `${doc.summary} ${doc.description}`;
  if (fromZero.test(text) !== fromOne.test(text)) return fromZero.test(text) ? 0 : 1;
  const plain = plainOf(type, schemas);
  const { minimum, exclusiveMinimum } = (plain.kind === 'scalar' && plain.constraints) || {};
  if (minimum === 0 || exclusiveMinimum === -1) return 0;
  return minimum === 1 || exclusiveMinimum === 0 ? 1 : undefined;
}
