import type { Rule, Type } from '../../ir/ir.ts';
import { restricted } from '../../ir/constraints.ts';
import { isUnknown } from '../../ir/type.ts';
import { type JsonObject, listOf, objectOf, own, sortedEntries } from '../../json/narrow.ts';
import { type Context, nested } from './context.ts';
import { demanding } from './demanding.ts';
import { unevaluatedRules } from './unevaluated.ts';

/** The keywords that restrict values; the others tell about them. */
const asserting: ReadonlySet<string> = new Set(
  [
    ['$ref', 'type', 'enum', 'const', 'not', 'if', 'allOf', 'anyOf', 'oneOf', 'format', 'pattern'],
    ['multipleOf', 'maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum'],
    ['maxLength', 'minLength', 'maxItems', 'minItems', 'uniqueItems', 'items', 'prefixItems'],
    ['contains', 'unevaluatedItems', 'maxProperties', 'minProperties', 'required', 'properties'],
    ['patternProperties', 'additionalProperties', 'propertyNames', 'unevaluatedProperties'],
    ['dependentRequired', 'dependentSchemas'],
  ].flat(),
);

/** Whether a schema restricts values by any keyword but these. */
export function asserts(schema: JsonObject, except: readonly string[] = []): boolean {
  for (const key in schema) if (asserting.has(key) && !except.includes(key)) return true;
  return false;
}

/** The keywords that {@link rulesOf} reads: most schemas have none of them. */
const ruling: ReadonlySet<string> = new Set(
  [
    ['not', 'if', 'contains', 'propertyNames', 'dependentRequired', 'dependentSchemas', 'required'],
    ['unevaluatedProperties', 'unevaluatedItems', '$dynamicRef', '$recursiveRef'],
  ].flat(),
);

function hasRule(schema: JsonObject): boolean {
  for (const key in schema) if (ruling.has(key)) return true;
  return false;
}

/** The type with what the schema demands that no type says, keyword by keyword. */
export function withRules(type: Type, schema: JsonObject, context: Context): Type {
  if (!hasRule(schema)) return type;
  const rules = rulesOf(schema, context);
  return rules.length === 0 ? type : restricted(type, [{ rules }]);
}

function rulesOf(schema: JsonObject, context: Context): readonly Rule[] {
  const exact: Context = { ...context, isExact: true };
  const has = (key: string): boolean => Object.hasOwn(schema, key);
  const at = (key: string): Type => nested(exact, own(schema, key), key);
  const rules: Rule[] = [];
  if (has('not')) rules.push({ kind: 'not', type: at('not') });
  if (has('if') && (has('then') || has('else')))
    rules.push({ kind: 'if', type: at('if'), met: at('then'), unmet: at('else') });
  if (has('contains')) {
    const most = countOf(schema, 'maxContains');
    const least = countOf(schema, 'minContains') ?? 1;
    rules.push({ kind: 'contains', type: at('contains'), least, most });
  }
  if (has('propertyNames')) rules.push({ kind: 'names', type: at('propertyNames') });
  for (const [name, names] of sortedEntries(own(schema, 'dependentRequired'))) {
    const required = textsOf(names);
    if (required.length > 0)
      rules.push({ kind: 'dependent', name, type: demanding({ kind: 'has', names: required }) });
  }
  for (const [name, inner] of sortedEntries(own(schema, 'dependentSchemas')))
    rules.push({ kind: 'dependent', name, type: nested(exact, inner, 'dependentSchemas', name) });
  const properties = objectOf(own(schema, 'properties'));
  const names = textsOf(own(schema, 'required')).filter((one) => !Object.hasOwn(properties, one));
  // In what is received it is a property of its own.
  if (names.length > 0 && (context.direction === 'input' || context.isExact))
    rules.push({ kind: 'has', names });
  sayLeftOut(schema, context);
  return [...rules, ...unevaluatedRules(schema, context)];
}

function textsOf(list: unknown): readonly string[] {
  return listOf(list).filter((one) => typeof one === 'string');
}

function countOf(schema: JsonObject, key: string): number | undefined {
  const count = own(schema, key);
  return typeof count === 'number' && count >= 0 ? count : undefined;
}

/** What validators do not check is said. */
function sayLeftOut(schema: JsonObject, context: Context): void {
  for (const key of ['$dynamicRef', '$recursiveRef'])
    if (Object.hasOwn(schema, key))
      context.shared.diagnostics.info(
        'schema/not-checked',
        `Validators do not follow \`${key}\`.`,
        {
          pointer: context.pointer,
          hint: 'Name the schema with `$ref`.',
        },
      );
}

/** Whether anything is said beside a type that any value has. */
export function saysMore(type: Type): boolean {
  return !isUnknown(type) || ('constraints' in type && type.constraints !== undefined);
}
