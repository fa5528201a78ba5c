import type { Random } from '../../../simulators/random.ts';
import {
  type Editable,
  memberOf,
  operationsIn,
  parametersIn,
  type SchemaPlace,
  schemasIn,
} from './places.ts';

/** Edits a document, and gives the rule of the wire that must find it: null where none may; undefined where it has no place for it. */
export type Edit = (document: Editable, random: Random) => string | null | undefined;

export function pick<Item>(items: readonly Item[], random: Random): Item | undefined {
  return items[Math.floor(random() * items.length)];
}

type Fits = (place: SchemaPlace) => boolean;

/** An edit of a schema somewhere. */
function schema(fits: Fits, edit: (place: SchemaPlace) => string | null): Edit {
  return (document, random) => {
    const place = pick(schemasIn(document).filter(fits), random);
    return place && edit(place);
  };
}

const isObject: Fits = ({ schema: { type, properties } }) =>
  type === 'object' && properties !== undefined;
const isProperty: Fits = ({ holder }) => holder !== undefined;
const isText: Fits = ({ schema }) =>
  schema['type'] === 'string' && !schema['enum'] && !schema['format'];
const isNumber: Fits = ({ schema: { type, minimum, maximum, enum: list } }) =>
  (type === 'integer' || type === 'number') &&
  !list &&
  minimum === undefined &&
  maximum === undefined;
const hasEnum: Fits = ({ schema: { type, enum: list } }) =>
  type === 'string' && Array.isArray(list) && list.length > 2;

function requiredOf(schema: Editable): readonly unknown[] {
  return Array.isArray(schema['required']) ? schema['required'] : [];
}

const isOptional: Fits = ({ holder }) =>
  holder !== undefined && !requiredOf(holder.schema).includes(holder.name);
const isRequired: Fits = ({ holder }) =>
  holder !== undefined && requiredOf(holder.schema).includes(holder.name);

function add(place: SchemaPlace, required: boolean): string {
  const { schema, direction } = place;
  schema['properties'] = { ...memberOf(schema, 'properties'), mutated: { type: 'string' } };
  if (required) schema['required'] = [...requiredOf(schema), 'mutated'];
  return `${direction}-${required ? 'required-property' : 'property'}-added`;
}

function set(name: string, value: unknown, rule: string): (place: SchemaPlace) => string {
  return ({ schema, direction }) => {
    schema[name] = value;
    return `${direction}-${rule}`;
  };
}

function operation(
  edit: (
    place: ReturnType<typeof operationsIn>[number],
    document: Editable,
  ) => string | null | undefined,
): Edit {
  return (document, random) => {
    const place = pick(operationsIn(document), random);
    return place && edit(place, document);
  };
}

function parameter(fits: (one: Editable) => boolean, edit: (one: Editable) => string | null): Edit {
  return (document, random) => {
    const one = pick(operationsIn(document).flatMap(parametersIn).filter(fits), random);
    return one && edit(one);
  };
}

const isQuery = (one: Editable): boolean => one['in'] === 'query';

/** One edit of each kind that vendors make. */
export const edits: Readonly<Record<string, Edit>> = {
  'a property is added': schema(isObject, (place) => add(place, false)),
  'a required property is added': schema(isObject, (place) => add(place, true)),
  'a property is removed': schema(isProperty, ({ holder, direction }) => {
    if (!holder) return null;
    const { [holder.name]: _, ...rest } = memberOf(holder.schema, 'properties');
    holder.schema['properties'] = rest;
    holder.schema['required'] = requiredOf(holder.schema).filter((name) => name !== holder.name);
    return `${direction}-property-removed`;
  }),
  'a property becomes required': schema(isOptional, ({ schema, holder, direction }) => {
    if (!holder) return null;
    holder.schema['required'] = [...requiredOf(holder.schema), holder.name];
    return `${direction}-${schema['default'] === undefined ? '' : 'defaulted-'}property-required`;
  }),
  'a property becomes optional': schema(isRequired, ({ holder, direction }) => {
    if (!holder) return null;
    holder.schema['required'] = requiredOf(holder.schema).filter((name) => name !== holder.name);
    return `${direction}-property-optional`;
  }),
  'a text becomes a number': schema(isText, set('type', 'integer', 'type-changed')),
  'an integer becomes a number': schema(
    (place) => isNumber(place) && place.schema['type'] === 'integer',
    set('type', 'number', 'type-widened'),
  ),
  'null is allowed': schema(
    ({ schema }) => typeof schema['type'] === 'string' && schema['nullable'] !== true,
    set('nullable', true, 'null-added'),
  ),
  'a value is added to an enum': schema(hasEnum, ({ schema, direction }) => {
    schema['enum'] = [...(schema['enum'] as unknown[]), 'mutated'];
    return `${direction}-enum-value-added`;
  }),
  'a value is removed from an enum': schema(hasEnum, ({ schema, direction }) => {
    schema['enum'] = (schema['enum'] as unknown[]).slice(1);
    return `${direction}-enum-value-removed`;
  }),
  'an enum is added': schema(isText, set('enum', ['a', 'b'], 'enum-added')),
  'an enum is removed': schema(hasEnum, ({ schema, direction }) => {
    delete schema['enum'];
    return `${direction}-enum-removed`;
  }),
  'a greatest length is set': schema(isText, set('maxLength', 7, 'max-length-added')),
  'a least number is set': schema(isNumber, set('minimum', -3, 'minimum-added')),
  'a pattern is set': schema(isText, set('pattern', '^mutated', 'pattern-added')),
  'a default is set': schema(
    (place) => isText(place) && place.schema['default'] === undefined,
    set('default', 'mutated', 'default-added'),
  ),
  'a property becomes read-only': schema(
    (place) => isProperty(place) && isOptional(place),
    set('readOnly', true, 'property-read-only'),
  ),
  'other properties are forbidden': schema(
    (place) => isObject(place) && place.schema['additionalProperties'] === undefined,
    set('additionalProperties', false, 'additional-properties-forbidden'),
  ),
  'a description changes': schema(isProperty, ({ schema }) => {
    schema['description'] = 'Mutated.';
    return 'description-changed';
  }),
  'a schema is wrapped': schema(isProperty, ({ schema }) => {
    const inner = { ...schema };
    for (const key of Object.keys(schema)) delete schema[key];
    schema['allOf'] = [inner];
    return null;
  }),
  'a schema becomes a component': (document, random) => {
    const place = pick(schemasIn(document).filter(isProperty), random);
    if (!place) return undefined;
    const inner = { ...place.schema };
    for (const key of Object.keys(place.schema)) delete place.schema[key];
    place.schema['$ref'] = '#/components/schemas/Mutated';
    const components = memberOf(document, 'components');
    document['components'] = {
      ...components,
      schemas: { ...memberOf(components, 'schemas'), Mutated: inner },
    };
    return null;
  },
  'a parameter is added': operation(({ operation }) => {
    operation['parameters'] = [
      ...(Array.isArray(operation['parameters']) ? operation['parameters'] : []),
      { name: 'mutated', in: 'query', schema: { type: 'string' } },
    ];
    return 'parameter-added';
  }),
  'a required parameter is added': operation(({ operation }) => {
    operation['parameters'] = [
      ...(Array.isArray(operation['parameters']) ? operation['parameters'] : []),
      { name: 'mutated', in: 'query', required: true, schema: { type: 'string' } },
    ];
    return 'required-parameter-added';
  }),
  'a parameter is removed': (document, random) => {
    const place = pick(
      operationsIn(document).filter((each) => parametersIn(each).some(isQuery)),
      random,
    );
    const one = place && pick(parametersIn(place).filter(isQuery), random);
    if (!place || !one) return undefined;
    place.operation['parameters'] = parametersIn(place).filter((each) => each !== one);
    return 'parameter-removed';
  },
  'a parameter becomes required': parameter(
    (one) =>
      isQuery(one) && one['required'] !== true && memberOf(one, 'schema')['default'] === undefined,
    (one) => {
      one['required'] = true;
      return 'parameter-required';
    },
  ),
  'a parameter of the path is renamed': operation((place, document) => {
    const name = /\{(\w+)\}/.exec(place.path)?.[1];
    const own = parametersIn(place).find((one) => one['in'] === 'path' && one['name'] === name);
    if (name === undefined || !own || Object.keys(place.item).length > 1) return undefined;
    own['name'] = 'mutated';
    const paths = memberOf(document, 'paths');
    const renamed = place.path.replace(`{${name}}`, '{mutated}');
    if (paths[renamed] !== undefined) return undefined;
    delete paths[place.path];
    paths[renamed] = place.item;
    return null;
  }),
  'an operation is removed': operation(({ item, method }) => {
    delete item[method];
    return 'operation-removed';
  }),
  'an operation is added': operation((_, document) => {
    memberOf(document, 'paths')['/mutated'] = {
      get: {
        operationId: 'getMutated',
        tags: ['mutated'],
        responses: { 200: { description: 'Done' } },
      },
    };
    return 'operation-added';
  }),
  'an operation is renamed': operation(({ operation }) => {
    operation['operationId'] = 'mutatedOperation';
    return 'operation-id-changed';
  }),
  'an operation gets another tag': operation(({ operation }) => {
    operation['tags'] = ['mutated'];
    return 'tags-changed';
  }),
  'an operation is deprecated': operation(({ operation }) => {
    if (operation['deprecated'] === true) return undefined;
    operation['deprecated'] = true;
    return 'deprecated';
  }),
  'a body becomes required': (document, random) => {
    const bodies = operationsIn(document).map(({ operation }) =>
      memberOf(operation, 'requestBody'),
    );
    const body = pick(
      bodies.filter((one) => one['content'] !== undefined && one['required'] !== true),
      random,
    );
    if (!body) return undefined;
    body['required'] = true;
    return 'request-body-required';
  },
  'the keys are in another order': (document) => {
    for (const { operation } of operationsIn(document)) {
      const entries = Object.entries(operation).toReversed();
      for (const [key] of entries) delete operation[key];
      Object.assign(operation, Object.fromEntries(entries));
    }
    return null;
  },
};
