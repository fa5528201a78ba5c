import type { Constraints, Evaluation, Rule, Type } from '../ir/ir.ts';
import { type SourceFile, value } from './code.ts';
import { patternFlags, quote } from './text.ts';

/** What a validator asks of a value besides what its library has a method for. */
export interface SchemaTest {
  /** An expression: a function that takes the value and answers whether it is right. */
  readonly test: string;
  /** What is expected, for people. */
  readonly message: string;
}

/** The bounds of constraints, for {@link boundsTest}. */
export type BoundName = keyof typeof boundTexts;

const boundTexts = {
  integer: () => 'an integer',
  minimum: (limit: unknown) => `>= ${limit}`,
  maximum: (limit: unknown) => `<= ${limit}`,
  exclusiveMinimum: (limit: unknown) => `> ${limit}`,
  exclusiveMaximum: (limit: unknown) => `< ${limit}`,
  multipleOf: (step: unknown) => `a multiple of ${step}`,
  format: (name: unknown) => `${name}`,
  pattern: (source: unknown) => `text that matches ${source}`,
  minLength: (limit: unknown) => `at least ${limit} characters`,
  maxLength: (limit: unknown) => `at most ${limit} characters`,
  minItems: (limit: unknown) => `at least ${limit} items`,
  maxItems: (limit: unknown) => `at most ${limit} items`,
  uniqueItems: () => 'items without repetition',
  minProperties: (limit: unknown) => `at least ${limit} members`,
  maxProperties: (limit: unknown) => `at most ${limit} members`,
};

// The keys of an object literal are its own.
const allBounds = Object.keys(boundTexts) as readonly BoundName[];

const home = 'runtime/schema/tests';

/** The test of those bounds that are named, each for values of its own kind; of all without names. */
export function boundsTest(
  constraints: Constraints | undefined,
  file: SourceFile,
  names: readonly BoundName[] = allBounds,
): readonly SchemaTest[] {
  const members: string[] = [];
  const messages: string[] = [];
  for (const name of names) {
    const limit = constraints?.[name];
    if (limit === undefined) continue;
    const text = name === 'pattern' ? regExp(String(limit), file) : literal(limit);
    if (text === undefined) continue;
    members.push(`${name}: ${text}`);
    messages.push(boundTexts[name](limit));
  }
  if (members.length === 0) return [];
  return [
    {
      test: `${file.uses(value('within', home))}({ ${members.join(', ')} })`,
      message: `Expected ${messages.join(', ')}`,
    },
  ];
}

function literal(limit: string | number | boolean): string {
  return typeof limit === 'string' ? quote(limit) : String(limit);
}

/** `new RegExp('^a', 'u')`; undefined where the pattern is of another language. */
export function regExp(pattern: string, file: SourceFile): string | undefined {
  const flags = patternFlags(pattern);
  return flags === undefined
    ? undefined
    : `new ${file.global('RegExp')}(${quote(pattern)}, ${quote(flags)})`;
}

/** A rule that says all that a type says, so that it is checked in its place. */
export type WholeRule = Extract<Rule, { readonly kind: 'all' | 'any' | 'one' }>;

export function wholeRuleOf(type: Type): WholeRule | undefined {
  if (!('constraints' in type)) return undefined;
  return type.constraints?.rules?.find(
    (rule): rule is WholeRule => 'isWhole' in rule && rule.isWhole === true,
  );
}

/** A type that is known by a rule alone. */
export function anythingOf(rule: WholeRule): Type {
  const { isWhole: _, ...own } = rule;
  return { kind: 'scalar', name: 'unknown', constraints: { rules: [own] } };
}

/**
 * The tests of a type’s rules and further members, but of the rule that is checked in its place.
 * @param schemaOf The schema of a type, as an expression: of any library that has Standard Schemas.
 */
export function ruleTests(
  type: Type,
  file: SourceFile,
  schemaOf: (type: Type) => string,
): readonly SchemaTest[] {
  const constraints = 'constraints' in type ? type.constraints : undefined;
  if (!constraints) return [];
  const whole = wholeRuleOf(type);
  const rules = constraints.rules?.filter((rule) => rule !== whole) ?? [];
  return [
    ...(whole ? [] : memberTests(type, constraints, file, schemaOf)),
    ...rules.map((rule) => ruleTest(rule, file, schemaOf)),
  ];
}

/** Whether all objects inherit a member of that name, which libraries take for the object’s own. */
function isInherited(name: string): boolean {
  return name in {};
}

/**
 * The tests of an object of which libraries would take members from the prototype, so that it is
 * checked by rules; undefined where it has no such member.
 */
export function inheritingTests(
  type: Extract<Type, { readonly kind: 'object' }>,
  file: SourceFile,
  schemaOf: (type: Type) => string,
): readonly SchemaTest[] | undefined {
  const own = type.properties.filter(({ name }) => isInherited(name));
  if (own.length === 0) return undefined;
  const properties = type.properties.filter(({ name }) => !isInherited(name));
  const plain = schemaOf({ kind: 'object', properties });
  return [
    { test: `${file.uses(value('all', home))}(${plain})`, message: 'Expected an object' },
    ...own.map(({ name, type: inner, required }) => ({
      test: `${file.uses(value('owning', home))}(${quote(name)}, ${schemaOf(inner)}${required ? ', true' : ''})`,
      message: `Expected another ${name}`,
    })),
  ];
}

function memberTests(
  type: Type,
  { patterns = [], others, closed }: Constraints,
  file: SourceFile,
  schemaOf: (type: Type) => string,
): readonly SchemaTest[] {
  const isPlain = type.kind === 'object' && !type.properties.some(({ name }) => isInherited(name));
  if (patterns.length === 0 && !others && (isPlain || !closed)) return [];
  const names = type.kind === 'object' ? type.properties.map(({ name }) => quote(name)) : [];
  const pairs = patterns.flatMap(({ pattern, type: inner }) => {
    const expression = regExp(pattern, file);
    return expression === undefined ? [] : [`[${expression}, ${schemaOf(inner)}]`];
  });
  const rest = others ? `, ${schemaOf(others)}` : closed ? `, 'none'` : '';
  const test = `${file.uses(value('further', home))}([${names.join(', ')}], [${pairs.join(', ')}]${rest})`;
  return [{ test, message: 'Expected members as their names say' }];
}

function ruleTest(rule: Rule, file: SourceFile, schemaOf: (type: Type) => string): SchemaTest {
  const call = (name: string, ...values: readonly string[]): string =>
    `${file.uses(value(name, home))}(${values.join(', ')})`;
  switch (rule.kind) {
    case 'all':
      return {
        test: call('all', ...rule.types.map(schemaOf)),
        message: 'Expected all that is asked',
      };
    case 'any':
      return {
        test: call('any', ...rule.types.map(schemaOf)),
        message: `Fits none of ${rule.types.length} alternatives`,
      };
    case 'one':
      return {
        test: call('one', ...rule.types.map(schemaOf)),
        message: `Expected exactly one of ${rule.types.length} alternatives`,
      };
    case 'not':
      return { test: call('not', schemaOf(rule.type)), message: 'Expected something else' };
    case 'names':
      return {
        test: call('naming', schemaOf(rule.type)),
        message: 'Expected other names of members',
      };
    case 'if':
      return {
        test: call('when', schemaOf(rule.type), schemaOf(rule.met), schemaOf(rule.unmet)),
        message: 'Expected what follows from the rest',
      };
    case 'contains': {
      const most = rule.most === undefined ? [] : [String(rule.most)];
      return {
        test: call('containing', schemaOf(rule.type), String(rule.least), ...most),
        message: `Expected ${rule.least} or more such items, and at most ${rule.most ?? 'any number'}`,
      };
    }
    case 'has':
      return {
        test: call('having', ...rule.names.map(quote)),
        message: `Expected the members ${rule.names.join(', ')}`,
      };
    case 'dependent':
      return {
        test: call('depending', quote(rule.name), schemaOf(rule.type)),
        message: `Expected what follows from ${rule.name}`,
      };
    case 'equals':
      return {
        test: call('equalTo', ...rule.values.map(quote)),
        message: `Expected ${rule.values.join(' or ')}`,
      };
    case 'unevaluated': {
      const by = rule.by.map((one) => evaluation(one, file, schemaOf));
      return {
        test: call('unevaluated', quote(rule.of), `[${by.join(', ')}]`, schemaOf(rule.type)),
        message: `Expected no more ${rule.of === 'object' ? 'members' : 'items'}`,
      };
    }
    case 'kind':
      return {
        test: call('ofKind', quote(rule.of), schemaOf(rule.type)),
        message: `Expected another ${rule.of}`,
      };
  }
}

function evaluation(
  { when, isAll, names = [], patterns = [], first, items }: Evaluation,
  file: SourceFile,
  schemaOf: (type: Type) => string,
): string {
  const expressions = patterns.flatMap((pattern) => regExp(pattern, file) ?? []);
  const members = [
    ...(when ? [`when: ${schemaOf(when)}`] : []),
    ...(isAll ? ['isAll: true'] : []),
    ...(names.length > 0 ? [`names: [${names.map(quote).join(', ')}]`] : []),
    ...(expressions.length > 0 ? [`patterns: [${expressions.join(', ')}]`] : []),
    ...(first === undefined ? [] : [`first: ${first}`]),
    ...(items ? [`items: ${schemaOf(items)}`] : []),
  ];
  return `{ ${members.join(', ')} }`;
}
