import type { Doc, Property } from '../ir/ir.ts';
import { data as dataText } from './data.ts';
import { docCommentLines, type DocExtras } from './doc.ts';
import {
  callText,
  type Expression,
  lines,
  type Member,
  member as memberText,
} from './expression.ts';
import type { TypeNames } from './flat.ts';
import { fits } from './width.ts';
import { property as propertyText } from './types.ts';

/** The line on which something stands. */
export interface Line {
  /** What is before it. */
  readonly before: string;
  /** What is behind it. */
  readonly after: string;
  /** The spaces at the line's beginning. */
  readonly indentation: number;
}

/** What is laid out by the line on which it stands. */
export interface Laid {
  layout(line: Line): string;
}

/** An expression that begins and ends on its line, and takes as many between as it needs. */
export function laidExpression(of: Expression): Laid {
  return {
    layout: ({ before, after, indentation }) =>
      lines(before, of, after, indentation).slice(
        before.length,
        after === '' ? undefined : -after.length,
      ),
  };
}

/** A call whose last argument is an object literal with a member a line. */
export function callWith(
  callee: string,
  args: readonly Expression[],
  members: readonly Member[],
): Laid {
  return {
    layout: ({ before, indentation }) => callText(before, callee, args, members, indentation),
  };
}

/** A call whose last argument is a function that gives such an object literal. */
export function callGiving(
  callee: string,
  args: readonly Expression[],
  members: readonly Member[],
): Laid {
  return {
    layout: ({ before, indentation }) => callText(before, callee, args, members, indentation, true),
  };
}

/** A member of an object literal, with the comma behind it. */
export function member(name: string, of: Expression): Laid {
  return { layout: ({ indentation }) => memberText(name, of, indentation).slice(indentation) };
}

/** A member of an interface under its comment, with the semicolon behind it. */
export function property(of: Property, names: TypeNames, modifier: '' | 'readonly ' = ''): Laid {
  return {
    layout: ({ indentation }) =>
      propertyText(of, indentation, names, modifier).slice(indentation, -1),
  };
}

/** A JSDoc comment, and what follows on the line below it; nothing where there is nothing to say. */
export function comment(doc: Doc, extras: DocExtras = {}): Laid {
  return {
    layout: ({ indentation }) =>
      docCommentLines(doc, indentation, extras)
        .map((line) => `${line}\n${' '.repeat(indentation)}`)
        .join(''),
  };
}

/** Data as a literal. */
export function data(value: unknown): Laid {
  return { layout: ({ before, indentation }) => dataText(value, indentation, before.length) };
}

/** What follows a colon or an equals sign: behind a space, or where that does not fit on the next line. */
export function after(text: string): Laid {
  return {
    layout: (line) =>
      fits(`${line.before} ${text}${line.after}`, 0)
        ? ` ${text}`
        : `\n${' '.repeat(line.indentation + 2)}${text}`,
  };
}

/** What stands between brackets: on their line, or where that does not fit on one of its own. */
export function between(text: string): Laid {
  return {
    layout: ({ before, after: rest, indentation }) =>
      fits(before + text + rest, 0)
        ? text
        : `\n${' '.repeat(indentation + 2)}${text}\n${' '.repeat(indentation)}`,
  };
}
