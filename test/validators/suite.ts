import { existsSync, readFileSync } from 'node:fs';
import { isObject } from '../../generator/json/narrow.ts';

/**
 * The JSON Schema Test Suite, as the Debian package `libtest-json-schema-acceptance-perl` has it:
 * `@json-schema-org/tests` of npm takes it from a repository, which an installation may not reach.
 */
export const folder: URL = new URL(
  `${process.env['JSON_SCHEMA_TESTS'] ?? '/usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance/tests'}/`,
  'file:///',
);
export const isPresent: boolean = existsSync(folder);

/** A schema and what is and is not valid by it. */
export interface Case {
  /** The component that holds the schema: `Case12`. */
  readonly name: string;
  readonly keyword: string;
  readonly description: string;
  readonly schema: unknown;
  readonly tests: readonly {
    readonly description: string;
    readonly data: unknown;
    readonly valid: boolean;
  }[];
}

/** A draft of JSON Schema, and the version of OpenAPI whose schemas are made of it. */
export interface Draft {
  readonly folder: 'draft4' | 'draft2020-12';
  readonly openapi: '3.0.3' | '3.1.1';
  /** Files of keywords that this version of OpenAPI has. */
  readonly keywords: readonly string[];
}

const common: readonly string[] = [
  'additionalProperties',
  'allOf',
  'anyOf',
  'default',
  'enum',
  'format',
  'infinite-loop-detection',
  'items',
  'maxItems',
  'maxLength',
  'maxProperties',
  'maximum',
  'minItems',
  'minLength',
  'minProperties',
  'minimum',
  'multipleOf',
  'not',
  'oneOf',
  'pattern',
  'properties',
  'ref',
  'required',
  'type',
  'uniqueItems',
];

export const drafts: readonly Draft[] = [
  { folder: 'draft4', openapi: '3.0.3', keywords: common },
  {
    folder: 'draft2020-12',
    openapi: '3.1.1',
    keywords: [
      ...common,
      'boolean_schema',
      'const',
      'contains',
      'content',
      'defs',
      'dependentRequired',
      'dependentSchemas',
      'exclusiveMaximum',
      'exclusiveMinimum',
      'if-then-else',
      'maxContains',
      'minContains',
      'patternProperties',
      'prefixItems',
      'propertyNames',
      'unevaluatedItems',
      'unevaluatedProperties',
      'anchor',
      'dynamicRef',
      'refRemote',
      'id',
      'vocabulary',
      'unknownKeyword',
    ],
  },
];

/** What a schema of OpenAPI 3.0 cannot hold: those groups are no schemas of such a document. */
const foreign: ReadonlySet<string> = new Set([
  '$schema',
  'id',
  'definitions',
  'dependencies',
  'patternProperties',
  'additionalItems',
]);

/** The cases of a draft that are schemas of a document, those that no document can hold apart. */
export function readCases({ folder: draft, keywords, openapi }: Draft): {
  readonly cases: readonly Case[];
  readonly apart: readonly { readonly description: string; readonly why: string }[];
} {
  const cases: Case[] = [];
  const apart: { description: string; why: string }[] = [];
  for (const keyword of keywords.toSorted()) {
    const file = new URL(`${draft}/${keyword}.json`, folder);
    if (!existsSync(file)) continue;
    for (const group of JSON.parse(readFileSync(file, 'utf8'))) {
      const name = `Case${cases.length}`;
      const why =
        openapi === '3.0.3'
          ? reasonAgainst(group.schema, isLegacy)
          : reasonAgainst(group.schema, isModern);
      if (why === undefined)
        cases.push({ ...group, name, keyword, schema: placed(group.schema, name) });
      else apart.push({ description: `${keyword}: ${group.description}`, why });
    }
  }
  return { cases, apart };
}

type Verdict = (key: string, value: unknown) => string | undefined;

const isLegacy: Verdict = (key, value) => {
  if (foreign.has(key)) return `OpenAPI 3.0 has no \`${key}\``;
  if (key === 'type' && (Array.isArray(value) || value === 'null'))
    return 'OpenAPI 3.0 has neither lists of types nor `null`';
  if (key === 'items' && Array.isArray(value)) return 'OpenAPI 3.0 has one schema for all items';
  return isModern(key, value);
};

/** References by names instead of places. */
const isModern: Verdict = (key, value) => {
  if (key === '$ref' && typeof value === 'string' && !/^#(\/|$)/.test(value))
    return 'it refers to another document or an anchor';
  return ['$id', '$anchor', '$dynamicRef', '$dynamicAnchor', '$vocabulary'].includes(key)
    ? `it needs \`${key}\``
    : undefined;
};

/** Keys below these are names that a schema chooses. */
const maps: ReadonlySet<string> = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'dependentSchemas',
]);
/** Values that are no schemas. */
const values: ReadonlySet<string> = new Set(['enum', 'const', 'default', 'examples']);

function reasonAgainst(schema: unknown, verdict: Verdict, areNames = false): string | undefined {
  if (Array.isArray(schema)) {
    for (const one of schema) {
      const why = reasonAgainst(one, verdict);
      if (why !== undefined) return why;
    }
    return undefined;
  }
  if (!isObject(schema)) return undefined;
  for (const [key, value] of Object.entries(schema)) {
    if (key === '$schema' && !areNames && /2020-12/.test(String(value))) continue;
    if (!areNames && values.has(key)) continue;
    const why =
      (areNames ? undefined : verdict(key, value)) ??
      reasonAgainst(value, verdict, !areNames && maps.has(key));
    if (why !== undefined) return why;
  }
  return undefined;
}

/** The schema with its references made those of the document, and without its own dialect. */
function placed(schema: unknown, name: string, areNames = false): unknown {
  if (Array.isArray(schema)) return schema.map((one) => placed(one, name));
  if (!isObject(schema)) return schema;
  const result: [string, unknown][] = [];
  for (const [key, value] of Object.entries(schema)) {
    if (!areNames && key === '$schema') continue;
    if (!areNames && values.has(key)) result.push([key, value]);
    else if (!areNames && key === '$ref' && typeof value === 'string')
      result.push([key, `#/components/schemas/${name}${value.slice(1)}`]);
    else result.push([key, placed(value, name, !areNames && maps.has(key))]);
  }
  return Object.fromEntries(result);
}

/** The document that holds the cases as components. */
export function documentOf({ openapi }: Draft, cases: readonly Case[]): object {
  return {
    openapi,
    info: { title: 'Cases', version: '1' },
    paths: {},
    components: { schemas: Object.fromEntries(cases.map(({ name, schema }) => [name, schema])) },
  };
}

/** Says whether a value is valid by the schema of a component. */
export type Validate = (name: string, data: unknown) => boolean;

/** A test that a validator answers otherwise than the suite. */
export interface Disagreement {
  readonly keyword: string;
  readonly name: string;
  readonly text: string;
}

export interface Outcome {
  readonly total: number;
  readonly disagreements: readonly Disagreement[];
}

/** What a validator says otherwise than the suite; one that throws has not answered. */
export function compare(cases: readonly Case[], validate: Validate): Outcome {
  const disagreements: Disagreement[] = [];
  let total = 0;
  for (const { name, keyword, description, tests } of cases)
    for (const test of tests) {
      total += 1;
      let answer: boolean | undefined;
      try {
        answer = validate(name, test.data);
      } catch {
        answer = undefined;
      }
      if (answer !== test.valid)
        disagreements.push({
          keyword,
          name,
          text: `${keyword}: ${description}: ${test.description}`,
        });
    }
  return { total, disagreements };
}
