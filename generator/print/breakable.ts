import { WIDTH, widthOf } from './width.ts';

/**
 * Text with the places where it may break: prettier's instructions for its printer, as far as they are
 * used here, and the same text comes of them.
 */
export type Breakable = string | readonly Breakable[] | Instruction;

type Instruction =
  | { readonly kind: 'line'; readonly flat: '' | ' '; readonly isHard: boolean }
  | { readonly kind: 'break-parent' }
  | { readonly kind: 'indented'; readonly by: number; readonly of: Breakable }
  | { readonly kind: 'if-broken'; readonly broken: Breakable; readonly flat: Breakable }
  | { readonly kind: 'indented-if-broken'; readonly group: Group; readonly of: Breakable }
  | Group;

/** What stands on one line where it fits there; else all of its own lines are broken. */
interface Group {
  readonly kind: 'group';
  readonly of: Breakable;
  /** Whether it is broken even where it would fit. */
  readonly isBroken: boolean;
  /** Other ways to write it, each with more lines than the one before. */
  readonly states?: readonly Breakable[] | undefined;
}

/** A space, or a line break. */
export const line: Breakable = { kind: 'line', flat: ' ', isHard: false };
/** Nothing, or a line break. */
export const softline: Breakable = { kind: 'line', flat: '', isHard: false };
export const hardline: Breakable = { kind: 'line', flat: '', isHard: true };
/** Breaks the groups around it. */
export const breakParent: Breakable = { kind: 'break-parent' };

export function group(of: Breakable, shouldBreak = false): Group {
  return { kind: 'group', of, isBroken: shouldBreak || breaks(of) };
}

/** The first of several ways to write something that fits; the last one where none does. */
export function conditionalGroup(states: readonly [Breakable, ...Breakable[]]): Breakable {
  return { kind: 'group', of: states[0], isBroken: false, states };
}

export function indent(of: Breakable): Breakable {
  return align(2, of);
}

export function align(by: number, of: Breakable): Breakable {
  return { kind: 'indented', by, of };
}

export function ifBreak(broken: Breakable, flat: Breakable = ''): Breakable {
  return { kind: 'if-broken', broken, flat };
}

/** Indents where another group is broken. */
export function indentIfBreak(of: Breakable, other: Group): Breakable {
  return { kind: 'indented-if-broken', group: other, of };
}

export function join(separator: Breakable, parts: readonly Breakable[]): Breakable {
  return parts.map((part, index) => (index === 0 ? part : [separator, part]));
}

/** Whether something breaks the groups around it. */
function breaks(of: Breakable): boolean {
  if (typeof of === 'string') return false;
  if (isList(of)) return of.some(breaks);
  switch (of.kind) {
    case 'line':
      return of.isHard;
    case 'break-parent':
      return true;
    case 'indented':
    case 'indented-if-broken':
      return breaks(of.of);
    case 'if-broken':
      return breaks(of.broken) || breaks(of.flat);
    case 'group':
      return of.isBroken;
  }
}

function isList(of: Breakable): of is readonly Breakable[] {
  return Array.isArray(of);
}

/** What is still to be printed, and what follows it. */
interface Step {
  readonly of: Breakable;
  readonly isFlat: boolean;
  readonly indentation: number;
  readonly next: Step | undefined;
}

/** Prints it on as few lines as its groups need. */
export function printBreakable(whole: Breakable): string {
  let text = '';
  let lineStart = 0;
  const broken = new Set<Group>();
  let step: Step | undefined = { of: whole, isFlat: false, indentation: 0, next: undefined };
  while (step) {
    const { of, isFlat, indentation, next }: Step = step;
    step = next;
    if (typeof of === 'string') {
      text += of;
    } else if (isList(of)) {
      step = eachOf(of, isFlat, indentation, next);
    } else {
      switch (of.kind) {
        case 'line':
          if (isFlat && !of.isHard) {
            text += of.flat;
          } else {
            text = `${withoutEnd(text)}\n`;
            lineStart = text.length;
            text += ' '.repeat(indentation);
          }
          break;
        case 'break-parent':
          break;
        case 'indented':
          step = { of: of.of, isFlat, indentation: indentation + of.by, next };
          break;
        case 'if-broken':
          step = { of: isFlat ? of.flat : of.broken, isFlat, indentation, next };
          break;
        case 'indented-if-broken': {
          const by = broken.has(of.group) ? 2 : 0;
          step = { of: of.of, isFlat, indentation: indentation + by, next };
          break;
        }
        case 'group': {
          if (isFlat) step = { of: of.of, isFlat: !of.isBroken, indentation, next };
          else step = fitting(of, indentation, WIDTH - widthOf(text.slice(lineStart)), next);
          if (!step.isFlat) broken.add(of);
          break;
        }
      }
    }
  }
  return text;
}

function eachOf(
  list: readonly Breakable[],
  isFlat: boolean,
  indentation: number,
  next: Step | undefined,
): Step | undefined {
  let step = next;
  for (let index = list.length - 1; index >= 0; index -= 1)
    step = { of: list[index] ?? '', isFlat, indentation, next: step };
  return step;
}

/** How a group is printed that begins where so many columns are left. */
function fitting(
  { of, isBroken, states }: Group,
  indentation: number,
  room: number,
  next: Step | undefined,
): Step {
  const flat: Step = { of, isFlat: true, indentation, next };
  if (!isBroken && fitsIn(flat, room)) return flat;
  const others = states?.slice(1) ?? [];
  const last = others.pop();
  for (const other of others) {
    const state: Step = { of: other, isFlat: true, indentation, next };
    if (fitsIn(state, room)) return state;
  }
  return { of: last ?? of, isFlat: false, indentation, next };
}

/** Whether what is left to print fits up to the next place where it breaks. */
function fitsIn(from: Step, columns: number): boolean {
  let room = columns;
  let space = 0;
  let step: Step | undefined = from;
  while (step && room >= 0) {
    const { of, isFlat, next }: Step = step;
    step = next;
    if (typeof of === 'string') {
      if (of !== '') {
        // A space at the end of a line takes no room.
        room -= space + widthOf(of);
        space = 0;
      }
    } else if (isList(of)) {
      step = eachOf(of, isFlat, 0, next);
    } else {
      switch (of.kind) {
        case 'line':
          if (!isFlat || of.isHard) return true;
          if (of.flat !== '') space = 1;
          break;
        case 'break-parent':
          break;
        case 'indented':
        case 'indented-if-broken':
          step = { of: of.of, isFlat, indentation: 0, next };
          break;
        case 'if-broken':
          step = { of: isFlat ? of.flat : of.broken, isFlat, indentation: 0, next };
          break;
        case 'group': {
          const isStillFlat = isFlat && !of.isBroken;
          const state = isStillFlat ? undefined : of.states?.at(-1);
          step = { of: state ?? of.of, isFlat: isStillFlat, indentation: 0, next };
          break;
        }
      }
    }
  }
  return room >= 0;
}

/** Without the spaces at its end. */
function withoutEnd(text: string): string {
  return text.endsWith(' ') ? text.replace(/ +$/, '') : text;
}
