import { didYouMean } from '../operations/closest.js';
import type { Operation, OperationTable } from '../operations/table.js';
import { CommandError } from '../terminal/exit-code.js';

const MOST_KEPT = 1_000;

/** Operations by name, each read once. */
export class BatchOperations {
  readonly #table: OperationTable;
  readonly #known = new Map<string, Promise<Operation | undefined>>();

  constructor(table: OperationTable) {
    this.#table = table;
  }

  known(name: string): Promise<Operation | undefined> {
    const found = this.#known.get(name) ?? this.#table.find(name);
    if (this.#known.size < MOST_KEPT) this.#known.set(name, found);
    return found;
  }

  /** The names of those that go into batches. */
  async names(): Promise<readonly string[]> {
    return (await this.#table.index()).flatMap(({ name, batch }) => (batch ? [name] : []));
  }

  /** The operation with a name, which goes into batches. */
  async batchable(name: string): Promise<Operation> {
    const found = await this.known(name);
    if (found?.builder) return found;
    const reason = found ? `${name} does not go into batches.` : `There is no operation ${name}.`;
    throw new CommandError(`${reason}${didYouMean(name, await this.names())}`);
  }
}
