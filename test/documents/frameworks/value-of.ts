import type { Constraints, Type } from '../../../generator/ir/ir.ts';

/** Which members an object gets: those that it must have, or all, as far as they are not too deep. */
export type Extent = 'required' | 'everything';

type Declared = ReadonlyMap<string, Type>;

const deepest = 4;

/** A value that a type and its constraints allow; undefined where it has none within reason. */
export function valueOf(type: Type, declared: Declared, extent: Extent, depth = 0): unknown {
  if (depth > 16) return undefined;
  const inner = (next: Type): unknown => valueOf(next, declared, extent, depth + 1);
  switch (type.kind) {
    case 'scalar':
      return scalarOf(type.name, type.constraints ?? {});
    case 'literals':
      return type.values[0];
    case 'array': {
      const { minItems = 1, maxItems = Infinity, uniqueItems } = type.constraints ?? {};
      const item = inner(type.items);
      const count = Math.min(uniqueItems ? 1 : minItems, maxItems);
      return item === undefined ? [] : Array.from({ length: count }, () => item);
    }
    case 'tuple':
      return type.items.map(inner);
    case 'record': {
      const value = inner(type.values);
      // A document says so, too, where it means an object without members.
      return value === undefined || isOpen(type.values) || depth > deepest ? {} : { key: value };
    }
    case 'object': {
      const wanted = type.properties.filter(
        ({ required }) => required || (extent === 'everything' && depth < deepest),
      );
      // A form cannot hold an object without members.
      const some = wanted.length > 0 ? wanted : type.properties.slice(0, 1);
      const members = some.map(({ name, type: of }) => [name, inner(of)] as const);
      return Object.fromEntries(members.filter(([, value]) => value !== undefined));
    }
    case 'stream':
      return undefined;
    case 'union':
      for (const member of type.members) {
        const value = inner(member);
        if (value !== undefined) return value;
      }
      return undefined;
    case 'intersection':
      return merged(type.members.map(inner));
    case 'named': {
      const of = declared.get(type.name);
      return of ? inner(of) : undefined;
    }
  }
}

function isOpen(type: Type): boolean {
  return type.kind === 'scalar' && type.name === 'unknown';
}

function merged(values: readonly unknown[]): unknown {
  const objects = values.filter((value) => typeof value === 'object' && value !== null);
  return objects.length === values.length ? Object.assign({}, ...objects) : values[0];
}

function scalarOf(
  name: Extract<Type, { kind: 'scalar' }>['name'],
  constraints: Constraints,
): unknown {
  switch (name) {
    case 'date':
    case 'instant':
    case 'bigint':
      return undefined;
    case 'string':
      return textOf(constraints);
    case 'number':
      return numberOf(constraints);
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'unknown':
      return {};
    case 'binary':
      return new Blob(['bytes'], { type: 'application/octet-stream' });
    case 'never':
    case 'buffer':
    case 'stream':
    case 'void':
      return undefined;
  }
}

const formats: Readonly<Record<string, string>> = {
  'date-time': '2026-01-02T03:04:05Z',
  date: '2026-01-02',
  time: '03:04:05Z',
  duration: 'PT1H',
  email: 'a@example.com',
  uri: 'https://example.com/a',
  url: 'https://example.com/a',
  'uri-reference': '/a',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  byte: 'AAEC',
};

function textOf({
  format = '',
  pattern,
  minLength = 0,
  maxLength = Infinity,
}: Constraints): string {
  const plain = formats[format] ?? 'text & ü';
  const fits = (text: string): boolean =>
    text.length >= minLength &&
    text.length <= maxLength &&
    (pattern === undefined || new RegExp(pattern, 'u').test(text));
  const candidates = [
    plain,
    'a',
    '1',
    'aaaa',
    '0'.repeat(40),
    'a-b',
    'A',
    '1.0',
    'a1b2c3',
    'a/b',
    'password',
    '1234567890123',
    '3.50',
  ];
  return (
    candidates.find(fits) ??
    plain.padEnd(Math.min(minLength, 10_000), 'x').slice(0, Math.min(maxLength, 10_000))
  );
}

function numberOf(constraints: Constraints): number {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf = 1 } = constraints;
  const least = Math.max(minimum ?? -Infinity, (exclusiveMinimum ?? -Infinity) + multipleOf);
  const most = Math.min(maximum ?? Infinity, (exclusiveMaximum ?? Infinity) - multipleOf);
  return Math.max(least, Math.min(most, 3 * multipleOf));
}
