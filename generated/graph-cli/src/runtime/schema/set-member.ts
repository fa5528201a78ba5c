// @ts-nocheck
import { coerce } from './coerce.js';
import { describe } from './describe.js';
import { isOpen, membersOf, resolve, type Shape, type Types } from './shape.js';

/** An object that is being filled. */
export type Draft = Record<string, unknown>;

/** Why a text could not be put at its path: completes “expected”. */
export type Refusal = { readonly expected: string };

/**
 * Puts the value that a text stands for at a path of an object (`vlan`, `radius.servers`), as the
 * object's shape asks.
 */
export function setMember(
  draft: Draft,
  path: string,
  text: string,
  { shape, types }: { readonly shape: Shape; readonly types: Types },
): Refusal | undefined {
  const target = placeOf(path, shape, types);
  if ('expected' in target) return target;
  const coerced = coerce(text, target.shape, types);
  if (!coerced) return { expected: describe(target.shape, types) };
  return put(draft, target.path, coerced.value);
}

interface Place {
  readonly path: readonly string[];
  readonly shape: Shape;
}

/** The shape at a path. A member whose own name has dots goes before a path with these names. */
export function placeOf(path: string, shape: Shape, types: Types): Place | Refusal {
  const names: string[] = [];
  let here = shape;
  let rest = path;
  while (rest !== '') {
    const members = membersOf(here, types);
    const whole = members.find(({ name }) => name === rest);
    const [head = ''] = rest.split('.');
    const member = whole ?? members.find(({ name }) => name === head);
    const name = whole ? rest : head;
    if (name === '' || name === '__proto__') return { expected: 'the name of a member' };
    if (!member && !isOpen(here, types))
      return { expected: `one of the members ${shown(members.map((each) => each.name))}` };
    names.push(name);
    here = member?.shape ?? openShape(here, types);
    rest = rest.slice(name.length + 1);
  }
  return names.length > 0 ? { path: names, shape: here } : { expected: 'the name of a member' };
}

function openShape(shape: Shape, types: Types): Shape {
  const found = resolve(shape, types);
  if (found.kind === 'record') return found.values;
  if (found.kind === 'object' && found.rest) return found.rest;
  return { kind: 'scalar', name: 'unknown' };
}

/** Puts a value at a path; what is on the way and is not an object is refused. */
export function put(draft: Draft, path: readonly string[], value: unknown): Refusal | undefined {
  let here = draft;
  for (const [index, name] of path.entries()) {
    if (index === path.length - 1) {
      here[name] = value;
      return undefined;
    }
    const next = Object.hasOwn(here, name) ? here[name] : undefined;
    if (next === undefined) here = here[name] = {} as Draft;
    else if (isDraft(next)) here = next;
    else return { expected: `an object at ${path.slice(0, index + 1).join('.')}` };
  }
  return undefined;
}

function isDraft(value: unknown): value is Draft {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const MOST_NAMES = 12;

function shown(names: readonly string[]): string {
  const first = names.slice(0, MOST_NAMES).join(', ');
  return names.length > MOST_NAMES ? `${first}, …` : first;
}
