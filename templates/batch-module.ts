import type { Batching } from '../generator/ir/batch.ts';
import type { Operation } from '../generator/ir/ir.ts';
import { requiresInput, takesInput } from '../generator/ir/operation.ts';
import { printModule, type SourceFile, type, value } from '../generator/print/code.ts';
import {
  call,
  type Expression,
  type Member,
  object,
  string,
  text,
} from '../generator/print/expression.ts';
import { callWith, comment, type Laid } from '../generator/print/laid.ts';
import { headers, path, pathText, query } from './request.ts';
import { overload, type Signature, signature } from '../generator/print/signature.ts';
import { access, propertyName, quote } from '../generator/print/text.ts';
import { banner, type Template } from '../generator/template.ts';
import type { PathPart } from '../generator/ir/param.ts';
import type { BatchBinding, BatchMember, PlacePart } from '../generator/ir/batch-binding.ts';

/** `src/batch/<group>.ts`: a builder per batchable operation, and `src/batch/index.ts`, which binds them. */
export const batchModule: Template = {
  name: 'batch-module',
  files({ batch, modules, conversions }) {
    if (!batch) return [];
    return batch.groups.map((group) => ({
      path: `src/batch/${group.name}.ts`,
      text:
        banner +
        printModule({ module: `batch/${group.name}`, modules }, (file) =>
          group.operations
            .map((operation) => builder(operation, batch, conversions !== undefined, file))
            .join('\n'),
        ),
    }));
  },
};

const action = 'runtime/batch/action/action';
const actionTypes = 'runtime/batch/action/types';

function builder(
  operation: Operation,
  batch: Batching,
  hasValues: boolean,
  file: SourceFile,
): string {
  const { code } = file;
  const binding = operation.batch;
  if (!binding) return '';
  const members = [
    ...(binding.at ? [['at', place(binding.at, file)] as const] : []),
    ...binding.members.flatMap((member) => wireMember(member, operation, file)),
  ];
  const kind = kindOf(operation, binding, batch);
  const make = file.uses(value(kind.make, action));
  return code`${heads(operation, binding, kind, hasValues, file)} {
${takesInput(operation) ? code`  input = ${value('own', 'runtime/client')}(input);\n` : ''}  return ${callWith(make, [string(operation.id)], members)};
}
`;
}

/** What is before the body of a builder: its comment and its signature, or those of an overload for a list too. */
function heads(
  operation: Operation,
  binding: BatchBinding,
  kind: Kind,
  hasValues: boolean,
  file: SourceFile,
): string {
  const { code, nameOf } = file;
  const { name, method, route, doc, types } = operation;
  const inJson = (declared: string): string =>
    hasValues
      ? code`${type('AsJson', 'runtime/values/as-json')}<${nameOf(declared)}>`
      : nameOf(declared);
  const input = inJson(types.input);
  const made = inJson(types.response);
  const isOptional = !requiresInput(operation) && binding.fence === undefined;
  const head = (given: string, args: readonly string[]): Signature => ({
    name,
    params: [
      {
        name: takesInput(operation) ? 'input' : '_input',
        types: [inputType(given, binding, file)],
        default: isOptional ? '{}' : undefined,
      },
    ],
    result: { name: file.uses(type(kind.type, actionTypes)), args },
  });
  const about = (what: string): Laid =>
    comment(doc, { lines: [`\`${method} ${route}\` as ${what}. Nothing is sent.`] });
  const one = head(input, [made + kind.orNone]);
  const { list } = binding;
  if (!list) return code`${about('an action of a batch')}${signature(one)}`;
  const names = [list.one, list.many].map(quote);
  const within = [input, quote(list.body), ...names];
  const several = head(typeOf('ListInput', within, file), [
    typeOf('ListOf', [made, ...names], file),
  ]);
  // Who asks TypeScript for the parameters of an overloaded function gets those of the last.
  return code`${about('an action of a batch, with a list of elements')}${overload(several)}
${about('an action of a batch')}${overload(one)}
${signature(head(typeOf('OneOrMany', within, file), []))}`;
}

const reference = 'runtime/batch/action/reference';

/** A type of the run-time with its arguments. */
function typeOf(name: string, args: readonly string[], { code }: SourceFile): string {
  return code`${type(name, reference)}<${args.join(', ')}>`;
}

function inputType(name: string, { fence }: BatchBinding, { code }: SourceFile): string {
  const input = code`${type('BatchInput', reference)}<${name}>`;
  if (fence === undefined) return input;
  return code`${type('Fenced', reference)}<${input}, ${quote(fence)}>`;
}

interface Kind {
  /** The type of the action. */
  readonly type: string;
  /** What makes it. */
  readonly make: string;
  /** Completes the type of its value. */
  readonly orNone: string;
}

function kindOf({ method }: Operation, { creates }: BatchBinding, batch: Batching): Kind {
  switch (batch.kind) {
    case 'draft':
      return { type: creates ? 'CreateAction' : 'Action', make: 'action', orNone: '' };
    case 'request':
      return {
        type: 'RequestAction',
        make: creates ? 'addition' : 'action',
        // That something is gone may be known only by looking for it.
        orNone: method === 'DELETE' && batch.readsBack ? ' | undefined' : '',
      };
  }
}

/** Where what an action adds will be. */
function place(parts: readonly PlacePart[], file: SourceFile): Expression {
  const values = new Map<string, Expression>();
  const places = parts.map((part) => {
    if (typeof part === 'string') return pathText(part);
    const names = 'param' in part ? [part.param.key] : part.member;
    values.set(names.join('.'), text(`input${valueAt(names)}`));
    return pathText(names);
  });
  const members = [...values].map(([name, given]) => [propertyName(name), given] as const);
  return call(
    file.uses(value('place', 'runtime/batch/action/path')),
    string(places.join('')),
    object(members),
  );
}

/** A body may hold a list in place of the one element that has the name. */
function valueAt(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  if (names.length < 3) return names.map(access).join('');
  const end = access(last);
  return `${names.slice(0, -1).map(access).join('')}?.${end.replace(/^\./, '')}`;
}

function wireMember(
  [name, part]: BatchMember,
  operation: Operation,
  file: SourceFile,
): readonly Member[] {
  const batchPath = (parts: readonly PathPart[]): Expression =>
    path(parts, file, value('path', 'runtime/batch/action/path'));
  if (typeof part === 'object')
    return [[name, 'path' in part ? batchPath(part.path) : string(part.literal)]];
  switch (part) {
    case 'path':
      return [[name, batchPath(operation.path)]];
    case 'method':
      return [[name, string(operation.method)]];
    case 'query':
      return query(operation, file).map(([, pairs]) => [name, pairs]);
    case 'headers':
      return headers(operation, file).map(([, pairs]) => [name, pairs]);
    case 'body':
      return operation.body ? [[name, text(`input${access(operation.body.key)}`)]] : [];
  }
}
