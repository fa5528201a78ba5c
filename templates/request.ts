import type { Body, Operation, Param, PathPart } from '../generator/ir/ir.ts';
import { defaultUrl } from '../generator/ir/server.ts';
import { type Ref, type SourceFile, value } from '../generator/print/code.ts';
import {
  array,
  binary,
  call,
  type Expression,
  type Member,
  spread,
  string,
  template,
  text,
} from '../generator/print/expression.ts';
import { access, quote, templateText } from '../generator/print/text.ts';

const pathModule = 'runtime/params/path';
const pathStyles = 'runtime/params/path-styles';
const queryModule = 'runtime/params/query';
const bodyModule = 'runtime/params/body';

/** The members of the literal that says an operation's HTTP request. */
export function request(operation: Operation, file: SourceFile): readonly Member[] {
  const { result, server } = operation;
  return [
    ['id', string(operation.id)],
    ['method', string(operation.method)],
    ['path', path(operation.path, file)],
    ...query(operation, file),
    ...headers(operation, file, result.accept),
    ...(operation.body ? [['body', body(operation.body, file)] as const] : []),
    ...(result.decode === 'json' ? [] : [['decode', string(result.decode)] as const]),
    ...(server ? [['origin', string(defaultUrl(server))] as const] : []),
    ...(operation.authenticated ? [] : [['anonymous', text('true')] as const]),
    ...(operation.idempotencyHeader === undefined ? [] : [['idempotent', text('true')] as const]),
  ];
}

/** `` path`/networks/${input.networkId}` ``, by the tag given: a batch has one that lets references through. */
export function path(
  parts: readonly PathPart[],
  file: SourceFile,
  tag: Ref = value('path', pathModule),
): Expression {
  if (parts.every((part) => typeof part === 'string')) return string(parts.join(''));
  const inner = parts.map((part) =>
    typeof part === 'string' ? templateText(part) : `\${${pathValue(part.param, file)}}`,
  );
  return template(`${file.uses(tag)}\`${inner.join('')}\``);
}

function pathValue(param: Param, file: SourceFile): string {
  const input = `input${access(param.key)}`;
  if (param.shape === 'scalar' && param.style === 'simple') return input;
  if (param.style === 'label' || param.style === 'simple')
    return `${file.uses(value(param.style, pathStyles))}(${input}${param.explode ? ', true' : ''})`;
  if (param.style === 'matrix')
    return `${file.uses(value('matrix', pathStyles))}(${quote(param.name)}, ${input}${param.explode ? ', true' : ''})`;
  if (param.style === 'json') return `JSON.stringify(${input})`;
  return `${file.uses(value('simple', pathStyles))}(${input})`;
}

/** The query as pairs of name and value, what is fixed first; nothing where there is none. */
export function query(operation: Operation, file: SourceFile): readonly Member[] {
  const { params, fixedQuery = [] } = operation;
  const pairs = [
    ...fixedQuery.map(({ name, value }) => array([string(name), fixedValue(value)])),
    ...params.filter((param) => param.in === 'query').map((param) => pair(param, file)),
  ];
  return pairs.length === 0 ? [] : [['query', array(pairs)]];
}

function fixedValue(parts: readonly PathPart[]): Expression {
  if (parts.every((part) => typeof part === 'string')) return string(parts.join(''));
  const inner = parts.map((part) =>
    typeof part === 'string' ? templateText(part) : `\${input${access(part.param.key)}}`,
  );
  return template(`\`${inner.join('')}\``);
}

/**
 * The header parameters as pairs, cookies as one header. A key that makes a repeated request safe
 * is made up where the caller gives none; it is the same in every attempt.
 * @param accept The media types to ask for.
 */
export function headers(
  operation: Operation,
  file: SourceFile,
  accept?: string | undefined,
): readonly Member[] {
  const pairs = operation.params
    .filter((param) => param.in === 'header')
    .map((param) => {
      const sent =
        param.name === operation.idempotencyHeader
          ? binary(inputOf(param.key), '??', text('crypto.randomUUID()'))
          : headerValue(param);
      return array([string(param.name), sent]);
    });
  if (accept !== undefined) pairs.unshift(array([string('Accept'), string(accept)]));
  const crumbs = operation.params
    .filter((param) => param.in === 'cookie')
    .map(({ name, key }) => array([string(name), inputOf(key)]));
  if (crumbs.length > 0) {
    const cookies = file.uses(value('cookies', queryModule));
    pairs.push(array([string('Cookie'), call(cookies, array(crumbs))]));
  }
  return pairs.length === 0 ? [] : [['headers', array(pairs)]];
}

/** OpenAPI's header style `simple`; the run-time joins lists by commas. */
function headerValue({ key, style, shape, explode }: Param): Expression {
  const input = inputOf(key);
  if (style === 'json') return call('JSON.stringify', input);
  if (shape !== 'object') return input;
  const pairs = call('Object.entries', input);
  const joined = text(`${pairs.flat}.map((pair) => pair.join('='))`);
  return binary(input, '&&', explode ? joined : pairs);
}

/** The parameter's value: `input.name`. */
function inputOf(key: string): Expression {
  return text(`input${access(key)}`);
}

function pair(param: Param, file: SourceFile): Expression {
  const input = inputOf(param.key);
  const name = string(param.name);
  const pairsOf = (ref: string, ...args: readonly Expression[]): Expression =>
    spread(call(file.uses(value(ref, queryModule)), ...args));
  if (param.allowReserved && param.in === 'query') return pairsOf('reserved', name, input);
  switch (param.style) {
    case 'brackets':
      return pairsOf('brackets', name, input);
    case 'deepObject':
      return pairsOf('deepObject', name, input);
    case 'spaceDelimited':
    case 'pipeDelimited':
      if (repeats(param)) return array([name, input]);
      return pairsOf('delimited', name, input, string(param.style === 'pipeDelimited' ? '|' : ' '));
    case 'json':
      return array([name, call('JSON.stringify', input)]);
    case 'simple':
    case 'label':
    case 'matrix':
    case 'form':
      if (repeats(param)) return array([name, input]);
      return param.explode
        ? pairsOf('exploded', name, input)
        : pairsOf('delimited', name, input, string(','));
  }
}

/** Whether the run-time's plain pair does: a scalar as text, a list by repeating the name. */
function repeats({ shape, explode }: Param): boolean {
  return shape === 'scalar' || (shape === 'list' && explode);
}

/** The expression that gives a request's body. */
export function body({ encoding, mediaType, key }: Body, file: SourceFile): Expression {
  const input = inputOf(key);
  const encoder = (name: string, ...args: readonly Expression[]): Expression =>
    call(file.uses(value(name, bodyModule)), input, ...args);
  const plain = (fallbackType: string): Expression =>
    string(mediaType.includes('*') ? fallbackType : mediaType);
  switch (encoding) {
    case 'json':
      return mediaType === 'application/json' || mediaType.includes('*')
        ? input
        : encoder('json', string(mediaType));
    case 'form':
      return encoder('form');
    case 'multipart':
      return encoder('multipart');
    case 'text':
      return encoder('text', plain('text/plain'));
    case 'binary':
      return encoder('binary', plain('application/octet-stream'));
  }
}
