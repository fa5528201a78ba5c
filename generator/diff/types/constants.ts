import type { NamedType } from '../../ir/ir.ts';
import type { TypeRule } from './type-rules.ts';

/** Compares the named values of an enum. */
export function compareConstants(
  { members: old }: NamedType,
  { members: now }: NamedType,
  say: (rule: TypeRule, text: string) => void,
): void {
  const after = new Map(now?.map(({ name, value }) => [name, value]));
  for (const { name, value } of old ?? []) {
    if (!after.has(name)) say('constant-removed', `has no \`${name}\` any more`);
    else if (after.get(name) !== value)
      say('constant-changed', `has another value for \`${name}\``);
  }
  const before = new Set(old?.map(({ name }) => name));
  for (const { name } of now ?? []) if (!before.has(name)) say('constant-added', `has \`${name}\``);
}
