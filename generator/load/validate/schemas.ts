import { createRequire } from 'node:module';
import { isObject, type MutableObject } from '../../json/narrow.ts';
import type { Version } from '../detect-version.ts';

/**
 * The schema of OpenAPI documents of a version, as the OpenAPI Initiative publishes it, in a form
 * that faults can be read from: where the original lists alternatives (`oneOf`) of which the
 * document itself says which one it means (`$ref`, `in`, `type`), this one asks for that alternative
 * only. What it accepts is the same, but for `relaxations`.
 */
export function schemaOf(version: Version): MutableObject {
  const require = createRequire(import.meta.url);
  const original: unknown = require(
    `@seriousme/openapi-schema-validator/schemas/v${version}/schema.json`,
  );
  // A copy, as what `require` returns is shared; that it is an object is known of these four files.
  const schema = structuredClone(original) as MutableObject;
  for (const relax of relaxations) relax(schema);
  byHand(schema);
  dropSlowUniqueness(schema);
  return decided(schema, schema) as MutableObject;
}

/** What published documents do, other tools accept and this one can read. */
const relaxations: readonly ((schema: MutableObject) => void)[] = [
  // A `$ref` with a description beside it is a `$ref`.
  (schema) => {
    const reference = definition(schema, 'jsonReference');
    if (reference !== undefined) delete reference['additionalProperties'];
  },
  // OpenAPI 3.0.0 did not say whether `scopes` may be left out.
  (schema) => {
    for (const grant of ['Implicit', 'Password', 'ClientCredentials', 'AuthorizationCode']) {
      for (const suffix of ['OAuthFlow', 'Flow']) {
        const flow = definition(schema, grant + suffix);
        const required = flow?.['required'];
        if (flow === undefined || !Array.isArray(required)) continue;
        flow['required'] = required.filter((field) => field !== 'scopes');
      }
    }
  },
];

/** Takes quadratic time for anything but words; equal parameters are found by `rules.ts`. */
function dropSlowUniqueness(schema: unknown): void {
  if (typeof schema !== 'object' || schema === null) return;
  if (isObject(schema) && schema['uniqueItems'] === true) {
    const { items } = schema;
    if (!isObject(items) || items['type'] !== 'string') delete schema['uniqueItems'];
  }
  for (const child of Object.values(schema)) dropSlowUniqueness(child);
}

/** What cannot be decided by a rule below. */
function byHand(schema: MutableObject): void {
  const http = definition(schema, 'HTTPSecurityScheme');
  if (http === undefined) return;
  delete http['oneOf'];
  http['if'] = { properties: { scheme: { pattern: '^[Bb][Ee][Aa][Rr][Ee][Rr]$' } } };
  http['else'] = { properties: { bearerFormat: false } };
}

function definition(schema: MutableObject, name: string): MutableObject | undefined {
  const { definitions } = schema;
  const found = isObject(definitions) ? definitions[name] : undefined;
  return isObject(found) ? found : undefined;
}

/** The schema with each decidable choice in it replaced by the decision. */
function decided(schema: unknown, root: MutableObject): unknown {
  if (Array.isArray(schema)) return schema.map((item) => decided(item, root));
  if (!isObject(schema)) return schema;
  const copy: MutableObject = {};
  for (const [key, value] of Object.entries(schema)) copy[key] = decided(value, root);
  for (const keyword of ['oneOf', 'anyOf']) {
    const alternatives = schema[keyword];
    if (!Array.isArray(alternatives)) continue;
    const decision = decide(alternatives, root);
    if (decision === undefined) continue;
    delete copy[keyword];
    copy['allOf'] = [
      ...(Array.isArray(copy['allOf']) ? copy['allOf'] : []),
      decided(decision, root),
    ];
  }
  return copy;
}

function decide(alternatives: readonly unknown[], root: MutableObject): MutableObject | undefined {
  if (alternatives.length === 1) return undefined;
  return byReference(alternatives, root) ?? byType(alternatives) ?? byField(alternatives, root);
}

/** A thing or a reference to one: what has a `$ref` is meant as a reference. */
function byReference(
  alternatives: readonly unknown[],
  root: MutableObject,
): MutableObject | undefined {
  const reference = alternatives.find((alternative) => {
    const target = isObject(alternative) ? alternative['$ref'] : undefined;
    return target === '#/definitions/Reference' || target === '#/definitions/jsonReference';
  });
  if (reference === undefined) return undefined;
  const others = alternatives.filter((alternative) => alternative !== reference);
  return choice(
    { type: 'object', required: ['$ref'] },
    reference,
    others.length === 1 ? others[0] : (decide(others, root) ?? { anyOf: others }),
  );
}

/** A thing, or else a boolean or a list, which a thing never is. */
function byType(alternatives: readonly unknown[]): MutableObject | undefined {
  const other = alternatives.find(
    (alternative) =>
      isObject(alternative) && ['boolean', 'array'].includes(String(alternative['type'])),
  );
  if (!isObject(other) || alternatives.length !== 2) return undefined;
  return choice(
    { type: other['type'] },
    other,
    alternatives.find((alternative) => alternative !== other),
  );
}

/** Things that a field tells apart, because its values in each of them are others. */
function byField(alternatives: readonly unknown[], root: MutableObject): MutableObject | undefined {
  for (const field of ['in', 'type', 'flow']) {
    const cases = new Map<string, unknown[]>();
    const others: unknown[] = [];
    for (const alternative of alternatives) {
      const values = valuesOf(field, alternative, root);
      if (values === undefined) others.push(alternative);
      else cases.set(values.join(), [...(cases.get(values.join()) ?? []), alternative]);
    }
    if (cases.size === 0 || others.length > 1 || cases.size + others.length === 1) continue;
    const all = [...cases.keys()].flatMap((values) => values.split(','));
    const otherwise = others[0] ?? { required: [field], properties: { [field]: { enum: all } } };
    return [...cases].reduceRight<MutableObject>(
      (last, [values, matching]) =>
        choice(
          { required: [field], properties: { [field]: { enum: values.split(',') } } },
          matching.length === 1 ? matching[0] : decide(matching, root),
          last,
        ),
      isObject(otherwise) ? otherwise : {},
    );
  }
  return undefined;
}

function choice(condition: MutableObject, yes: unknown, no: unknown): MutableObject {
  const branches = [condition, yes, no];
  return Object.fromEntries(['if', 'then', 'else'].map((key, index) => [key, branches[index]]));
}

/** What a schema allows a field to be, as far as it is a list of words. */
function valuesOf(field: string, schema: unknown, root: MutableObject): string[] | undefined {
  const { properties, oneOf } = resolved(schema, root);
  if (Array.isArray(oneOf)) {
    const values = oneOf.map((alternative) => valuesOf(field, alternative, root));
    return values.includes(undefined) ? undefined : values.flatMap((some) => some ?? []);
  }
  const property = isObject(properties) ? properties[field] : undefined;
  const allowed = isObject(property) ? property['enum'] : undefined;
  return Array.isArray(allowed) ? allowed.map(String) : undefined;
}

function resolved(schema: unknown, root: MutableObject): MutableObject {
  if (!isObject(schema)) return {};
  const name = /^#\/definitions\/(.+)$/.exec(String(schema['$ref']))?.[1];
  return name === undefined ? schema : (definition(root, name) ?? {});
}
