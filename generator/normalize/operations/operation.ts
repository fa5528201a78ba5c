import type { Body, Method, Operation, OperationTypes, Server } from '../../ir/ir.ts';
import { docOfOperation } from '../doc.ts';
import { answerExamples } from './answer-examples.ts';
import { readBody, readPartHeaders } from './body.ts';
import { inputKeys, type ParamContext, readParams } from './params.ts';
import { type JsonObject, listOf, own, textOf } from '../../json/narrow.ts';
import { readRoute } from './route.ts';
import { readResponses } from './responses.ts';
import type { ApiSecurity } from './security.ts';
import { operationServer } from './servers.ts';

/** An operation as the document has it, before it has names of its own. */
export interface Source {
  readonly id: string;
  readonly method: Method;
  readonly route: string;
  readonly tag: string;
  readonly operation: JsonObject;
  readonly item: JsonObject;
  readonly pointer: string;
  readonly itemPointer: string;
}

export interface OperationNames {
  readonly name: string;
  readonly typeName: string;
  readonly types: OperationTypes;
  readonly group: string;
}

export interface ReadOperation {
  readonly operation: Operation;
  /** The header names of its successful responses, in lower case: they show how the operation pages. */
  readonly responseHeaders: readonly string[];
  /** Bodies that the document shows as examples of its successes: few operations are asked for them. */
  answerExamples(): readonly unknown[];
}

/** What an operation takes from its API where it does not say otherwise. */
export interface ApiFacts {
  readonly security: ApiSecurity;
  readonly servers: readonly Server[];
}

/** Reads one operation. Its pagination and batch binding are found later, when all types are known. */
export function readOperation(
  source: Source,
  names: OperationNames,
  context: ParamContext,
  { security, servers }: ApiFacts,
): ReadOperation {
  const { operation, item, route, method, pointer, itemPointer } = source;
  const body = readBody(source, context);
  const keys = inputKeys(body !== undefined);
  const declared = readParams(
    listOf(own(item, 'parameters')),
    listOf(own(operation, 'parameters')),
    { path: itemPointer, operation: pointer },
    keys,
    context,
  );
  const { path, params, fixedQuery } = readRoute(
    route,
    declared,
    keys,
    pointer,
    context.diagnostics,
  );
  const responses = readResponses(own(operation, 'responses'), method, pointer, context);
  const hasParts = body?.contents.some(({ encoding }) => encoding === 'multipart');
  const partHeaders = hasParts ? readPartHeaders(source, keys, context) : undefined;
  const server = operationServer(source, servers, context.diagnostics);
  const { authenticated, security: asked } = security.of(operation);
  const key = params.find(
    ({ in: place, name }) => place === 'header' && /^(x-)?idempotency-key$/i.test(name),
  );
  const read: Operation = {
    name: names.name,
    typeName: names.typeName,
    types: names.types,
    group: names.group,
    id: textOf(own(operation, 'operationId')).trim() || names.name,
    method,
    route,
    path,
    params,
    fixedQuery,
    body: body && partHeaders ? { ...body, partHeaders } : body,
    result: responses.result,
    responses: responses.responses,
    doc: describe(source, body),
    server,
    authenticated,
    security: asked,
    idempotencyHeader: key?.name,
    pointer,
    // Found later. Copies of an object are quick to make and to read where they add no member.
    pagination: undefined,
    batch: undefined,
  };
  return {
    operation: read,
    responseHeaders: responses.headers,
    answerExamples: () => answerExamples(own(operation, 'responses'), pointer, context.references),
  };
}

function describe(source: Source, body: Body | undefined): Operation['doc'] {
  const text = docOfOperation(source.operation, source.item);
  const types = body?.contents.map(({ mediaType }) => `\`${mediaType}\``) ?? [];
  const isPlain = types.every((mediaType) => mediaType === '`application/json`');
  const media = isPlain ? '' : `Sends ${types.join(', ').replace(/, (?=[^,]*$)/, ' or ')}.`;
  return media === ''
    ? text
    : { ...text, description: text.description === '' ? media : `${text.description}\n\n${media}` };
}

/** A name for an operation without one: `GET /users/{id}/posts` → `getUsersByIdPosts`. */
export function madeUpId(method: Method, route: string): string {
  const words = route.split('/').map((segment) => segment.replaceAll(/\{([^{}]*)\}/g, ' by $1 '));
  return `${method.toLowerCase()} ${words.join(' ')}`;
}
