import { builders } from 'prettier/doc';
import { fits, print } from './layout.ts';

const { group, ifBreak, indent, join, line, softline } = builders;

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
export function signature({ name, params, result }: Signature): string {
  const head = `export function ${name}`;
  const at = head.indexOf('<');
  if (at === -1 || fits(`${head}(`, 0)) return withParameters(head, params, result);
  const own = typeParameter(head.slice(at + 1, -1));
  return `${head.slice(0, at)}<\n${own}\n${withParameters('>', params, result)}`;
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
): string {
  const texts = params.map((param) => `${param.name}: ${param.types.join(' & ')}${ending(param)}`);
  const whole = `${head}(${texts.join(', ')}): ${result.name}${flatArguments(result.args)}`;
  if (fits(`${whole} {`, 0)) return whole;
  const close = `): ${result.name}${flatArguments(result.args)}`;
  const lines = params.map((_, index) => `  ${texts[index]},`);
  if (lines.length > 0 && lines.every((text) => fits(text, 0)) && fits(`${close} {`, 0))
    return `${head}(\n${lines.join('\n')}\n${close}`;
  const list = params.map((param) => {
    const [first = '', ...others] = param.types;
    const type = group([first, ...others.map((other) => indent([' &', line, other]))]);
    return [`${param.name}: `, type, ending(param)];
  });
  const given =
    list.length === 0
      ? '()'
      : ['(', indent([softline, join([',', line], list)]), ifBreak(','), softline, ')'];
  return print([head, group([given, `: ${result.name}`, typeArguments(result.args)]), ' {']).slice(
    0,
    -2,
  );
}

/** `export interface A extends B<C>`, without the body. */
export function heritage(name: string, base: string, args: readonly string[]): string {
  const head = `export interface ${name} extends ${base}`;
  const whole = head + flatArguments(args);
  return fits(`${whole} {`, 0) ? whole : print([head, typeArguments(args), ' {']).slice(0, -2);
}

/** Several arguments, or a union, may break; a single name does not. */
function typeArguments(args: readonly string[]): builders.Doc {
  const [only = '', ...further] = args;
  if (further.length === 0 && !only.includes(' | ')) return flatArguments(args);
  return group(['<', indent([softline, join([',', line], args.map(union))]), softline, '>']);
}

function union(text: string): builders.Doc {
  const [, name, args] = /^(\w+)<([^<>]+)>$/.exec(text) ?? [];
  if (name !== undefined && args !== undefined) return [name, typeArguments(args.split(', '))];
  const members = text.split(' | ');
  if (members.length === 1) return text;
  return group(members.map((name, index) => [index === 0 ? ifBreak('| ') : [line, '| '], name]));
}

function ending(param: Parameter): string {
  return param.default === undefined ? '' : ` = ${param.default}`;
}

function flatArguments(args: readonly string[]): string {
  return args.length === 0 ? '' : `<${args.join(', ')}>`;
}
