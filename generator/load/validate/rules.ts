import { pointer as pointerTo, pointerOfFragment, valueAt } from '../../json/pointer.ts';
import { isObject, type MutableObject } from '../../json/narrow.ts';
import { quote } from '../quote.ts';
import type { Problems } from '../problems.ts';
import type { Workspace } from '../workspace.ts';

/**
 * Checks what the specification says in words and its schema cannot: operationIds are unique, a
 * name stands in a path once, a parameter is declared once. Where it is clear what to do all the
 * same, that is a warning: many published documents have such faults.
 */
export function checkRules({ document, version, problems }: Workspace): void {
  const operationIds = new Map<string, string>();
  const paths = new Map<string, string>();
  const resolve = resolver(document);
  for (const [path, pathItem] of membersOf(document['paths'])) {
    if (!path.startsWith('/')) continue;
    const at = pointerTo('paths', path);
    checkPath(path, at, problems);
    checkTwin(path, at, paths, problems);
    const shared = parametersOf(pathItem, at, resolve, problems);
    for (const [method, operation] of operationsOf(pathItem)) {
      const place = at + method;
      checkOperationId(operation, place, operationIds, problems);
      const own = parametersOf(operation, place, resolve, problems);
      if (version !== '2.0') continue;
      checkBody(document, operation, [...new Map([...shared, ...own]).values()], place, problems);
    }
  }
}

interface Parameter {
  readonly name: unknown;
  readonly in: unknown;
  readonly type: unknown;
  readonly pointer: string;
}

const methods = new Set([
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'query',
]);

/** By the pointers from the path item. */
function operationsOf(pathItem: MutableObject): [string, MutableObject][] {
  const standard = membersOf(pathItem).filter(([method]) => methods.has(method));
  const additional = membersOf(pathItem['additionalOperations']);
  return [
    ...standard.map(([method, operation]): [string, MutableObject] => [
      pointerTo(method),
      operation,
    ]),
    ...additional.map(([method, operation]): [string, MutableObject] => [
      pointerTo('additionalOperations', method),
      operation,
    ]),
  ];
}

function parametersOf(
  holder: MutableObject,
  at: string,
  resolve: Resolve,
  problems: Problems,
): ReadonlyMap<string, Parameter> {
  const { parameters: list } = holder;
  if (!Array.isArray(list)) return new Map();
  const found = new Map<string, Parameter>();
  for (const [index, item] of list.entries()) {
    const parameter = resolve(item);
    if (parameter === undefined) continue;
    const { name, in: place, type } = parameter;
    const identity = `${String(place)} ${String(name)}`;
    const pointer = `${at}/parameters/${index}`;
    if (found.has(identity)) {
      const message = `The parameter ${quote(name)} stands here twice.`;
      problems.warning('load/duplicate-parameter', message, {
        pointer,
        hint: 'Remove one of the two; the later one counts.',
      });
    } else {
      found.set(identity, { name, in: place, type, pointer });
    }
  }
  return found;
}

function checkPath(path: string, at: string, problems: Problems): void {
  const known = new Set<string>();
  for (const name of namesIn(path)) {
    if (!known.has(name)) {
      known.add(name);
      continue;
    }
    problems.warning('load/path-parameter', `The path has ${quote(`{${name}}`)} twice.`, {
      pointer: at,
      hint: 'Give each part of the path a name of its own.',
    });
  }
}

/** Two paths that differ in the names of their parameters alone are one (OpenAPI 3.0.4, 4.8.8). */
function checkTwin(path: string, at: string, known: Map<string, string>, problems: Problems): void {
  const blank = path.replaceAll(/\{[^{}]*\}/g, '{}');
  const twin = known.get(blank);
  known.set(blank, twin ?? path);
  if (twin === undefined) return;
  problems.warning('load/duplicate-path', `The path is the same as ${quote(twin)}.`, {
    pointer: at,
    hint: 'Put the operations of both under one of them.',
  });
}

function namesIn(path: string): readonly string[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
}

function checkOperationId(
  { operationId }: MutableObject,
  at: string,
  known: Map<string, string>,
  problems: Problems,
): void {
  if (typeof operationId !== 'string') return;
  const first = known.get(operationId);
  if (first === undefined) {
    known.set(operationId, at);
    return;
  }
  problems.warning(
    'load/duplicate-operation-id',
    `Another operation has the operationId ${quote(operationId)} already.`,
    {
      pointer: `${at}/operationId`,
      hint: `Give one of them another operationId; the other is at ${quote(first)}.`,
    },
  );
}

/** Swagger 2.0: one body, or form fields, and files only in forms. */
function checkBody(
  document: MutableObject,
  operation: MutableObject,
  parameters: readonly Parameter[],
  at: string,
  problems: Problems,
): void {
  const bodies = parameters.filter((parameter) => parameter.in === 'body');
  const fields = parameters.filter((parameter) => parameter.in === 'formData');
  if (bodies.length > 1 || (bodies.length > 0 && fields.length > 0)) {
    problems.fault('load/several-bodies', 'The operation has more than one body.', {
      pointer: at,
      hint: 'Keep one parameter that is "in": "body", or only ones that are "in": "formData".',
    });
  }
  const file = fields.find(({ type }) => type === 'file');
  const consumes = operation['consumes'] ?? document['consumes'];
  const types: readonly unknown[] = Array.isArray(consumes) ? consumes : [];
  if (file === undefined || types.some((type) => isForm.test(String(type)))) return;
  problems.warning(
    'load/file-without-form',
    'A file is sent in a form, but the operation takes no form; it is sent as "multipart/form-data".',
    {
      pointer: file.pointer,
      hint: 'Add "multipart/form-data" to "consumes".',
    },
  );
}

const isForm = /^(?:multipart\/(?:.+\+)?form-data|application\/(?:.+\+)?x-www-form-urlencoded)/;

function membersOf(value: unknown): [string, MutableObject][] {
  if (!isObject(value)) return [];
  return Object.entries(value).filter((entry): entry is [string, MutableObject] =>
    isObject(entry[1]),
  );
}

type Resolve = (value: unknown) => MutableObject | undefined;

/** Many references are written alike, so that each text is resolved once. */
function resolver(document: MutableObject): Resolve {
  const known = new Map<string, unknown>();
  return (value) => {
    let current = value;
    for (let hops = 0; hops < 20; hops++) {
      if (!isObject(current)) return undefined;
      const { $ref: written } = current;
      if (typeof written !== 'string') return current;
      if (!known.has(written)) {
        known.set(written, valueAt(document, pointerOfFragment(written) ?? ''));
      }
      current = known.get(written);
    }
    return undefined;
  };
}
