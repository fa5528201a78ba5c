import { ApiError, type ErrorIssue } from '../answers/errors.js';
import type { Convert } from '../values/convert.js';
import { type ForeignSchema, type FoundIssue, foundIn, MOST_ISSUES, wordsOf } from './found.js';
import type { Consequence, WarningSink } from './validating.js';

/** An action of a batch, as its server is to get it. */
export interface SentAction {
  /** In its plan. */
  readonly index: number;
  readonly operationId: string;
  readonly body?: unknown;
  /** What it does to what: few are asked. */
  readonly effect: () => { readonly verb: string; readonly path: string };
  /** Whether a value in the body stands for one that is known only when the batch runs; absent where none does. */
  readonly isOpen?: ((value: unknown) => boolean) | undefined;
}

/** Checks actions of which nothing was sent. @throws ApiError for what their schemas refuse. */
export type CheckActions = (actions: Iterable<SentAction>) => void;

/** What batches need of a body: how its JSON becomes what its schema checks, and under which name it may be a list. */
export interface ActionBody {
  readonly convert?: (() => Convert) | undefined;
  readonly list?: readonly [one: string, many: string] | undefined;
}

/** The schema of an operation's body. */
export type BodySchemaOf = (operationId: string) => BodySchema | undefined;

interface BodySchema extends ActionBody {
  readonly schema: ForeignSchema;
}

/** Checks actions by the schemas of their operations. */
export function checkActions(
  schemaOf: BodySchemaOf,
  consequence: Consequence,
  logger: WarningSink,
): CheckActions {
  return (actions) => {
    const found: Found[] = [];
    let count = 0;
    for (const action of actions) {
      const issues = issuesOf(action, schemaOf);
      if (issues.length === 0) continue;
      found.push({ action, issues });
      count += issues.length;
      if (count >= MOST_ISSUES) break;
    }
    const [first] = found;
    if (!first) return;
    if (consequence !== 'warn') throw refusal(first.action, found);
    for (const one of found) warn(logger, one);
  };
}

interface Found {
  readonly action: SentAction;
  readonly issues: readonly FoundIssue[];
}

function issuesOf(action: SentAction, schemaOf: BodySchemaOf): readonly FoundIssue[] {
  const known = action.body === undefined ? undefined : schemaOf(action.operationId);
  if (!known) return [];
  const parts = partsOf(action.body, known.list);
  return parts.flatMap(({ value, place }) => {
    const made = known.convert ? known.convert()(copyOf(value)) : value;
    const found = foundIn(known.schema, made, (keys) => !isOpenAt(value, keys, action.isOpen));
    if (found instanceof Promise)
      throw new TypeError(
        `${action.operationId}: a batch takes a schema that answers at once, not by a promise`,
      );
    return found.map(({ message, path }) => ({ message, path: place(path) }));
  });
}

interface Part {
  readonly value: unknown;
  /** Where something of it is in the body. */
  readonly place: (path: FoundIssue['path']) => FoundIssue['path'];
}

/** A body; of one that has a list in place of its one element, a body for each element. */
function partsOf(body: unknown, list: ActionBody['list']): readonly Part[] {
  const whole: readonly Part[] = [{ value: body, place: (path) => path }];
  if (!list || typeof body !== 'object' || body === null) return whole;
  const [one, many] = list;
  const { [many]: elements, ...rest } = body as Readonly<Record<string, unknown>>;
  if (!Array.isArray(elements) || Object.hasOwn(rest, one)) return whole;
  return elements.map((element: unknown, index) => ({
    value: { ...rest, [one]: element },
    place: ([first, ...others]) =>
      first === one ? [many, index, ...others] : [first ?? many, ...others],
  }));
}

/** Whether what is at the keys is open, holds something that is, or is inside of it. */
function isOpenAt(
  body: unknown,
  keys: readonly PropertyKey[],
  isOpen: SentAction['isOpen'],
): boolean {
  if (!isOpen) return false;
  let at = body;
  for (const key of keys) {
    if (isOpen(at)) return true;
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return false;
    at = (at as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return holdsOpen(at, isOpen);
}

function holdsOpen(value: unknown, isOpen: (value: unknown) => boolean): boolean {
  if (isOpen(value)) return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((member) => holdsOpen(member, isOpen));
}

/** A copy of JSON that conversions may change; what stands for a value that is known later is kept. */
function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copyOf(member)]));
}

const MOST_ACTIONS = 5;

function refusal({ operationId, effect }: SentAction, found: readonly Found[]): ApiError {
  const { verb, path } = effect();
  const words = found.slice(0, MOST_ACTIONS).map(wordsOfAction);
  const more = found.length - words.length;
  if (more > 0) words.push(`and ${more} more actions`);
  const issues = found.flatMap(({ action, issues: own }): readonly ErrorIssue[] =>
    own.map((issue) => ({ ...issue, action: action.index })),
  );
  return Object.assign(new ApiError(`Nothing was sent: ${words.join('; ')}`), {
    code: 'validation',
    operation: operationId,
    request: { method: verb, url: path },
    messages: [],
    issues,
  });
}

/** `action 3 (updateNetwork): body.name: Expected a string`. */
function wordsOfAction({ action, issues }: Found): string {
  return `action ${action.index} (${action.operationId}): ${wordsOf('body', issues)}`;
}

function warn(logger: WarningSink, found: Found): void {
  const { operationId, effect } = found.action;
  try {
    const { verb: method, path } = effect();
    logger.warn(wordsOfAction(found), { operation: operationId, method, path, attempt: 0 });
  } catch {
    // A batch does not fail because nobody could be warned.
  }
}
