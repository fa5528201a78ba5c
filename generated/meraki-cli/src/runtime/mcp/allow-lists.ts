// @ts-nocheck
import { didYouMean } from '../operations/closest.js';
import type { Operation, OperationTable, Summary } from '../operations/table.js';
import { CommandError } from '../terminal/exit-code.js';
import type { Belonging } from './belonging.js';

/** What a server may touch; a list that is absent allows all. */
export interface AllowLists {
  /** Names of groups. */
  readonly tags: ReadonlySet<string> | undefined;
  /** Methods, or the verbs of batches, in small letters. */
  readonly verbs: ReadonlySet<string> | undefined;
  /** Values by the name of a parameter: `organizationId`, `networkId`. */
  readonly values: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface AllowFlags {
  readonly allowTags?: readonly string[];
  readonly allowVerbs?: readonly string[];
  readonly allow?: readonly string[];
}

/** The lists that a user gave; a name that the API does not have would allow nothing, and is refused. */
export async function readAllowLists(
  { allowTags, allowVerbs, allow = [] }: AllowFlags,
  table: OperationTable,
  scope: readonly string[],
): Promise<AllowLists> {
  const groups = await table.groups();
  const tags = allowTags?.map((given) => {
    const found = groups.find((group) =>
      [group.name, group.title].some((name) => name.toLowerCase() === given.toLowerCase()),
    );
    if (found) return found.name;
    const names = groups.map(({ name }) => name);
    throw new CommandError(`There is no tag ${given}.${didYouMean(given, names)}`);
  });
  const known = new Set([
    ...scope,
    ...(await table.index()).flatMap(({ route }) => placeholdersOf(route)),
  ]);
  const values = new Map<string, ReadonlySet<string>>();
  for (const pair of allow) {
    const [, name = '', list = ''] = /^([^=]+)=(.+)$/s.exec(pair) ?? [];
    if (name === '') throw new CommandError('--allow takes name=value,value.');
    if (!known.has(name))
      throw new CommandError(`No path has the parameter ${name}.${didYouMean(name, known)}`);
    values.set(name, new Set([...(values.get(name) ?? []), ...list.split(',').filter(Boolean)]));
  }
  return {
    tags: tags && new Set(tags),
    verbs: allowVerbs && new Set(allowVerbs.map((verb) => verb.toLowerCase())),
    values,
  };
}

/** The names of the parameters in a path. */
export function placeholdersOf(route: string): readonly string[] {
  return [...route.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
}

/** Says what a server may do, and why not. */
export class Allowed {
  readonly #lists: AllowLists;
  readonly #belonging: Belonging;

  constructor(lists: AllowLists, belonging: Belonging) {
    this.#lists = lists;
    this.#belonging = belonging;
  }

  /** Whether an operation is in the lists of tags and verbs. */
  has(operation: Summary & Pick<Operation, 'verb'>): boolean {
    return this.#why(operation) === undefined;
  }

  /** Refuses an operation, or values that it would reach, which are not in the lists. */
  async check(operation: Operation, input: Readonly<Record<string, unknown>>): Promise<void> {
    const why = this.#why(operation);
    if (why !== undefined) throw new CommandError(why);
    for (const [name, values] of this.#lists.values) {
      const foreign = valuesOf(input, name).find((value) => !values.has(value));
      if (foreign !== undefined)
        throw new CommandError(`${name} ${JSON.stringify(foreign)} is not allowed here.`);
      if (isNamed(operation, input, name)) continue;
      const found = await this.#belonging.of(operation, input, name);
      if (found !== undefined && values.has(found)) continue;
      throw new CommandError(
        found === undefined
          ? `${operation.name} cannot be shown to stay within the allowed ${name}.`
          : `${operation.name} would reach another ${name}, which is not allowed here.`,
      );
    }
  }

  /** Refuses batches that belong to something that is not in the lists. */
  scope(scope: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(scope))
      if (this.#lists.values.get(name)?.has(value) === false)
        throw new CommandError(`${name} ${JSON.stringify(value)} is not allowed here.`);
  }

  /** Refuses what takes a run back where it would create or destroy, and the verbs leave that out. */
  undoing(actions: readonly object[]): void {
    const { verbs } = this.#lists;
    if (!verbs) return;
    const methods: Readonly<Record<string, string>> = { create: 'post', destroy: 'delete' };
    for (const action of actions) {
      const { operation, method } = action as { readonly operation?: unknown; method?: unknown };
      const verb = String(operation ?? method ?? '').toLowerCase();
      const isKnown = verbs.has(verb) || verbs.has(methods[verb] ?? verb);
      if (!isKnown && (verb in methods || verb === 'post' || verb === 'delete'))
        throw new CommandError(
          `To take it back would ${verb} something, which is not allowed here.`,
        );
    }
  }

  /** The one value that is allowed for a name; undefined where several are, or all. */
  only(name: string): string | undefined {
    const values = this.#lists.values.get(name);
    return values?.size === 1 ? [...values][0] : undefined;
  }

  #why({ name, group, method, verb }: Summary & Pick<Operation, 'verb'>): string | undefined {
    const { tags, verbs } = this.#lists;
    if (tags && !tags.has(group)) return `${name} has the tag ${group}, which is not allowed here.`;
    if (!verbs || method === 'GET') return undefined;
    const isListed = [method, verb].some((each) => each && verbs.has(each.toLowerCase()));
    return isListed ? undefined : `${name} is ${method}, which is not allowed here.`;
  }
}

/** Whether a path names the parameter itself. */
function isNamed(
  { params }: Operation,
  input: Readonly<Record<string, unknown>>,
  name: string,
): boolean {
  return params.some((param) => param.key === name && param.in === 'path') && name in input;
}

const MOST_DEPTH = 50;

/** The values that an input has for a name, or for several of it (`networkIds`), at any depth. */
function valuesOf(value: unknown, name: string, depth = 0): readonly string[] {
  if (depth > MOST_DEPTH) throw new CommandError('The input is nested too deeply.');
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((each) => valuesOf(each, name, depth + 1));
  return Object.entries(value).flatMap(([key, each]: [string, unknown]) =>
    key === name || key === `${name}s`
      ? [each].flat().map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
      : valuesOf(each, name, depth + 1),
  );
}
