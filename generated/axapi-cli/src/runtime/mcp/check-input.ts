// @ts-nocheck
import { didYouMean } from '../operations/closest.js';
import type { Operation } from '../operations/table.js';
import { check } from '../schema/check.js';
import { describe } from '../schema/describe.js';
import { isOpen, membersOf, type Shape, type Types } from '../schema/shape.js';

/** All that is wrong with the input of an operation, a sentence each. */
export function checkInput(
  { name, params, body }: Operation,
  input: Readonly<Record<string, unknown>>,
  types: Types,
): readonly string[] {
  const faults: string[] = [];
  const known = [...params.map(({ key }) => key), ...(body ? [body.key] : [])];
  for (const key of Object.keys(input)) {
    if (known.includes(key)) continue;
    const isMember = body && membersOf(body.shape, types).some((member) => member.name === key);
    const hint = isMember ? ` It is a member of ${body.key}.` : didYouMean(key, known);
    faults.push(`${name} has no input ${JSON.stringify(key.slice(0, 100))}.${hint}`);
  }
  for (const { key, required, shape } of params)
    faults.push(...faultsOf(input, key, required, shape, types));
  if (!body) return faults;
  const value = Object.hasOwn(input, body.key) ? input[body.key] : undefined;
  faults.push(
    ...faultsOf(input, body.key, body.required, body.shape, types),
    ...strangers(value, body.key, body.shape, types),
  );
  return faults;
}

function faultsOf(
  input: Readonly<Record<string, unknown>>,
  key: string,
  required: boolean,
  shape: Shape,
  types: Types,
): readonly string[] {
  const value = Object.hasOwn(input, key) ? input[key] : undefined;
  if (value === undefined)
    return required ? [`${key} is missing: it must be ${describe(shape, types)}.`] : [];
  // An id that is null or empty would reach another resource.
  if (required && (value === null || value === ''))
    return [`${key} must be ${describe(shape, types)}, and not ${JSON.stringify(value)}.`];
  return check(value, shape, types).map(
    ({ path, expected }) => `${[key, ...path].join('.')} must be ${expected}.`,
  );
}

/** Members that the document does not know: a server would leave them out without a word. */
function strangers(value: unknown, key: string, shape: Shape, types: Types): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  if (isOpen(shape, types)) return [];
  const known = membersOf(shape, types).map((member) => member.name);
  if (known.length === 0) return [];
  return Object.keys(value)
    .filter((name) => !known.includes(name))
    .map((name) => `${key}.${name.slice(0, 100)} is not known.${didYouMean(name, known)}`);
}
