// @ts-nocheck
import { describe as describeShape } from '../../schema/describe.js';
import { isOpen, membersOf, resolve, type Shape, type Types } from '../../schema/shape.js';
import type { Answer } from '../answers.js';
import type { ApiSession } from '../api-session.js';

const MOST_DEPTH = 6;
const LONGEST_HELP = 200;

/** `describe`: what an operation takes. */
export async function describe(
  session: ApiSession,
  { operation: name }: { readonly operation: string },
): Promise<Answer> {
  const operation = await session.operation(name);
  const types = await session.table.types();
  const { method, route, summary, description, params, body, builder } = operation;
  const how =
    method === 'GET'
      ? 'Call it with read.'
      : `Plan it with plan; it is sent ${builder === undefined ? 'as a call of its own' : 'in batches'}.`;
  return {
    notes: [how],
    data: [
      `${operation.name}: ${method} ${route}`,
      summary,
      ...(description && description !== summary ? [description.slice(0, 2_000)] : []),
      'input:',
      ...params.flatMap(({ key, in: place, required, help, shape }) =>
        lines(key, { shape, required, help, note: place }, types, 1),
      ),
      ...(body
        ? lines(body.key, { shape: body.shape, required: body.required, help: body.help }, types, 1)
        : []),
    ],
  };
}

interface Described {
  readonly shape: Shape;
  readonly required?: boolean | undefined;
  readonly help?: string | undefined;
  readonly note?: string;
}

function lines(
  name: string,
  { shape, required, help = '', note }: Described,
  types: Types,
  depth: number,
): readonly string[] {
  const marks = [note, required && 'required'].filter(Boolean).join(', ');
  const text = help.replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST_HELP);
  const line = `${name}${marks && ` (${marks})`}: ${describeShape(shape, types)}${text && `. ${text}`}`;
  return [`${'  '.repeat(depth)}${line}`, ...inner(shape, types, depth + 1)];
}

/** The members of an object, or of the objects in a list. */
function inner(shape: Shape, types: Types, depth: number): readonly string[] {
  if (depth > MOST_DEPTH) return [];
  const found = resolve(shape, types);
  if (found.kind === 'array') return inner(found.items, types, depth);
  if (found.kind === 'record') return lines('(any name)', { shape: found.values }, types, depth);
  const members = membersOf(found, types);
  const own = members.flatMap((member) => lines(member.name, member, types, depth));
  const isFree = found.kind === 'object' && isOpen(found, types) && members.length > 0;
  return isFree ? [...own, `${'  '.repeat(depth)}(other names)`] : own;
}
