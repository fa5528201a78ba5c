import {
  align,
  type Breakable,
  breakParent,
  conditionalGroup,
  group,
  ifBreak,
  indent,
  indentIfBreak,
  join,
  line,
  printBreakable,
  softline,
} from './breakable.ts';
import { literal as literalText } from './flat.ts';
import { quote } from './text.ts';
import { fits } from './width.ts';

/** An expression of the output: on one line, and the parts between which prettier breaks it. */
export type Expression = {
  readonly flat: string;
  /** Whether it takes several lines even where one has room for it. */
  readonly expanded: boolean;
} & (
  | { readonly kind: 'text' | 'template' }
  | { readonly kind: 'spread'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly parts: readonly [Expression, string, Expression] }
  | { readonly kind: 'array'; readonly items: readonly Expression[]; readonly isTable: boolean }
  | { readonly kind: 'object'; readonly members: readonly Member[] }
  | { readonly kind: 'call'; readonly callee: string; readonly args: readonly Expression[] }
);

/** A member of an object literal: its name, and its value. */
export type Member = readonly [name: string, value: Expression];

/** What has no place to break: a name, a number. */
export function text(flat: string): Expression {
  return { kind: 'text', flat, expanded: false };
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
  return { kind: 'template', flat, expanded: false };
}

/** A list; one of several lists, or of several objects, takes a line for each. */
export function array(items: readonly Expression[]): Expression {
  const isTable =
    items.length > 1 && items.every((item) => sizeOf(item) > 1 && item.kind === items[0]?.kind);
  const expanded = isTable || items.some((item) => item.expanded);
  return { kind: 'array', flat: `[${flatOf(items)}]`, expanded, items, isTable };
}

/** How many parts a list or an object has between its brackets. */
function sizeOf(of: Expression | undefined): number {
  if (of?.kind === 'array') return of.items.length;
  return of?.kind === 'object' ? of.members.length : 0;
}

export function spread(of: Expression): Expression {
  return { kind: 'spread', flat: `...${of.flat}`, expanded: of.expanded, of };
}

export function binary(left: Expression, operator: '??' | '&&', right: Expression): Expression {
  const flat = `${left.flat} ${operator} ${right.flat}`;
  const expanded = left.expanded || right.expanded;
  return { kind: 'binary', flat, expanded, parts: [left, operator, right] };
}

/** A call; a list that stands last in it opens behind the parenthesis. */
export function call(callee: string, ...args: readonly Expression[]): Expression {
  const expanded = args.some((arg) => arg.expanded);
  return { kind: 'call', flat: `${callee}(${flatOf(args)})`, expanded, callee, args };
}

/** `{ a: 1, b }`, on one line where it fits. */
export function object(members: readonly Member[]): Expression {
  const flat = members.map(([name, { flat }]) =>
    isShorthand(name, flat) ? name : `${name}: ${flat}`,
  );
  const expanded = members.some(([, value]) => value.expanded);
  return { kind: 'object', flat: `{ ${flat.join(', ')} }`, expanded, members };
}

function flatOf(expressions: readonly Expression[]): string {
  return expressions.map(({ flat }) => flat).join(', ');
}

/** An expression with the places where it may break. */
function breakable(of: Expression): Breakable {
  switch (of.kind) {
    case 'text':
    case 'template':
      return of.flat;
    case 'spread':
      return ['...', breakable(of.of)];
    case 'binary': {
      const [left, operator, right] = of.parts;
      return group([breakable(left), indent([` ${operator}`, line, breakable(right)])]);
    }
    case 'array':
      return isNumbers(of)
        ? filled(of.items)
        : bracketed('[', of.items.map(breakable), ']', of.isTable);
    case 'object': {
      const members = of.members.map(([name, value]) => breakableMember(name, value));
      return group(['{', indent([line, join([',', line], members), ifBreak(',')]), line, '}']);
    }
    case 'call':
      return [of.callee, breakableArguments(of.args)];
  }
}

function breakableArguments(args: readonly Expression[]): Breakable {
  const all = args.map(breakable);
  const last = args.at(-1);
  const isExpanded = args.slice(0, -1).some((arg) => arg.expanded);
  const isHugged = sizeOf(last) > 0 && args.at(-2)?.kind !== last?.kind && !isExpanded;
  if (last === undefined || !isHugged || (args.length > 1 && isNumbers(last)))
    return bracketed('(', all, ')', isExpanded || !!last?.expanded);
  const before = all.slice(0, -1).flatMap((one) => [one, ', ']);
  const end = all.at(-1) ?? '';
  const hugged: Breakable = ['(', before, group(end, true), ')'];
  const apart = bracketed('(', all, ')', true);
  return last.expanded
    ? [breakParent, conditionalGroup([hugged, apart])]
    : conditionalGroup([['(', before, end, ')'], hugged, apart]);
}

/** Whether an expression is a list of numbers and of nothing else. */
function isNumbers(of: Expression): boolean {
  return (
    of.kind === 'array' && of.items.length > 0 && of.items.every(({ flat }) => /^-?\d/.test(flat))
  );
}

/** A list with as many items on a line as fit there. */
function filled([first, ...others]: readonly Expression[]): Breakable {
  const more = others.flatMap(({ flat }) => [',', group([line, flat])]);
  return group(['[', indent([softline, first?.flat ?? '', more, ifBreak(',')]), softline, ']']);
}

function bracketed(
  open: string,
  parts: readonly Breakable[],
  close: string,
  shouldBreak: boolean,
): Breakable {
  if (parts.length === 0) return open + close;
  const inner = indent([softline, join([',', line], parts), ifBreak(',')]);
  return group([open, inner, softline, close], shouldBreak);
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
  const line = `${callee}(${flatOf(args)}${args.length > 0 ? ', ' : ''}${open}`;
  if (fits(`${head}${line}{`, 0)) return `${line}${literal(members, indentation)}${close})`;
  const space = ' '.repeat(indentation + 2);
  const list = args.map((arg) => `${lines(space, arg, ',', indentation + 2)}\n`).join('');
  return `${callee}(\n${list}${space}${open}${literal(members, indentation + 2)}${close},\n${' '.repeat(indentation)})`;
}

/** `{`, a member a line, `}`. `indentation` is that of the line on which it begins. */
export function literal(members: readonly Member[], indentation: number): string {
  let text = '{\n';
  for (const one of members) text += `${member(one[0], one[1], indentation + 2)}\n`;
  return `${text}${' '.repeat(indentation)}}`;
}

/** `name: value,` */
export function member(name: string, value: Expression, indentation: number): string {
  const space = ' '.repeat(indentation);
  const whole = `${space}${isShorthand(name, value.flat) ? '' : `${name}: `}${value.flat},`;
  if (!value.expanded && fits(whole, 0)) return whole;
  return printBreakable(align(indentation, [space, breakableMember(name, value), ',']));
}

/** `{ body }` for `{ body: body }`; `{ ...input }` too. */
function isShorthand(name: string, flat: string): boolean {
  return name === flat && /^(\.\.\.)?[\p{ID_Start}$_]/u.test(name);
}

/** With a name as short as this nothing is gained by a line of its own. */
const shortest = 4;

function breakableMember(name: string, value: Expression): Breakable {
  if (isShorthand(name, value.flat)) return name;
  const head = `${name}:`;
  if (value.kind === 'call' && name.length > shortest) return assigned(head, value);
  if (value.kind === 'binary') {
    // What is indented already has no indentation of its own.
    const [left, operator, right] = value.parts;
    const inner = group([breakable(left), ` ${operator}`, line, breakable(right)]);
    return group([head, group(indent([line, inner]))]);
  }
  const movesDown = (value.kind === 'text' || value.kind === 'spread') && name.length > shortest;
  return movesDown ? movable(head, value) : [`${head} `, group(breakable(value))];
}

/** What moves to the next line as a whole. */
function movable(head: string, value: Expression): Breakable {
  return group([head, group(indent([line, breakable(value)]))]);
}

/** An expression between what stands before and behind it, on as many lines as it needs. */
export function lines(head: string, value: Expression, tail: string, indentation: number): string {
  const whole = head + value.flat + tail;
  if (!value.expanded && fits(whole, 0)) return whole;
  return printBreakable(align(indentation, [head, group(breakable(value)), tail]));
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
  return printBreakable([group(assigned(`const ${name} =`, value)), ';']);
}

/**
 * What stands behind a colon or an equals sign: on that line, or where not even its beginning fits on the next.
 * Parentheses that hold next to nothing are not opened for it.
 */
function assigned(head: string, value: Expression): Breakable {
  if (value.kind === 'call' && value.args.length < 2 && value.args.every(isShort))
    return movable(head, value);
  const gap = group(indent(line));
  return [head, gap, indentIfBreak(group(breakable(value)), gap)];
}

/** Columns up to which a name or a string is nothing to open parentheses for. */
const mostShort = 25;

const identifier = /^[\p{ID_Continue}$]+$/u;

/** A number, or a short name or string, or a call of a short name. */
function isShort(of: Expression): boolean {
  const { kind, flat } = of;
  if (flat.length > mostShort && !/^-?\d/.test(flat)) return false;
  if (kind === 'call') return of.args.length === 0 && identifier.test(of.callee);
  const isLeaf = kind === 'text' || kind === 'template';
  return isLeaf && (/^(['"]|-?\d)/.test(flat) || identifier.test(flat));
}
