import type { Conversions } from '../generator/ir/conversion.ts';
import type { Group, Operation } from '../generator/ir/ir.ts';
import {
  declarationsOf,
  requiresInput,
  takesInput,
  tellsAnswers,
} from '../generator/ir/operation.ts';
import { isSuccess, successesOf } from '../generator/ir/responses.ts';
import { printModule, type Ref, type SourceFile, type, value } from '../generator/print/code.ts';
import { text } from '../generator/print/expression.ts';
import { callGiving, comment, type Laid } from '../generator/print/laid.ts';
import { pages } from './pages.ts';
import { request } from './request.ts';
import { signature } from '../generator/print/signature.ts';
import { declaration } from '../generator/print/types.ts';
import { banner, type Template } from '../generator/template.ts';

/** `src/<group>.ts`: a function an operation, its types just above it. */
export const tagModule: Template = {
  name: 'tag-module',
  files: ({ groups, modules, conversions }) =>
    groups.map((group) => ({
      path: `src/${group.name}.ts`,
      text:
        banner +
        printModule({ module: group.name, modules }, (file) =>
          printGroup(group, file, conversions),
        ),
    })),
};

function printGroup(group: Group, file: SourceFile, conversions: Conversions | undefined): string {
  let text = '';
  for (const operation of group.operations) {
    const types = declarations(operation, file);
    const space = text === '' ? '' : '\n';
    text += `${space}${types}\n${operationFunction(operation, file, conversions)}`;
  }
  return text;
}

/** The types that stand above an operation's function. */
export function declarations(operation: Operation, file: SourceFile): string {
  return declarationsOf(operation)
    .map(({ name, type: declared, doc }) => declaration(name, declared, doc, file))
    .join('\n');
}

function operationFunction(
  operation: Operation,
  file: SourceFile,
  conversions: Conversions | undefined,
): string {
  const { code } = file;
  const { doc, method, route } = operation;
  const about = comment(doc, { lines: [`\`${method} ${route}\``] });
  const head = operationHead(operation, file);
  const ownProperties = takesInput(operation)
    ? code`  input = ${value('own', 'runtime/client')}(input);\n`
    : '';
  return code`${about}${head} {\n${ownProperties}  return ${send(operation, file, conversions)};\n}\n`;
}

const types = {
  Client: type('Client', 'runtime/client'),
  CallOptions: type('CallOptions', 'runtime/client'),
  PageOptions: type('PageOptions', 'runtime/pages/paginate'),
  Paged: type('Paged', 'runtime/pages/paginate'),
  Answered: type('Answered', 'runtime/answers/typed'),
  Streamed: type('Streamed', 'runtime/answers/stream'),
  ContentOptions: type('ContentOptions', 'runtime/params/content'),
};

/** `export function updateNetwork(…): Promise<…>`, without the body. */
export function operationHead(operation: Operation, file: SourceFile): string {
  const { code, nameOf } = file;
  const { name, types: own, pagination, result } = operation;
  const hasChoice = operation.body !== undefined && operation.body.contents.length > 1;
  const isGiven = takesInput(operation);
  const answers = tellsAnswers(operation) ? [own.answers] : [];
  const accepting = choosesType(operation);
  const typed = (text: string): Ref => type(text, 'runtime/answers/typed');
  return signature({
    name: accepting
      ? code`${name}<Accept extends ${typed('AcceptOf')}<${own.answers}> = never>`
      : name,
    params: [
      { name: 'client', types: [file.uses(types.Client)] },
      {
        name: isGiven ? 'input' : '_input',
        types: [nameOf(own.input)],
        default: requiresInput(operation) ? undefined : '{}',
      },
      {
        name: 'options?',
        types: [
          file.uses(pagination ? types.PageOptions : types.CallOptions),
          ...(hasChoice ? [code`${types.ContentOptions}<${nameOf(own.contentType)}>`] : []),
          ...(accepting ? [code`${typed('Accepting')}<Accept>`] : []),
        ],
      },
    ],
    result: pagination
      ? { name: file.uses(types.Paged), args: [own.item, own.response, ...answers] }
      : result.type.kind === 'stream'
        ? { name: file.uses(types.Streamed), args: [own.event, ...answers] }
        : accepting
          ? {
              name: file.uses(types.Answered),
              args: [
                code`${typed('Accepted')}<${own.answers}, Accept, ${own.response}>`,
                ...answers,
                own.response,
              ],
            }
          : answers.length > 0
            ? { name: file.uses(types.Answered), args: [own.response, ...answers] }
            : { name: file.global('Promise'), args: [own.response] },
  });
}

/** Whether the option `accept` chooses among media types of one status. */
function choosesType({ responses, result, pagination }: Operation): boolean {
  if (pagination || result.type.kind === 'stream') return false;
  const successes = successesOf(responses);
  if (successes.length < 2) return false;
  return successes.some(
    ({ status, mediaType }) =>
      isSuccess(status) &&
      successes.some((other) => other.status === status && other.mediaType !== mediaType),
  );
}

function send(operation: Operation, file: SourceFile, conversions: Conversions | undefined): Laid {
  const { pagination, result } = operation;
  const callee = pagination
    ? value('paginate', 'runtime/pages/paginate')
    : result.type.kind === 'stream'
      ? value('openStream', 'runtime/answers/stream')
      : value('send', 'runtime/client');
  const args = [text('client'), text('options')];
  if (pagination) args.push(pages(pagination.paging, pagination.items, file));
  return callGiving(file.uses(callee), args, request(operation, file, conversions));
}
