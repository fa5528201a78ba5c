// @ts-nocheck
import { check } from '../schema/check.js';
import { coerce } from '../schema/coerce.js';
import { describe } from '../schema/describe.js';
import { resolve, type ResolvedShape, type Types } from '../schema/shape.js';
import { type Draft, placeOf, put, setMember } from '../schema/set-member.js';
import { didYouMean } from '../operations/closest.js';
import type { Body, Operation, Param } from '../operations/table.js';
import type { Console } from '../terminal/console.js';
import { CommandError } from '../terminal/exit-code.js';
import { readBody, readFileOf } from './read-body.js';

/** What a user said of a call: texts, each by the name that it was given under. */
export interface GivenInput {
  /** Several values of a list come one by one. */
  readonly params: ReadonlyMap<string, readonly string[]>;
  readonly body?: string | undefined;
  /** `name=value` of the body's members. */
  readonly set: readonly string[];
}

/** The client's input for an operation; all that is wrong with it is said at once. */
export async function inputOf(
  operation: Operation,
  types: Types,
  given: GivenInput,
  console: Console,
): Promise<Readonly<Record<string, unknown>>> {
  const faults: string[] = [];
  const input = Object.create(null) as Draft;
  for (const name of given.params.keys()) {
    if (operation.params.some(({ key }) => key === name)) continue;
    const known = operation.params.map(({ key }) => key);
    faults.push(`${operation.name} has no parameter ${name}.${didYouMean(name, known)}`);
  }
  for (const param of operation.params) {
    const value = paramOf(param, given.params.get(param.key), types, faults);
    if (value !== undefined) input[param.key] = value;
  }
  const body = await bodyOf(operation, types, given, faults, console);
  if (operation.body && body !== undefined) input[operation.body.key] = body;
  if (faults.length > 0) throw new CommandError(faults.join('\n'));
  return { ...input };
}

function paramOf(
  { key, required, shape }: Param,
  texts: readonly string[] | undefined,
  types: Types,
  faults: string[],
): unknown {
  if (texts === undefined) {
    if (required) faults.push(`--${key} is missing: it must be ${describe(shape, types)}.`);
    return undefined;
  }
  const isList = resolve(shape, types).kind === 'array';
  const text = texts.length > 1 && isList ? texts.join(',') : (texts.at(-1) ?? '');
  const coerced = coerce(text, shape, types);
  if (coerced) return coerced.value;
  faults.push(`--${key} must be ${describe(shape, types)}.`);
  return undefined;
}

async function bodyOf(
  { name, body }: Operation,
  types: Types,
  given: GivenInput,
  faults: string[],
  console: Console,
): Promise<unknown> {
  const isGiven = given.body !== undefined || given.set.length > 0;
  if (!body) {
    if (isGiven) faults.push(`${name} takes no body.`);
    return undefined;
  }
  if (!isGiven) {
    if (body.required) faults.push('The body is missing: give --body or --set.');
    return undefined;
  }
  const whole = given.body === undefined ? {} : await readBody(given.body, body.encoding, console);
  if (given.set.length > 0) await setAll(whole, body, types, given.set, faults);
  if (faults.length > 0 || body.encoding === 'binary' || body.encoding === 'text') return whole;
  for (const { path, expected } of check(whole, body.shape, types))
    faults.push(`${['body', ...path].join('.')} must be ${expected}.`);
  return whole;
}

async function setAll(
  whole: unknown,
  { shape }: Body,
  types: Types,
  pairs: readonly string[],
  faults: string[],
): Promise<void> {
  if (typeof whole !== 'object' || whole === null || Array.isArray(whole)) {
    faults.push('--set needs a body that is a JSON object.');
    return;
  }
  for (const pair of pairs) {
    const [path, text] = pairOf(pair, '--set');
    const place = placeOf(path, shape, types);
    // An object of JSON, or the empty one made above.
    const draft = whole as Draft;
    const refusal =
      'path' in place && text.startsWith('@') && isBytes(resolve(place.shape, types), types)
        ? put(draft, place.path, new Blob([new Uint8Array(await readFileOf(text.slice(1)))]))
        : setMember(draft, path, text, { shape, types });
    if (refusal) faults.push(`--set ${path}: expected ${refusal.expected}.`);
  }
}

function isBytes(shape: ResolvedShape, types: Types): boolean {
  if (shape.kind === 'union')
    return shape.members.some((each) => isBytes(resolve(each, types), types));
  return shape.kind === 'scalar' && (shape.name === 'binary' || shape.name === 'buffer');
}

/** The two sides of `name=value`. */
export function pairOf(pair: string, option: string): readonly [name: string, value: string] {
  const at = pair.indexOf('=');
  if (at < 1) throw new CommandError(`${option} takes name=value.`);
  return [pair.slice(0, at), pair.slice(at + 1)];
}
