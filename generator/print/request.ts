import type { Body, Operation, Param, PathPart, Type } from '../ir.ts';
import { defaultUrl } from '../normalize/servers.ts';
import { type Ref, type SourceFile, value } from './code.ts';
import { access, quote, templateText, WIDTH } from './text.ts';

const pathModule = 'runtime/path';
const pathStyles = 'runtime/path-styles';
const queryModule = 'runtime/query';
const bodyModule = 'runtime/body';

/** A member of an object literal: its name, and the text of its value. */
export type Member = readonly [name: string, text: string];

/** `{`, a member a line, `}`. */
export function literal(members: readonly Member[], indent: number): string {
  const space = ' '.repeat(indent);
  return `{\n${members.map(([name, text]) => `${space}  ${name}: ${text},\n`).join('')}${space}}`;
}

/** The literal that says an operation's HTTP request. `indent` is that of the line on which it begins. */
export function request(operation: Operation, indent: number, file: SourceFile): string {
  const { result, server } = operation;
  const members: Member[] = [
    ['id', quote(operation.id)],
    ['method', quote(operation.method)],
    ['path', path(operation.path, file)],
    ...query(operation, indent + 2, file),
    ...headers(operation, indent + 2, file),
    ...(operation.body ? [['body', body(operation.body, file)] as const] : []),
    ...(result.decode === 'json' ? [] : [['decode', quote(result.decode)] as const]),
    ...(server ? [['origin', quote(defaultUrl(server))] as const] : []),
    ...(operation.authenticated ? [] : [['anonymous', 'true'] as const]),
    ...(operation.idempotencyHeader === undefined ? [] : [['idempotent', 'true'] as const]),
  ];
  return literal(members, indent);
}

/** `` path`/networks/${input.networkId}` ``, by the tag given: a batch has one that lets references through. */
export function path(
  parts: readonly PathPart[],
  file: SourceFile,
  tag: Ref = value('path', pathModule),
): string {
  if (parts.every((part) => typeof part === 'string')) return quote(parts.join(''));
  const text = parts.map((part) =>
    typeof part === 'string' ? templateText(part) : `\${${pathValue(part.param, file)}}`,
  );
  return `${file.uses(tag)}\`${text.join('')}\``;
}

function pathValue(param: Param, file: SourceFile): string {
  const input = `input${access(param.key)}`;
  if (param.scalar && param.style === 'simple') return input;
  if (param.style === 'label' || param.style === 'simple')
    return `${file.uses(value(param.style, pathStyles))}(${input}${param.explode ? ', true' : ''})`;
  if (param.style === 'matrix')
    return `${file.uses(value('matrix', pathStyles))}(${quote(param.name)}, ${input}${param.explode ? ', true' : ''})`;
  if (param.style === 'json') return `JSON.stringify(${input})`;
  return `${file.uses(value('simple', pathStyles))}(${input})`;
}

/** The query parameters as pairs of name and value; nothing where there are none. */
export function query(operation: Operation, indent: number, file: SourceFile): readonly Member[] {
  const params = operation.params.filter((param) => param.in === 'query');
  if (params.length === 0) return [];
  const elements = params.map((param) => pair(param, file));
  return [['query', list(elements, indent, 'query: '.length)]];
}

/**
 * The header parameters as pairs, cookies as one header. A key that makes a repeated request safe
 * is made up where the caller gives none; it is the same in every attempt.
 */
export function headers(operation: Operation, indent: number, file: SourceFile): readonly Member[] {
  const elements = operation.params
    .filter((param) => param.in === 'header')
    .map(({ name, key }) => {
      const fallback = name === operation.idempotencyHeader ? ' ?? crypto.randomUUID()' : '';
      return element('[', [quote(name), `input${access(key)}${fallback}`], ']');
    });
  const crumbs = operation.params
    .filter((param) => param.in === 'cookie')
    .map(({ name, key }) => element('[', [quote(name), `input${access(key)}`], ']'));
  if (crumbs.length > 0) {
    const jar = list(crumbs, indent + 4, "['Cookie', cookies()],".length);
    const cookies = file.uses(value('cookies', queryModule));
    elements.push(element('[', ["'Cookie'", `${cookies}(${jar})`], ']'));
  }
  return elements.length === 0 ? [] : [['headers', list(elements, indent, 'headers: '.length)]];
}

interface Element {
  readonly text: string;
  /** Its parts, where the line is too short for it: `[`, the parts, `]`. */
  readonly open: string;
  readonly parts: readonly string[];
  readonly close: string;
}

function pair(param: Param, file: SourceFile): Element {
  const input = `input${access(param.key)}`;
  const name = quote(param.name);
  const call = (ref: string, ...parts: readonly string[]): Element =>
    element(`...${file.uses(value(ref, queryModule))}(`, parts, ')');
  if (param.allowReserved && param.in === 'query') return call('reserved', name, input);
  switch (param.style) {
    case 'brackets':
      return call('brackets', name, input);
    case 'deepObject':
      return call('deepObject', name, input);
    case 'spaceDelimited':
    case 'pipeDelimited':
      return call('delimited', name, input, param.style === 'spaceDelimited' ? "' '" : "'|'");
    case 'json':
      return element('[', [name, `JSON.stringify(${input})`], ']');
    case 'simple':
    case 'label':
    case 'matrix':
      return param.scalar
        ? element('[', [name, input], ']')
        : call('delimited', name, input, "','");
    case 'form':
      if (param.scalar || (param.explode && repeats(param.type)))
        return element('[', [name, input], ']');
      if (!param.explode) return call('delimited', name, input, "','");
      return call('exploded', input);
  }
}

/** Whether the run-time's plain pair does: a scalar as text, an array by repeating the name. */
function repeats(type: Type): boolean {
  return (
    type.kind === 'array' ||
    (type.kind === 'union' &&
      type.members.every(
        (member) => member.kind === 'scalar' || member.kind === 'literals' || repeats(member),
      ))
  );
}

function element(open: string, parts: readonly string[], close: string): Element {
  return { text: `${open}${parts.join(', ')}${close}`, open, parts, close };
}

/** An array as prettier lays it out: several arrays within it take a line each, else what fits stays together. */
function list(elements: readonly Element[], indent: number, column: number): string {
  const line = `[${elements.map(({ text }) => text).join(', ')}]`;
  const apart = elements.length > 1 && elements.every(({ open }) => open === '[');
  if (!apart && indent + column + line.length <= WIDTH) return line;
  const space = ' '.repeat(indent + 2);
  const lines = elements.map((one) => {
    if (space.length + one.text.length + 1 <= WIDTH) return `${space}${one.text},\n`;
    return `${space}${one.open}\n${one.parts.map((part) => `${space}  ${part},\n`).join('')}${space}${one.close},\n`;
  });
  return `[\n${lines.join('')}${' '.repeat(indent)}]`;
}

/** The expression that gives a request's body. */
export function body({ encoding, mediaType, key }: Body, file: SourceFile): string {
  const input = `input${access(key)}`;
  const encoder = (name: string, ...parts: readonly string[]): string =>
    `${file.uses(value(name, bodyModule))}(${[input, ...parts].join(', ')})`;
  switch (encoding) {
    case 'json':
      return mediaType === 'application/json' || mediaType.includes('*')
        ? input
        : encoder('json', quote(mediaType));
    case 'form':
      return encoder('form');
    case 'multipart':
      return encoder('multipart');
    case 'text':
      return encoder('text', quote(mediaType.includes('*') ? 'text/plain' : mediaType));
    case 'binary':
      return encoder(
        'binary',
        quote(mediaType.includes('*') ? 'application/octet-stream' : mediaType),
      );
  }
}
