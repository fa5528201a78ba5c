// @ts-nocheck
import type { Operation, OperationTable, Summary } from '../operations/table.js';

/** Reads a resource of the API. */
export type ReadResource = (
  operation: Operation,
  input: Readonly<Record<string, unknown>>,
) => Promise<unknown>;

const KEPT_MS = 60_000;
const MOST_KEPT = 2_000;

/**
 * Says what a resource belongs to where its path does not: the resource at the head of the path is
 * read, and its answer names its network or organization, or what is read in turn to find it.
 */
export class Belonging {
  readonly #table: OperationTable;
  readonly #read: ReadResource;
  readonly #kept = new Map<string, { readonly at: number; readonly answer: Promise<unknown> }>();

  constructor(table: OperationTable, read: ReadResource) {
    this.#table = table;
    this.#read = read;
  }

  /** The value that the API has for a name, such as `networkId`; undefined where nothing shows it. */
  async of(
    { route }: Operation,
    input: Readonly<Record<string, unknown>>,
    name: string,
  ): Promise<string | undefined> {
    const heads = await this.#heads();
    const head = heads.find((each) => route === each.route || route.startsWith(`${each.route}/`));
    if (!head) return undefined;
    const answer = await this.#answer(head, input);
    const found = textAt(answer, name);
    if (found !== undefined) return found;
    // A device names its network, and the network its organization.
    for (const next of heads) {
      const value = next === head ? undefined : textAt(answer, next.placeholder);
      if (value === undefined) continue;
      const further = textAt(await this.#answer(next, { [next.placeholder]: value }), name);
      if (further !== undefined) return further;
    }
    return undefined;
  }

  /** Operations that read a resource which one parameter names, `/devices/{serial}`. */
  async #heads(): Promise<readonly Head[]> {
    const index = await this.#table.index();
    return index.flatMap((operation) => {
      const [, placeholder] = /^\/[^{}]+\/\{([^{}]+)\}$/.exec(operation.route) ?? [];
      return operation.method === 'GET' && placeholder !== undefined
        ? [{ ...operation, placeholder }]
        : [];
    });
  }

  async #answer(head: Head, input: Readonly<Record<string, unknown>>): Promise<unknown> {
    const operation = await this.#table.operation(head.group, head.name);
    const [param, ...others] = operation?.params.filter(({ required }) => required) ?? [];
    const value = param && Object.hasOwn(input, param.key) ? input[param.key] : undefined;
    if (!operation || !param || others.length > 0 || value === undefined) return undefined;
    const key = JSON.stringify([head.route, value]);
    const kept = this.#kept.get(key);
    if (kept && Date.now() - kept.at < KEPT_MS) return kept.answer;
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
    const answer = this.#read(operation, { [param.key]: value }).catch(() => undefined);
    this.#kept.set(key, { at: Date.now(), answer });
    return answer;
  }
}

interface Head extends Summary {
  /** The parameter of the path. */
  readonly placeholder: string;
}

function textAt(answer: unknown, name: string): string | undefined {
  if (typeof answer !== 'object' || answer === null || !Object.hasOwn(answer, name))
    return undefined;
  const value: unknown = (answer as Readonly<Record<string, unknown>>)[name];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : undefined;
}
