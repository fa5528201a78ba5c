import type { Group, Operation, Paging, Type } from '../generator/ir/ir.ts';
import { noDoc } from '../generator/ir/doc.ts';
import { requiresInput } from '../generator/ir/operation.ts';
import { printModule, type SourceFile, type, value } from '../generator/print/code.ts';
import { docComment } from '../generator/print/doc.ts';
import {
  array,
  call,
  callWith,
  type Expression,
  type Member,
  object,
  string,
  text,
} from '../generator/print/expression.ts';
import { request } from './request.ts';
import { signature } from '../generator/print/signature.ts';
import { declaration } from '../generator/print/types.ts';
import { banner, type Template } from '../generator/template.ts';

/** `src/<group>.ts`: a function an operation, its types just above it. */
export const tagModule: Template = {
  name: 'tag-module',
  files: ({ api, plan }) =>
    api.groups.map((group) => ({
      path: `src/${group.name}.ts`,
      text: banner + printModule(group.name, plan.homes, (file) => printGroup(group, file)),
    })),
};

function printGroup(group: Group, file: SourceFile): string {
  return group.operations
    .map((operation) => `${declarations(operation, file)}\n${operationFunction(operation, file)}`)
    .join('\n');
}

function declarations(operation: Operation, { nameOf }: SourceFile): string {
  const { typeName, body, result, pagination } = operation;
  const doc = (summary: string): typeof noDoc => ({ ...noDoc, summary });
  const input = inputType(operation);
  const parts = [
    declaration(`${typeName}Input`, input, doc(`What {@link ${operation.name}} takes.`), nameOf),
  ];
  if (body)
    parts.push(
      declaration(
        `${typeName}Body`,
        body.type,
        body.doc.summary === '' ? doc(`The body that {@link ${operation.name}} sends.`) : body.doc,
        nameOf,
      ),
    );
  if (pagination)
    parts.push(
      declaration(
        `${typeName}Item`,
        pagination.itemType,
        doc(`What {@link ${operation.name}} lists.`),
        nameOf,
      ),
    );
  const answer = pagination
    ? withItem(result.type, pagination.items ?? [], `${typeName}Item`)
    : result.type;
  parts.push(
    declaration(
      `${typeName}Response`,
      answer,
      doc(
        pagination
          ? `A page of {@link ${operation.name}}.`
          : `What {@link ${operation.name}} gives.`,
      ),
      nameOf,
    ),
  );
  return parts.join('\n');
}

/** Parameters flat, and the body; an operation without either takes an empty object. */
function inputType({ params, body, typeName }: Operation): Type {
  const properties = params.map(({ key, type: paramType, required, doc }) => ({
    name: key,
    type: paramType,
    required,
    doc,
  }));
  if (body)
    properties.push({
      name: body.key,
      type: { kind: 'named', name: `${typeName}Body` },
      required: body.required,
      doc: noDoc,
    });
  return properties.length === 0
    ? { kind: 'record', values: { kind: 'scalar', name: 'never' } }
    : { kind: 'object', properties };
}

/** The page's body with the list's element under its own name. */
function withItem(page: Type, path: readonly string[], name: string): Type {
  const [first, ...rest] = path;
  if (page.kind === 'union')
    return { kind: 'union', members: page.members.map((member) => withItem(member, path, name)) };
  if (first === undefined)
    return page.kind === 'array' ? { kind: 'array', items: { kind: 'named', name } } : page;
  if (page.kind === 'intersection')
    return {
      kind: 'intersection',
      members: page.members.map((member) => withItem(member, path, name)),
    };
  if (page.kind !== 'object') return page;
  return {
    ...page,
    properties: page.properties.map((property) =>
      property.name === first
        ? { ...property, type: withItem(property.type, rest, name) }
        : property,
    ),
  };
}

function operationFunction(operation: Operation, file: SourceFile): string {
  const { code, nameOf } = file;
  const { name, typeName, pagination, doc, method, route } = operation;
  const comment = docComment(doc, 0, { lines: [`\`${method} ${route}\``] });
  const types = {
    Client: type('Client', 'runtime/client'),
    CallOptions: type('CallOptions', 'runtime/client'),
    PageOptions: type('PageOptions', 'runtime/pages/paginate'),
    Paged: type('Paged', 'runtime/pages/paginate'),
  };
  const takesInput = operation.params.length > 0 || operation.body !== undefined;
  const head = signature({
    name,
    params: [
      { name: 'client', types: [file.uses(types.Client)] },
      {
        name: takesInput ? 'input' : '_input',
        types: [nameOf(`${typeName}Input`)],
        default: requiresInput(operation) ? undefined : '{}',
      },
      {
        name: 'options?',
        types: [file.uses(pagination ? types.PageOptions : types.CallOptions)],
      },
    ],
    result: pagination
      ? { name: file.uses(types.Paged), args: [`${typeName}Item`, `${typeName}Response`] }
      : { name: 'Promise', args: [`${typeName}Response`] },
  });
  const own = takesInput ? code`  input = ${value('own', 'runtime/client')}(input);\n` : '';
  return code`${comment}${head} {\n${own}  return ${send(operation, file)};\n}\n`;
}

function send(operation: Operation, file: SourceFile): string {
  const { pagination } = operation;
  const callee = pagination
    ? value('paginate', 'runtime/pages/paginate')
    : value('send', 'runtime/client');
  const args = [text('client'), text('options')];
  if (pagination) args.push(pages(pagination.paging, pagination.items, file));
  return callWith('  return ', file.uses(callee), args, request(operation, file), 2);
}

/** The call that says how the next page is found. */
function pages(paging: Paging, items: readonly string[] | undefined, file: SourceFile): Expression {
  const strategy = (
    name: string,
    ...own: readonly (readonly [string, Expression | undefined])[]
  ): Expression => {
    const members = [['items', items && strings(items)] as const, ...own].flatMap(
      ([key, text]): readonly Member[] => (text ? [[key, text]] : []),
    );
    const callee = file.uses(value(name, 'runtime/pages/paginate'));
    return members.length === 0 ? call(callee) : call(callee, object(members));
  };
  switch (paging.kind) {
    case 'link':
      return strategy('linkPages', [
        'direction',
        paging.direction === 'prev' ? string('prev') : undefined,
      ]);
    case 'cursor':
      return strategy(
        'cursorPages',
        ['cursor', strings(paging.cursor)],
        ['param', string(paging.param)],
      );
    case 'url':
      return strategy('urlPages', ['url', strings(paging.url)]);
    case 'offset':
      return strategy(
        'offsetPages',
        ['param', string(paging.param)],
        ['total', paging.total && strings(paging.total)],
      );
    case 'page':
      return strategy(
        'numberPages',
        ['param', string(paging.param)],
        ['first', text(String(paging.first))],
        ['total', paging.total && strings(paging.total)],
      );
  }
}

function strings(path: readonly string[]): Expression {
  return array(path.map(string));
}
