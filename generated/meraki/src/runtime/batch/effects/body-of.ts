// @ts-nocheck
import { unmasked } from '../action/masks.js';
import type { Members } from './leaves.js';
import type { Located } from './resources.js';

/** The members that a creation takes, of those that a resource showed. */
export function bodyOf({ resource }: Located, shown: Members): Members {
  const names = resource.create ?? [];
  const taken = Object.entries(shown).filter(
    ([name, value]) => names.includes(name) && value !== null,
  );
  // It is an object, as what it is made of.
  return unmasked(Object.fromEntries(taken)) as Members;
}
