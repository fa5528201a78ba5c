import type { Conversions } from '../generator/ir/conversion.ts';
import type { Operation, Param } from '../generator/ir/ir.ts';
import { tellsAnswers } from '../generator/ir/operation.ts';
import { body } from './body.ts';
import { defaultUrl } from '../generator/ir/server.ts';
import { type Ref, type SourceFile, value } from '../generator/print/code.ts';
import {
  array,
  binary,
  call,
  type Expression,
  type Member,
  object,
  spread,
  string,
  template,
  text,
} from '../generator/print/expression.ts';
import { answers } from './answers.ts';
import { access, propertyName, templateText } from '../generator/print/text.ts';
import type { PathPart } from '../generator/ir/param.ts';

const input = text('input');
const pathModule = 'runtime/params/path';
const pathStyles = 'runtime/params/path-styles';
const queryModule = 'runtime/params/query';
const reservedModule = 'runtime/params/reserved';

/** The function's own parameters: an operation called like one cannot be named inside it. */
const parameters: ReadonlySet<string> = new Set(['client', 'input', 'options']);

/** The members of the literal that says an operation's HTTP request. */
export function request(
  operation: Operation,
  file: SourceFile,
  conversions?: Conversions,
): readonly Member[] {
  const isLong = conversions?.longBodies.has(operation.name) === true;
  const { server } = operation;
  const members: Member[] = [
    ['id', string(operation.id)],
    ['method', string(operation.method)],
    ['path', path(operation.path, file)],
  ];
  members.push(...query(operation, file), ...headers(operation, file));
  if (operation.body) members.push(['body', body(operation.body, isLong, file)]);
  members.push(...answers(operation, file, conversions));
  if (tellsAnswers(operation) && !parameters.has(operation.name))
    members.push(['source', text(operation.name)]);
  if (server)
    members.push(['origin', binary(text('options?.baseUrl'), '??', string(defaultUrl(server)))]);
  members.push(...credentialFacts(operation));
  if (operation.idempotencyHeader !== undefined) members.push(['idempotent', text('true')]);
  return members;
}

/** Which credentials a request presents, where they are not the usual ones. */
export function credentialFacts({ authenticated, security }: Operation): readonly Member[] {
  return [
    ...(authenticated ? [] : [['anonymous', text('true')] as const]),
    ...(security
      ? [['security', array(security.map((names) => array(names.map(string))))] as const]
      : []),
  ];
}

/** `path('/networks/{networkId}', input)`, by the function given: a batch has one that lets references through. */
export function path(
  parts: readonly PathPart[],
  file: SourceFile,
  fill: Ref = value('path', pathModule),
): Expression {
  if (parts.every((part) => typeof part === 'string')) return string(parts.join(''));
  const styled = new Map<string, Expression>();
  let places = '';
  for (const part of parts) {
    places += pathText(typeof part === 'string' ? part : [part.param.key]);
    const printed = typeof part === 'string' ? undefined : styledSegment(part.param, file);
    if (typeof part === 'object' && printed) styled.set(propertyName(part.param.key), printed);
  }
  const values = styled.size === 0 ? input : object([['...input', text('...input')], ...styled]);
  return call(file.uses(fill), string(places), values);
}

/** A piece of the path that `path` fills: text as it is, or what stands for a value by its name. */
export function pathText(part: string | readonly string[]): string {
  // A brace of the text itself would begin a name.
  if (typeof part === 'string') return part.replaceAll('{', '%7B');
  return `{${part.join('.')}}`;
}

/** What writes a parameter of the path in its style; undefined where its value is written as it is. */
function styledSegment(param: Param, file: SourceFile): Expression | undefined {
  const { style, explode, name, allowReserved } = param;
  if (param.shape === 'scalar' && style === 'simple' && !allowReserved) return undefined;
  const given = inputOf(param.key);
  const callOf = (
    ref: 'simple' | 'label' | 'matrix',
    ...own: readonly Expression[]
  ): Expression => {
    const by = allowReserved ? [text(file.uses(value('reservedSegment', reservedModule)))] : [];
    const flag = explode ? [text('true')] : by.length > 0 ? [text('false')] : [];
    return call(file.uses(value(ref, pathStyles)), ...own, given, ...flag, ...by);
  };
  if (style === 'label') return callOf('label');
  if (style === 'matrix') return callOf('matrix', string(name));
  if (style === 'json') return stringify(given, file);
  return callOf('simple');
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
 */
export function headers(operation: Operation, file: SourceFile): readonly Member[] {
  const pairs = operation.params
    .filter((param) => param.in === 'header')
    .map((param) => {
      const sent =
        param.name === operation.idempotencyHeader
          ? binary(inputOf(param.key), '??', text(`${file.global('crypto')}.randomUUID()`))
          : headerExpression(param, file);
      return array([string(param.name), sent]);
    });
  const crumbs = operation.params
    .filter((param) => param.in === 'cookie')
    .map((param) => pair(param, file));
  if (crumbs.length > 0) {
    const cookies = file.uses(value('cookies', queryModule));
    pairs.push(array([string('Cookie'), call(cookies, array(crumbs))]));
  }
  return pairs.length === 0 ? [] : [['headers', array(pairs)]];
}

/** OpenAPI's header style `simple`. */
function headerExpression({ key, style, shape, explode }: Param, file: SourceFile): Expression {
  const input = inputOf(key);
  if (style === 'json') return stringify(input, file);
  if (shape === 'scalar') return input;
  const flag = explode && shape !== 'list' ? [text('true')] : [];
  return call(file.uses(value('headerValue', 'runtime/params/header')), input, ...flag);
}

function stringify(value: Expression, file: SourceFile): Expression {
  return call(`${file.global('JSON')}.stringify`, value);
}

/** The parameter's value: `input.name`. */
function inputOf(key: string): Expression {
  return text(`input${access(key)}`);
}

function pair(param: Param, file: SourceFile): Expression {
  const { style, allowReserved } = param;
  const input = inputOf(param.key);
  const name = string(param.name);
  const use = (ref: string, module = queryModule): string => file.uses(value(ref, module));
  const reserved = (...pairs: readonly Expression[]): Expression =>
    spread(call(use('reservedPairs', reservedModule), array(pairs)));
  const pairsOf = (ref: string, ...args: readonly Expression[]): Expression => {
    const pairs = spread(call(use(ref), name, input, ...args));
    return allowReserved ? reserved(pairs) : pairs;
  };
  const delimitedBy = (delimiter: string): Expression => {
    const by = allowReserved ? [text(use('reservedText', reservedModule))] : [];
    return spread(call(use('delimited'), name, input, string(delimiter), ...by));
  };
  const plain = (): Expression =>
    allowReserved ? reserved(array([name, input])) : array([name, input]);
  switch (style) {
    case 'brackets':
      return pairsOf('brackets');
    case 'deepObject':
      return pairsOf('deepObject', ...(param.shape === 'list' ? [text('true')] : []));
    case 'spaceDelimited':
      return repeats(param) ? plain() : delimitedBy(' ');
    case 'pipeDelimited':
      return repeats(param) ? plain() : delimitedBy('|');
    case 'json':
      return array([name, stringify(input, file)]);
    case 'wholeJson':
      return array([string(''), stringify(input, file)]);
    case 'whole':
      return array([string(''), param.shape === 'list' ? stringify(input, file) : input]);
    case 'cookie':
      return spread(
        call(use('plainCookie'), name, input, ...(param.explode ? [text('true')] : [])),
      );
    case 'simple':
    case 'label':
    case 'matrix':
    case 'form':
      if (repeats(param)) return plain();
      return param.explode ? pairsOf('exploded') : delimitedBy(',');
  }
}

/** Whether the run-time's plain pair does: a scalar as text, a list by repeating the name. */
function repeats({ shape, explode }: Param): boolean {
  return shape === 'scalar' || (shape === 'list' && explode);
}
