import type { Api } from '../../generator/ir/api.ts';
import type { Doc, Operation, Type } from '../../generator/ir/ir.ts';
import { jsonLine } from '../../generator/print/text.ts';
import type { OutputFile, Template } from '../../generator/template.ts';

/**
 * `data/`: the operations as JSON lines, so that a call reads one line of one file. `index` has what
 * a list of operations shows, a group's file what a call takes, `types` the types that these name.
 */
export const cliOperations: Template = {
  name: 'cli-operations',
  files: (api): readonly OutputFile[] => {
    if (!api.cli) return [];
    const { groups, types } = api;
    return [
      { path: 'data/groups.jsonl', text: lines(groups.map(groupRow)) },
      {
        path: 'data/index.jsonl',
        text: lines(groups.flatMap(({ operations }) => operations.map((each) => indexRow(each)))),
      },
      {
        path: 'data/types.jsonl',
        text: lines(types.map(({ name, type }) => ({ name, shape: shapeOf(type) }))),
      },
      ...groups.map(({ name, operations }) => ({
        path: `data/operations/${name}.jsonl`,
        text: lines(operations.map((operation) => detailOf(operation, builderOf(api, operation)))),
      })),
    ];
  },
};

function lines(rows: readonly object[]): string {
  return rows.map((row) => `${jsonLine(row)}\n`).join('');
}

function groupRow({ name, title, description }: Api['groups'][number]): object {
  return { name, title, description };
}

function indexRow({ name, group, method, route, doc, pagination, batch }: Operation): object {
  return {
    name,
    group,
    method,
    route,
    summary: doc.summary,
    ...(pagination && { paged: true }),
    ...(batch && { batch: true }),
    ...(doc.deprecated && { deprecated: true }),
  };
}

function builderOf(api: Api, { group, name }: Operation): string | undefined {
  return api.batch?.groups.find(
    (each) => each.name === group && each.operations.some((operation) => operation.name === name),
  )?.name;
}

function detailOf(operation: Operation, builder: string | undefined): object {
  const { name, id, params, body, result, doc } = operation;
  return {
    name,
    id,
    ...indexRow(operation),
    ...(builder !== undefined && { builder }),
    ...(operation.batch?.operation !== undefined && { verb: operation.batch.operation }),
    description: doc.description,
    reading: result.reading,
    params: params.map((param) => ({
      key: param.key,
      in: param.in,
      required: param.required,
      ...about(param.doc),
      shape: shapeOf(param.type),
    })),
    ...(body && {
      body: {
        key: body.key,
        required: body.required,
        encoding: body.contents[0].encoding,
        ...about(body.doc),
        shape: shapeOf(body.type),
      },
    }),
  };
}

function about({ summary, description }: Doc): { readonly help?: string } {
  const help = summary || description;
  return help ? { help } : {};
}

/** A type without what is for the readers of code, and for validators alone. */
function shapeOf(type: Type): object {
  if (!('constraints' in type) || type.constraints === undefined) return bareShape(type);
  const { closed: _, others: _o, patterns: _p, rules: _r, ...bounds } = type.constraints;
  const { constraints: _c, ...bare } = type;
  const shape = bareShape(bare);
  return Object.keys(bounds).length > 0 ? { ...shape, constraints: bounds } : shape;
}

function bareShape(type: Type): object {
  switch (type.kind) {
    case 'scalar':
    case 'literals':
    case 'named':
      return type;
    case 'array':
    case 'stream':
      return { ...type, items: shapeOf(type.items) };
    case 'tuple':
      return {
        ...type,
        items: type.items.map(shapeOf),
        ...(type.rest && { rest: shapeOf(type.rest) }),
      };
    case 'record':
      return { ...type, values: shapeOf(type.values) };
    case 'object':
      return {
        ...type,
        properties: type.properties.map(({ name, required, type: each, doc }) => ({
          name,
          ...(required && { required }),
          ...about(doc),
          shape: shapeOf(each),
        })),
        ...(type.rest && { rest: shapeOf(type.rest) }),
      };
    case 'union':
    case 'intersection':
      return { ...type, members: type.members.map(shapeOf) };
  }
}
