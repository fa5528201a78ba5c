import type { Conversion } from '../ir/conversion.ts';
import { type SourceFile, value } from './code.ts';
import { array, call, type Expression, object, string, text } from './expression.ts';
import { propertyName } from './text.ts';

/** The module of the run-time that makes conversions. */
export const conversionHome = 'runtime/values/convert';

/** What the conversion of a declared type is called: no type begins with a small letter. */
export function valuesName(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}Values`;
}

/** The expression that makes a conversion. */
export function conversionOf(conversion: Conversion, file: SourceFile): Expression {
  const make = (name: string, ...args: readonly (Expression | undefined)[]): Expression =>
    call(
      file.uses(value(name, conversionHome)),
      ...args.filter((one): one is Expression => one !== undefined),
    );
  const of = (inner: Conversion): Expression => conversionOf(inner, file);
  const named = (members: readonly (readonly [string, Conversion])[]): Expression =>
    members.length === 0
      ? text('{}')
      : object(members.map(([name, inner]) => [memberName(name), of(inner)]));
  switch (conversion.kind) {
    case 'date':
    case 'instant':
    case 'int64':
      return text(file.uses(value(conversion.kind, `runtime/values/${conversion.kind}`)));
    case 'list':
      return make('list', of(conversion.items));
    case 'tuple':
      return make(
        'tuple',
        array(conversion.items.map((item) => (item ? of(item) : text('undefined')))),
        conversion.rest && of(conversion.rest),
      );
    case 'members':
      return make('members', named(conversion.members), conversion.rest && of(conversion.rest));
    case 'all':
      return make('all', ...conversion.parts.map(of));
    case 'tagged':
      return make('tagged', string(conversion.name), named(conversion.cases));
    case 'fitting':
      return make(
        'fitting',
        array(
          conversion.cases.map(([names, inner]) =>
            array([array(names.map(string)), ...(inner ? [of(inner)] : [])]),
          ),
        ),
      );
    case 'named':
      return make('lazily', text(file.uses(value(valuesName(conversion.name), 'type-values'))));
  }
}

/** As a plain member it would set the prototype. */
function memberName(name: string): string {
  return name === '__proto__' ? `['__proto__']` : propertyName(name);
}
