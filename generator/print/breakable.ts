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
  /** Of a list: how many of its parts are printed. */
  done: number;
  readonly isFlat: boolean;
  readonly indentation: number;
  readonly next: Step | undefined;
}

function stepOf(of: Breakable, isFlat: boolean, indentation: number, next: Step | undefined): Step {
  return { of, done: 0, isFlat, indentation, next };
}

/** Prints it on as few lines as its groups need. */
export function printBreakable(whole: Breakable): string {
  let text = '';
  // Apart from the lines above it: to look at the end of a long text is to copy it.
  let current = '';
  const broken = new Set<Group>();
  let step: Step | undefined = stepOf(whole, false, 0, undefined);
  while (step) {
    const { of, isFlat, indentation, next }: Step = step;
    if (typeof of === 'string') {
      current += of;
      step = next;
    } else if (isList(of)) {
      const part = of[step.done];
      step.done += 1;
      if (part === undefined) step = next;
      else if (typeof part === 'string') current += part;
      else step = stepOf(part, isFlat, indentation, step);
    } else {
      step = next;
      switch (of.kind) {
        case 'line':
          if (isFlat && !of.isHard) {
            current += of.flat;
          } else {
            text += `${withoutEnd(current)}\n`;
            current = ' '.repeat(indentation);
          }
          break;
        case 'break-parent':
          break;
        case 'indented':
          step = stepOf(of.of, isFlat, indentation + of.by, next);
          break;
        case 'if-broken':
          step = stepOf(isFlat ? of.flat : of.broken, isFlat, indentation, next);
          break;
        case 'indented-if-broken': {
          const by = broken.has(of.group) ? 2 : 0;
          step = stepOf(of.of, isFlat, indentation + by, next);
          break;
        }
        case 'group': {
          if (isFlat) step = stepOf(of.of, !of.isBroken, indentation, next);
          else step = fitting(of, indentation, WIDTH - widthOf(current), next);
          if (!step.isFlat) broken.add(of);
          break;
        }
      }
    }
  }
  return text + current;
}

/** How a group is printed that begins where so many columns are left. */
function fitting(
  { of, isBroken, states }: Group,
  indentation: number,
  columns: number,
  next: Step | undefined,
): Step {
  if (!isBroken && fits(of, columns, next)) return stepOf(of, true, indentation, next);
  const others = states?.slice(1) ?? [];
  const last = others.pop();
  for (const other of others)
    if (fits(other, columns, next)) return stepOf(other, true, indentation, next);
  return stepOf(last ?? of, false, indentation, next);
}

/** Whether it fits on one line, with what follows it up to the next place where that breaks. */
function fits(of: Breakable, columns: number, next: Step | undefined): boolean {
  const room: Room = { columns, space: 0 };
  let goesOn = fills(of, true, room);
  for (let step = next; step && goesOn; step = step.next) {
    if (!isList(step.of)) goesOn = fills(step.of, step.isFlat, room);
    for (let index = step.done; isList(step.of) && goesOn && index < step.of.length; index += 1)
      goesOn = fills(step.of[index] ?? '', step.isFlat, room);
  }
  return room.columns >= 0;
}

/** What is left of a line. */
interface Room {
  columns: number;
  /** A space at the end of a line takes no room. */
  space: 0 | 1;
}

/** Takes the room that something needs on its line; returns whether the line goes on behind it. */
function fills(of: Breakable, isFlat: boolean, room: Room): boolean {
  if (typeof of === 'string') {
    if (of === '') return true;
    room.columns -= room.space + widthOf(of);
    room.space = 0;
    return room.columns >= 0;
  }
  if (isList(of)) {
    for (const part of of) if (!fills(part, isFlat, room)) return false;
    return true;
  }
  switch (of.kind) {
    case 'line':
      if (!isFlat || of.isHard) return false;
      if (of.flat !== '') room.space = 1;
      return true;
    case 'break-parent':
      return true;
    case 'indented':
    case 'indented-if-broken':
      return fills(of.of, isFlat, room);
    case 'if-broken':
      return fills(isFlat ? of.flat : of.broken, isFlat, room);
    case 'group': {
      const isStillFlat = isFlat && !of.isBroken;
      const state = isStillFlat ? undefined : of.states?.at(-1);
      return fills(state ?? of.of, isStillFlat, room);
    }
  }
}

/** Without the spaces at its end. */
function withoutEnd(text: string): string {
  return text.endsWith(' ') ? text.replace(/ +$/, '') : text;
}
