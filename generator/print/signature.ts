import {
  type Breakable,
  group,
  ifBreak,
  indent,
  join,
  line,
  printBreakable,
  softline,
} from './breakable.ts';
import { fits } from './width.ts';

export interface Parameter {
  readonly name: string;
  /** What its value is all of. */
  readonly types: readonly string[];
  readonly default?: string | undefined;
}

export interface Signature {
  /** With its type parameter, if it has one: `f<A extends B = never>`. */
  readonly name: string;
  readonly params: readonly Parameter[];
  /** Its return type; an argument may be a union of names. */
  readonly result: { readonly name: string; readonly args: readonly string[] };
}

/** `export function f(a: A): R<B>`, without the body, broken as prettier breaks it. */
export function signature(parts: Signature): string {
  return signatureBefore(' {', parts);
}

/** `export function f(a: A): R<B>;` */
export function overload(parts: Signature): string {
  return `${signatureBefore(';', parts)};`;
}

/** What follows it on its line counts. */
function signatureBefore(end: string, { name, params, result }: Signature): string {
  const head = `export function ${name}`;
  const at = head.indexOf('<');
  if (at === -1 || fits(`${head}(`, 0)) return withParameters(head, params, result, end);
  const own = typeParameter(head.slice(at + 1, -1));
  return `${head.slice(0, at)}<\n${own}\n${withParameters('>', params, result, end)}`;
}

/** A type parameter on a line of its own: it breaks behind `extends`, or behind `=`. */
function typeParameter(text: string): string {
  if (fits(`  ${text},`, 0)) return `  ${text},`;
  const [before = '', after = ''] = text.split(' = ');
  if (fits(`  ${before} =`, 0)) return `  ${before} =\n    ${after},`;
  const whole = text.replace(' extends ', ' extends\n    ');
  return fits(`    ${text.slice(text.indexOf(' extends ') + 9)},`, 0)
    ? `  ${whole},`
    : `  ${whole.replace(' = ', ' =\n    ')},`;
}

function withParameters(
  head: string,
  params: readonly Parameter[],
  result: Signature['result'],
  end: string,
): string {
  const texts = params.map((param) => `${param.name}: ${param.types.join(' & ')}${ending(param)}`);
  const whole = `${head}(${texts.join(', ')}): ${result.name}${flatArguments(result.args)}`;
  if (fits(whole + end, 0)) return whole;
  const close = `): ${result.name}${flatArguments(result.args)}`;
  const lines = params.map((_, index) => `  ${texts[index]},`);
  if (lines.length > 0 && lines.every((text) => fits(text, 0)) && fits(close + end, 0))
    return `${head}(\n${lines.join('\n')}\n${close}`;
  const list = params.map((param) => {
    const [first = '', ...others] = param.types.map(typeDoc);
    const type = group([first, ...others.map((other) => indent([' &', line, other]))]);
    return [`${param.name}: `, type, ending(param)];
  });
  const given =
    list.length === 0
      ? '()'
      : ['(', indent([softline, join([',', line], list)]), ifBreak(','), softline, ')'];
  const doc = [head, group([given, `: ${result.name}`, typeArguments(result.args)]), end];
  return printBreakable(doc).slice(0, -end.length);
}

/** `export interface A extends B<C>`, without the body. */
export function heritage(name: string, base: string, args: readonly string[]): string {
  const head = `export interface ${name} extends ${base}`;
  const whole = head + flatArguments(args);
  return fits(`${whole} {`, 0)
    ? whole
    : printBreakable([head, typeArguments(args), ' {']).slice(0, -2);
}

/** Several arguments, or a union, may break; a single name does not. */
function typeArguments(args: readonly string[]): Breakable {
  const [only = '', ...further] = args;
  if (further.length === 0 && !/ \| |</.test(only)) return flatArguments(args);
  return group(['<', indent([softline, join([',', line], args.map(union))]), softline, '>']);
}

/** A name with arguments, or whatever else. */
function typeDoc(text: string): Breakable {
  const [, name, args] = /^(\w+)<(.+)>$/s.exec(text) ?? [];
  if (name === undefined || args === undefined) return text;
  const parts = apart(args, ', ');
  // `A<B> | C<D>` begins and ends alike.
  return parts ? [name, typeArguments(parts)] : text;
}

/** The parts of a text between separators outside of quotes and brackets; undefined where those do not match. */
function apart(text: string, separator: string): readonly string[] | undefined {
  const parts = [''];
  let depth = 0;
  for (const [piece] of text.matchAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|=>|[\s\S]/g)) {
    if ('<([{'.includes(piece)) depth += 1;
    if ('>)]}'.includes(piece)) depth -= 1;
    if (depth < 0) return undefined;
    parts.push(parts.pop()! + piece);
    if (depth === 0 && parts.at(-1)!.endsWith(separator)) {
      parts.push(parts.pop()!.slice(0, -separator.length), '');
    }
  }
  return parts;
}

function union(text: string): Breakable {
  if (/^\w+$/.test(text)) return text;
  const members = apart(text, ' | ') ?? [text];
  if (members.length === 1) return typeDoc(text);
  return group(members.map((name, index) => [index === 0 ? ifBreak('| ') : [line, '| '], name]));
}

function ending(param: Parameter): string {
  return param.default === undefined ? '' : ` = ${param.default}`;
}

function flatArguments(args: readonly string[]): string {
  return args.length === 0 ? '' : `<${args.join(', ')}>`;
}
