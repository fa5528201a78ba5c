import type { Random } from '../../../simulators/random.ts';
import { pick } from './edits.ts';
import { type Editable, isEditable, memberOf, operationsIn, parametersIn } from './places.ts';

/** What has to be found of an edit. */
export interface Expected {
  readonly pointer: string;
  /** The rule, or what it ends with after the direction. */
  readonly change: string;
}

/** Edits a place of a document that was not edited before; undefined where none is left. */
export type ComponentEdit = (random: Random) => Expected | undefined;

interface Place {
  readonly pointer: string;
  readonly node: Editable;
}

/** Edits of a document whose schemas are components, each of a component or operation of its own. */
export function componentEdits(document: Editable): readonly ComponentEdit[] {
  const taken = new Set<string>();
  const take = (places: readonly Place[], random: Random): Place | undefined => {
    const place = pick(
      places.filter(({ pointer }) => !taken.has(ownerOf(pointer))),
      random,
    );
    if (place) taken.add(ownerOf(place.pointer));
    return place;
  };
  const objects = objectsOf(document);
  // What a base type and a derived type both describe is one property of their conjunction.
  const properties = objects
    .flatMap(propertiesOf)
    .filter(({ pointer }) => !nameOf(pointer).startsWith('@'));
  const texts = properties.filter(({ node }) => isText(node));
  const enums = componentsOf(document).filter(({ node }) => Array.isArray(node['enum']));
  const operations = placesOf(document);
  const on =
    (places: readonly Place[], change: string, edit: (node: Editable) => void): ComponentEdit =>
    (random) => {
      const place = take(places, random);
      if (!place) return undefined;
      edit(place.node);
      return { pointer: place.pointer, change };
    };
  const set = (name: string, value: unknown) => (node: Editable) => {
    node[name] = value;
  };
  return [
    on(objects, 'property-added', (node) => {
      node['properties'] = { ...memberOf(node, 'properties'), mutated: { type: 'string' } };
    }),
    (random) => {
      const place = take(properties, random);
      if (!place) return undefined;
      const holder = objects.find(({ pointer }) => pointer === holderOf(place.pointer));
      const name = nameOf(place.pointer);
      if (holder) delete memberOf(holder.node, 'properties')[name];
      return { pointer: place.pointer, change: 'property-removed' };
    },
    on(texts, 'type-changed', set('type', 'boolean')),
    on(texts, 'max-length-added', set('maxLength', 7)),
    on(texts, 'pattern-added', set('pattern', '^mutated')),
    on(
      properties.filter(({ node }) => typeof node['type'] === 'string'),
      'description-changed',
      set('description', 'Mutated.'),
    ),
    on(enums, 'enum-value-added', (node) => {
      node['enum'] = [...(Array.isArray(node['enum']) ? node['enum'] : []), 'mutated'];
    }),
    on(operations, 'required-parameter-added', (node) => {
      const parameter = {
        name: 'mutated',
        in: 'query',
        required: true,
        schema: { type: 'string' },
      };
      node['parameters'] = [
        ...(Array.isArray(node['parameters']) ? node['parameters'] : []),
        parameter,
      ];
    }),
    on(
      operations.filter(({ node }) => node['deprecated'] !== true),
      'deprecated',
      set('deprecated', true),
    ),
    on(operations, 'operation-id-changed', (node) => {
      node['operationId'] = `${String(node['operationId'])}.mutated`;
    }),
  ];
}

/** Components that operations reach, also by a discriminator; what nobody uses is not compared. */
function componentsOf(document: Editable): readonly Place[] {
  const components = memberOf(document, 'components');
  const reached = new Map<string, unknown>();
  const queue: unknown[] = [document['paths']];
  for (let value = queue.pop(); value !== undefined; value = queue.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    for (const member of Object.values(value)) {
      const [, kind, name] = /^#\/components\/(\w+)\/(.+)$/.exec(String(member)) ?? [];
      if (kind === undefined || name === undefined) queue.push(member);
      else if (!reached.has(`${kind}/${name}`)) {
        const component = memberOf(components, kind)[nameOf(name)];
        reached.set(`${kind}/${name}`, component);
        queue.push(component);
      }
    }
  }
  return [...reached]
    .toSorted()
    .flatMap(([key, node]) =>
      key.startsWith('schemas/') && isEditable(node)
        ? [{ pointer: `/components/${key}`, node }]
        : [],
    );
}

/** Objects with properties: components, or the parts that they add to others. */
function objectsOf(document: Editable): readonly Place[] {
  return componentsOf(document).flatMap(({ pointer, node }) => {
    const parts = Array.isArray(node['allOf']) ? node['allOf'].filter(isEditable) : [];
    const places = parts.map((part, index) => ({
      pointer: `${pointer}/allOf/${index}`,
      node: part,
    }));
    return [{ pointer, node }, ...places].filter(({ node: one }) => isEditable(one['properties']));
  });
}

function propertiesOf({ pointer, node }: Place): readonly Place[] {
  return Object.entries(memberOf(node, 'properties')).flatMap(([name, property]) =>
    isEditable(property)
      ? [{ pointer: `${pointer}/properties/${escaped(name)}`, node: property }]
      : [],
  );
}

function isText({ type, enum: list, format, pattern, maxLength }: Editable): boolean {
  return type === 'string' && [list, format, pattern, maxLength].every((one) => one === undefined);
}

function placesOf(document: Editable): readonly Place[] {
  return operationsIn(document)
    .filter((place) => parametersIn(place).every((one) => one['name'] !== 'mutated'))
    .map(({ path, method, operation }) => ({
      pointer: `/paths/${escaped(path)}/${method}`,
      node: operation,
    }));
}

/** The component or operation that a place belongs to. */
function ownerOf(pointer: string): string {
  return pointer.split('/').slice(0, 4).join('/');
}

function holderOf(pointer: string): string {
  return pointer.split('/').slice(0, -2).join('/');
}

function nameOf(pointer: string): string {
  const last = pointer.split('/').at(-1) ?? '';
  return decodeURIComponent(last).replaceAll('~1', '/').replaceAll('~0', '~');
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
