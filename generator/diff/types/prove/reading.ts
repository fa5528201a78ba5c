import type { Type } from '../../../ir/ir.ts';
import { unionMembers } from '../assignable.ts';
import { type Declared, resolved, type Typed } from '../declared.ts';
import { membersOf } from '../members.ts';
import { quoted } from './writing.ts';

/** How many declared types one reads into: a type may hold itself. */
const mostNames = 3;

/** A value that is read, and the type that its reader expects, both as text. */
export interface Subject {
  readonly value: string;
  readonly expected: string;
}

/** Statements that read each member of a value as far as its type is written out. */
export function reading(
  type: Type,
  subject: Subject,
  declared: Declared,
  open: readonly string[] = [],
): readonly string[] {
  const name = type.kind === 'named' ? type.name : undefined;
  if (name !== undefined && (open.includes(name) || open.length >= mostNames)) return [];
  const opened = name === undefined ? open : [...open, name];
  const parts = unionMembers(resolved({ type, declared, isInterface: false }));
  const objects = parts.filter((each) => {
    const whole = resolved(each);
    return whole.type.kind === 'array' || membersOf(whole) !== undefined;
  });
  const [only] = objects;
  if (!only) return [];
  if (objects.length > 1) return [names(objects.map(resolved), subject.value)];
  if (only.type.kind === 'named') return reading(only.type, subject, declared, opened);
  const part = (key: string, index: string): Subject => ({
    value: `${subject.value}![${key}]`,
    expected: `Exclude<${subject.expected}, Plain>[${index}]`,
  });
  if (only.type.kind === 'array')
    return reading(only.type.items, part('0', 'number'), declared, opened);
  const members = membersOf(only);
  if (!members) return [];
  const member = (name: string, { type: inner }: Typed): readonly string[] => {
    const own = part(name, name);
    const read = `{ const part: ${own.expected} | undefined = ${own.value}; use(part); }`;
    return [read, ...reading(inner, own, declared, opened)];
  };
  return [
    ...[...members.properties].flatMap(([name, { value }]) => member(quoted(name), value)),
    ...(members.rest ? member("'anyOther'", members.rest) : []),
  ];
}

/** Who asks first which variant it is reads the members of each. */
function names(objects: readonly Typed[], value: string): string {
  const known = new Set(objects.flatMap((each) => [...(membersOf(each)?.properties.keys() ?? [])]));
  if (known.size === 0) return '';
  const list = [...known].map(quoted).join(' | ');
  return `{ const subject = ${value}!; const names: NamesOf<typeof subject> = null! as ${list}; use(names); }`;
}
