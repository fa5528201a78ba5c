import type { ApiDescription, Type } from '../../ir/ir.ts';
import { declaredNames } from '../../ir/operation.ts';
import type { Declared } from './declared.ts';

/** The declared types whose values people write, and those that they read. */
export interface Uses {
  readonly input: ReadonlySet<string>;
  readonly output: ReadonlySet<string>;
}

export function usesOf({ groups, webhooks }: ApiDescription, declared: Declared): Uses {
  const input = new Set<string>();
  const output = new Set<string>();
  for (const { operations } of groups)
    for (const operation of operations)
      for (const name of declaredNames(operation)) {
        const { types } = operation;
        const isInput = name === types.input || name === types.body;
        reach(name, declared, isInput ? input : output);
      }
  for (const { typeName } of webhooks) reach(typeName, declared, output);
  return { input, output };
}

function reach(name: string, declared: Declared, found: Set<string>): void {
  if (found.has(name)) return;
  found.add(name);
  const declaration = declared.get(name);
  if (declaration) for (const each of namesIn(declaration.type)) reach(each, declared, found);
}

function namesIn(type: Type): readonly string[] {
  switch (type.kind) {
    case 'named':
      return [type.name];
    case 'array':
    case 'stream':
      return namesIn(type.items);
    case 'record':
      return namesIn(type.values);
    case 'union':
    case 'intersection':
      return type.members.flatMap(namesIn);
    case 'tuple':
      return [...type.items, ...(type.rest ? [type.rest] : [])].flatMap(namesIn);
    case 'object':
      return [
        ...type.properties.map((property) => property.type),
        ...(type.rest ? [type.rest] : []),
      ].flatMap(namesIn);
    case 'scalar':
    case 'literals':
      return [];
  }
}
