import type { Operation, Type } from '../../ir/ir.ts';
import { pascalCase } from '../../ir/names.ts';

/** Smaller objects are easier to read where they stand. */
export const smallest = 3;

/** A type that an operation names: its body, what it answers, an item of a page. */
export interface Root {
  readonly operation: Operation;
  readonly role: 'Response' | 'Item' | 'Body' | 'Error';
  readonly type: Type;
}

/** Where a structure is first met: its name is made of this, so no unrelated operation changes it. */
export interface Site {
  readonly root: Root;
  readonly properties: readonly string[];
  readonly inArray: boolean;
}

/** What a shared structure may be called, the best name first. */
export function candidates({
  root: { operation, role },
  properties,
  inArray,
}: Site): readonly [string, ...string[]] {
  const subject = subjectOf(operation);
  const isTop = properties.length === 0;
  const noun = role === 'Item' || (isTop && inArray) ? singular(subject) : subject;
  const stem = role === 'Body' || role === 'Error' ? `${noun}${role}` : noun;
  if (isTop) return [stem, `${stem}Model`];
  const last = pascalCase(properties.at(-1) ?? '');
  const full = pascalCase(properties.join(' '));
  const end = (text: string): string => (inArray ? singular(text) : text);
  return [`${noun}${end(last)}`, `${noun}${end(full)}`, `${stem}${end(full)}Model`];
}

/** What begins every name that the structures of an operation may get. */
export function nounsOf(operation: Pick<Operation, 'name' | 'typeName'>): readonly string[] {
  const subject = subjectOf(operation);
  return [...new Set([subject, singular(subject)])];
}

/** What follows on a noun in the names that a structure may get, in whatever role, if it stands under `properties`. */
export function possibleEnds(properties: readonly string[]): readonly string[] {
  const roles = ['', 'Body', 'Error'];
  if (properties.length === 0) return roles.flatMap((role) => [role, `${role}Model`]);
  const last = pascalCase(properties.at(-1) ?? '');
  const full = pascalCase(properties.join(' '));
  const ends = [...new Set([last, singular(last), full, singular(full)])];
  return [...ends, ...roles.flatMap((role) => ends.map((end) => `${role}${end}Model`))];
}

const verb =
  /^(get|list|find|fetch|read|retrieve|search|query|update|put|patch|modify|set|edit|replace|create|post|add|insert|new|delete|remove|destroy)(?=[A-Z0-9_])/;

function subjectOf({ name, typeName }: Pick<Operation, 'name' | 'typeName'>): string {
  return pascalCase(name.replace(verb, '')) || typeName;
}

/** Good enough for the nouns of APIs: `Vlans`, `Policies`, `Statuses`, `Switches`. */
function singular(noun: string): string {
  if (/ies$/i.test(noun) && noun.length > 4) return `${noun.slice(0, -3)}y`;
  if (/(ss|x|ch|sh|tus)es$/i.test(noun)) return noun.slice(0, -2);
  if (/(ss|us|is)$/i.test(noun) || !/s$/i.test(noun) || noun.length < 3) return noun;
  return noun.slice(0, -1);
}
