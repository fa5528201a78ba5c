import { builders } from 'prettier/doc';
import { literal as literalText } from './flat.ts';
import { fits, print } from './layout.ts';
import { quote } from './text.ts';

const { align, breakParent, conditionalGroup, group, ifBreak, indent, indentIfBreak, join } =
  builders;
const { line, lineSuffixBoundary, softline } = builders;

type Doc = builders.Doc;

/** An expression of the output, on one line and as prettier breaks it. */
export interface Expression {
  readonly flat: string;
  readonly doc: Doc;
  /** The same without an indentation of its own, for what has one already. */
  readonly bare?: Doc | undefined;
  readonly kind: 'text' | 'template' | 'array' | 'call';
  /** How many parts it has between its brackets. */
  readonly size: number;
  /** Whether it takes several lines even where one has room for it. */
  readonly expanded: boolean;
}

/** What has no place to break: a name, a number. */
export function text(flat: string): Expression {
  return { flat, doc: flat, kind: 'text', size: 0, expanded: false };
}

export function string(value: string): Expression {
  return text(quote(value));
}

/** A string or a number; only a number without a sign stays where it begins. */
export function expression(value: string | number): Expression {
  if (typeof value === 'string') return string(value);
  return value < 0 ? text(literalText(value)) : template(literalText(value));
}

/** A template literal, which stays where it begins. */
export function template(flat: string): Expression {
  return { ...text(flat), kind: 'template' };
}

/** A list; one of several lists takes a line for each. */
export function array(items: readonly Expression[]): Expression {
  const expanded =
    items.length > 1 && items.every(({ kind, size }) => kind === 'array' && size > 1);
  return {
    flat: `[${flatOf(items)}]`,
    doc: bracketed(
      '[',
      items.map(({ doc }) => doc),
      ']',
      expanded,
    ),
    kind: 'array',
    size: items.length,
    expanded: expanded || items.some((item) => item.expanded),
  };
}

export function spread(of: Expression): Expression {
  return { ...of, flat: `...${of.flat}`, doc: ['...', of.doc], kind: 'text' };
}

export function binary(left: Expression, operator: '??' | '&&', right: Expression): Expression {
  return {
    ...text(`${left.flat} ${operator} ${right.flat}`),
    doc: group([left.doc, indent([` ${operator}`, line, right.doc])]),
    bare: group([left.doc, ` ${operator}`, line, right.doc]),
  };
}

/** A call; a list that stands last in it opens behind the parenthesis. */
export function call(callee: string, ...args: readonly Expression[]): Expression {
  const docs = args.map(({ doc }) => doc);
  const last = args.at(-1);
  const plain = bracketed('(', docs, ')', false);
  const before = docs.slice(0, -1).flatMap((doc) => [doc, ', ']);
  const hugs = last?.kind === 'array' && last.size > 0;
  const hugged = conditionalGroup([
    ['(', ...before, last?.doc ?? '', ')'],
    ['(', ...before, group(last?.doc ?? '', { shouldBreak: true }), ')'],
    bracketed('(', docs, ')', true),
  ]);
  const doc = hugs ? [last.expanded ? breakParent : '', hugged] : plain;
  return {
    flat: `${callee}(${flatOf(args)})`,
    doc: [callee, doc],
    kind: 'call',
    size: args.length,
    expanded: args.some(({ expanded }) => expanded),
  };
}

/** `{ a: 1, b }`, on one line where it fits. */
export function object(members: readonly Member[]): Expression {
  const docs = members.map(([name, value]) => memberDoc(name, value));
  return {
    flat: `{ ${members.map(([name, { flat }]) => (isShorthand(name, flat) ? name : `${name}: ${flat}`)).join(', ')} }`,
    doc: group(['{', indent([line, join([',', line], docs), ifBreak(',')]), line, '}']),
    kind: 'array',
    size: members.length,
    expanded: members.some(([, { expanded }]) => expanded),
  };
}

function flatOf(expressions: readonly Expression[]): string {
  return expressions.map(({ flat }) => flat).join(', ');
}

function bracketed(open: string, docs: Doc[], close: string, shouldBreak: boolean): Doc {
  if (docs.length === 0) return open + close;
  const inner = indent([softline, join([',', line], docs), ifBreak(',')]);
  return group([open, inner, softline, close], { shouldBreak });
}

/**
 * A call whose last argument is an object literal with a member a line, or a function that gives it:
 * its brace stays on the call's line where the other arguments leave room.
 * @param head What stands before the call on its line.
 */
export function callText(
  head: string,
  callee: string,
  args: readonly Expression[],
  members: readonly Member[],
  indentation: number,
  isGiven = false,
): string {
  const [open, close] = isGiven ? ['() => (', ')'] : ['', ''];
  const line = `${callee}(${args.map(({ flat }) => `${flat}, `).join('')}${open}`;
  if (fits(`${head}${line}{`, 0)) return `${line}${literal(members, indentation)}${close})`;
  const space = ' '.repeat(indentation + 2);
  const list = args.map((arg) => `${lines(space, arg, ',', indentation + 2)}\n`).join('');
  return `${callee}(\n${list}${space}${open}${literal(members, indentation + 2)}${close},\n${' '.repeat(indentation)})`;
}

/** A member of an object literal: its name, and its value. */
export type Member = readonly [name: string, value: Expression];

/** `{`, a member a line, `}`. `indentation` is that of the line on which it begins. */
export function literal(members: readonly Member[], indentation: number): string {
  const space = ' '.repeat(indentation);
  const lines = members.map(([name, value]) => `${member(name, value, indentation + 2)}\n`);
  return `{\n${lines.join('')}${space}}`;
}

/** `name: value,` */
export function member(name: string, value: Expression, indentation: number): string {
  const space = ' '.repeat(indentation);
  const whole = `${space}${isShorthand(name, value.flat) ? '' : `${name}: `}${value.flat},`;
  if (!value.expanded && fits(whole, 0)) return whole;
  return print(align(indentation, [space, memberDoc(name, value), ',']));
}

/** `{ body }` for `{ body: body }`; `{ ...input }` too. */
function isShorthand(name: string, flat: string): boolean {
  return name === flat && /^(\.\.\.)?[\p{ID_Start}$_]/u.test(name);
}

/** With a name as short as this nothing is gained by a line of its own. */
const shortest = 4;

function memberDoc(name: string, { flat, kind, doc, bare }: Expression): Doc {
  if (isShorthand(name, flat)) return name;
  if (kind === 'call' && name.length > shortest) return assigned(`${name}:`, doc);
  return bare || (kind === 'text' && name.length > shortest)
    ? group([`${name}:`, group(indent([line, bare ?? doc]))])
    : [`${name}: `, group(doc)];
}

/** An expression between what stands before and behind it, on as many lines as it needs. */
export function lines(head: string, value: Expression, tail: string, indentation: number): string {
  const whole = head + value.flat + tail;
  if (!value.expanded && fits(whole, 0)) return whole;
  return print(align(indentation, [head, group(value.doc), tail]));
}

/** A function that gives an expression, as the end of a statement: `const a = () => …;` */
export function arrow(head: string, value: Expression): string {
  const whole = `${head} ${value.flat};`;
  if (!value.expanded && fits(whole, 0)) return whole;
  return `${head}\n${lines('  ', value, ';', 2)}`;
}

/** `const a = …;` */
export function constant(name: string, value: Expression): string {
  const whole = `const ${name} = ${value.flat};`;
  if (!value.expanded && fits(whole, 0)) return whole;
  return print([group(assigned(`const ${name} =`, value.doc)), ';']);
}

/** What stands behind a colon or an equals sign: on that line, or where not even its beginning fits on the next. */
function assigned(head: string, value: Doc): Doc {
  const id = Symbol('assignment');
  const right = indentIfBreak(group(value), { groupId: id });
  return [head, group(indent(line), { id }), lineSuffixBoundary, right];
}
