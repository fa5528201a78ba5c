// @ts-nocheck
import { didYouMean } from '../operations/closest.js';
import type { Operation, OperationTable, Summary } from '../operations/table.js';
import { CommandError } from '../terminal/exit-code.js';

const MOST_KEPT = 1_000;

/** Whether changes go into batches of the API, or are calls. */
export type ChangeKind = 'batch' | 'bulk';

/** Operations by name, each read once. */
export class ChangeOperations {
  readonly #table: OperationTable;
  readonly #kind: ChangeKind;
  readonly #known = new Map<string, Promise<Operation | undefined>>();

  constructor(table: OperationTable, kind: ChangeKind) {
    this.#table = table;
    this.#kind = kind;
  }

  known(name: string): Promise<Operation | undefined> {
    const found = this.#known.get(name) ?? this.#table.find(name);
    if (this.#known.size < MOST_KEPT) this.#known.set(name, found);
    return found;
  }

  /** The names of those that a plan takes. */
  async names(): Promise<readonly string[]> {
    const takes = (each: Summary): boolean =>
      this.#kind === 'batch' ? each.batch === true : isChange(each);
    return (await this.#table.index()).filter(takes).map(({ name }) => name);
  }

  /** The module that has an operation, where a plan takes it. */
  moduleOf(operation: Operation | undefined): string | undefined {
    if (this.#kind === 'batch') return operation?.builder;
    return operation && isChange(operation) && !isBytes(operation) ? operation.group : undefined;
  }

  /** What a plan takes. */
  get expected(): string {
    return this.#kind === 'batch'
      ? 'an operation that goes into batches'
      : 'an operation that changes something, with a body of members where it has one';
  }

  /** The operation with a name, which a plan takes. */
  async changing(name: string): Promise<Operation> {
    const found = await this.known(name);
    if (found && this.moduleOf(found) !== undefined) return found;
    const reason = found ? `${name} is not ${this.expected}.` : `There is no operation ${name}.`;
    throw new CommandError(`${reason}${didYouMean(name, await this.names())}`);
  }
}

function isChange({ method }: Summary): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
}

function isBytes({ body }: Operation): boolean {
  return body?.encoding === 'binary' || body?.encoding === 'text' || body?.encoding === 'multipart';
}
