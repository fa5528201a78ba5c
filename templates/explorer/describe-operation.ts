import type { Api } from '../../generator/ir/api.ts';
import type { BatchMember } from '../../generator/ir/batch-binding.ts';
import type { Operation, Security } from '../../generator/ir/ir.ts';
import type { PageParam, Paging } from '../../generator/ir/paging.ts';
import type { PathPart } from '../../generator/ir/param.ts';
import type { SourceFile } from '../../generator/print/code.ts';
import { access, visible } from '../../generator/print/text.ts';
import { declarations, operationHead } from '../tag-module.ts';
import type {
  AnswerRow,
  BatchDetail,
  Mark,
  OperationDetail,
  OperationRow,
} from './explorer-data.ts';

/** An operation as a list shows it. */
export function rowOf({
  name,
  method,
  route,
  doc,
  batch,
  pagination,
  result,
}: Operation): OperationRow {
  const marks: Mark[] = [];
  if (batch) marks.push('batch');
  if (pagination) marks.push('pages');
  if (result.type.kind === 'stream') marks.push('stream');
  if (doc.deprecated) marks.push('deprecated');
  if (doc.stage !== undefined && doc.stage.toLowerCase() !== 'ga') marks.push('beta');
  return [name, method, visible(route), visible(doc.summary), marks];
}

/** Everything about an operation, in words and in the code that is emitted for it. */
export function describeOperation(
  operation: Operation,
  api: Api,
  file: SourceFile,
): OperationDetail {
  const { doc, params, body } = operation;
  return {
    id: visible(operation.id),
    description: visible(doc.description),
    ...(doc.link !== undefined && /^https?:/i.test(doc.link) && { link: doc.link }),
    signature: `${operationHead(operation, file)};`,
    types: declarations(operation, file),
    request: requestText(operation),
    params: [
      ...params.map((param) => ({
        key: param.key,
        name: visible(param.name),
        in: param.in,
        required: param.required,
        summary: visible(param.doc.summary),
      })),
      ...(body
        ? [
            {
              key: body.key,
              name: body.contents.map(({ mediaType }) => visible(mediaType)).join(', '),
              in: 'body',
              required: body.required,
              summary: visible(body.doc.summary),
            },
          ]
        : []),
    ],
    answers: answersOf(operation),
    facts: factsOf(operation, api),
    batch: batchOf(operation),
  };
}

function requestText({ method, route, params, body, result }: Operation): string {
  const query = params
    .filter((param) => param.in === 'query')
    .map(({ name, required }) => (required ? `${name}=…` : `[${name}=…]`));
  const headers = params.filter((param) => param.in === 'header').map(({ name }) => `${name}: …`);
  return visible(
    [
      `${method} ${route}${query.length === 0 ? '' : `?${query.join('&')}`}`,
      ...headers,
      ...(result.accept === undefined ? [] : [`Accept: ${result.accept}`]),
      ...(body ? [`Content-Type: ${body.contents[0].mediaType}`] : []),
    ].join('\n'),
  );
}

function answersOf({ responses }: Operation): readonly AnswerRow[] {
  return responses.map(({ status, mediaType, doc }) => ({
    status: String(status),
    mediaType: visible(mediaType ?? 'no content'),
    summary: visible(doc.summary),
  }));
}

function factsOf(operation: Operation, api: Api): readonly string[] {
  const { authenticated, pagination, server, doc, idempotencyHeader } = operation;
  return [
    ...(doc.deprecated ? ['Deprecated: the vendor may remove it.'] : []),
    ...(doc.stage === undefined ? [] : [`Release stage: ${visible(doc.stage)}.`]),
    authenticated
      ? credentialsText(operation.security ?? api.client.security)
      : 'It needs no credentials.',
    ...(pagination ? [pagesText(pagination.paging)] : []),
    ...(idempotencyHeader === undefined
      ? []
      : [`The header ${idempotencyHeader} makes it safe to send again.`]),
    ...(server ? [`It lives at ${visible(server.url)}.`] : []),
  ];
}

function credentialsText(security: Security | undefined): string {
  if (!security || security.length === 0) return 'It presents the credentials of the client.';
  const groups = security.map((names) =>
    names.length === 0 ? 'none' : names.map(visible).join(' and '),
  );
  return `Credentials: ${groups.join(', or ')}.`;
}

function pagesText(paging: Paging): string {
  switch (paging.kind) {
    case 'link':
      return `It comes in pages: the header Link says where the ${paging.direction === 'next' ? 'next' : 'previous'} one is.`;
    case 'cursor': {
      const { cursor, param } = paging;
      const place = typeof cursor === 'string' ? `the header ${cursor}` : cursor.join('.');
      return `It comes in pages: ${visible(place)} of an answer becomes ${paramText(param)}.`;
    }
    case 'url':
      return `It comes in pages: ${visible(paging.url.join('.'))} of an answer is the URL of the next one.`;
    case 'lastItem':
      return `It comes in pages: ${visible(paging.id.join('.'))} of the last item becomes ${paramText(paging.param)}.`;
    case 'offset':
      return `It comes in pages: ${paramText(paging.param)} counts the items before a page.`;
    case 'page':
      return `It comes in pages: ${paramText(paging.param)} is the number of a page.`;
  }
}

function paramText(param: PageParam): string {
  return visible(param.in === 'body' ? `${param.path.join('.')} of the body` : param.name);
}

function batchOf({ batch, name, group, body }: Operation): BatchDetail | undefined {
  if (!batch) return undefined;
  const members = batch.members
    .filter(([, value]) => value !== 'body' || body)
    .map(([member, value]) => `  ${JSON.stringify(visible(member))}: ${wireText(value)}`);
  return {
    call: `client.batch${access(group)}.${name}(input)`,
    wire: `{\n${members.join(',\n')}\n}`,
  };
}

function wireText(value: BatchMember[1]): string {
  if (typeof value === 'string') return `<${value}>`;
  return JSON.stringify(
    visible('literal' in value ? value.literal : value.path.map(partText).join('')),
  );
}

function partText(part: PathPart): string {
  return typeof part === 'string' ? part : `{${part.param.name}}`;
}
