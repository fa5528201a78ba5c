import type { Account, Created, Members, SentAction } from './account.js';
import { type Answer, json, refuse } from './answer.js';

interface Batch {
  readonly id: string;
  readonly actions: readonly SentAction[];
  synchronous: boolean;
  confirmed: boolean;
  completed: boolean;
  errors: readonly string[];
  created: readonly Created[];
}

/** How batches are executed. */
export interface BatchManner {
  /** Milliseconds that a batch takes. */
  readonly batchMs: number;
  /** An action whose JSON holds this text fails when it is executed. */
  readonly fail?: string | undefined;
  /** Hears of each action that took effect. */
  readonly applied: (action: SentAction, batch: string) => void;
}

const MOST = { synchronous: 20, asynchronous: 100, running: 5 };

/** The action batches of an organization: drafts, confirmed, executed as a whole or not at all. */
export class ActionBatches {
  readonly #account: Account;
  readonly #manner: BatchManner;
  readonly #all = new Map<string, Batch>();
  #running = 0;
  #serial = 0;

  constructor(account: Account, manner: BatchManner) {
    this.#account = account;
    this.#manner = manner;
  }

  /** Answers a request to a batch, or one that makes it. */
  answer(method: string, id: string | undefined, body: unknown): Answer | Promise<Answer> {
    if (id === undefined)
      return method === 'POST' ? this.#create(body) : refuse(405, 'Method not allowed');
    const batch = this.#all.get(id);
    if (!batch) return refuse(404, 'Not found');
    switch (method) {
      case 'GET':
        return json(200, shown(batch));
      case 'PUT':
        return this.#update(batch, body);
      case 'DELETE':
        if (batch.confirmed) return refuse(400, 'A confirmed batch cannot be deleted');
        this.#all.delete(id);
        return { status: 204 };
      default:
        return refuse(405, 'Method not allowed');
    }
  }

  /** The batches that are in a state, or all of them. */
  list(status: string | null): readonly Members[] {
    const all = [...this.#all.values()].filter((batch) => {
      const isFailed = batch.errors.length > 0;
      if (status === 'pending') return !batch.completed && !isFailed;
      if (status === 'completed') return batch.completed;
      return status === 'failed' ? isFailed : true;
    });
    return all.map(shown);
  }

  #create(body: unknown): Answer | Promise<Answer> {
    const { actions, confirmed, synchronous } = membersOf(body);
    const list: readonly unknown[] = Array.isArray(actions) ? actions : [];
    const most = synchronous === true ? MOST.synchronous : MOST.asynchronous;
    if (list.length === 0) return refuse(400, "'actions' must be a list that is not empty");
    if (list.length > most)
      return refuse(400, `Maximum number of actions is ${most}, ${list.length} were given`);
    const sent = list.flatMap((each) => actionOf(each) ?? []);
    if (sent.length < list.length)
      return refuse(400, "An action needs a 'resource' and an 'operation'");
    const known = new Set<string>();
    const errors = sent.flatMap((action) => this.#account.refusal(action) ?? []);
    for (const error of errors) known.add(error);
    if (known.size > 0) return refuse(400, ...known);
    if (confirmed === true && this.#running >= MOST.running) return tooMany();
    this.#serial += 1;
    const batch: Batch = {
      id: String(643_451_796_760_550_000n + BigInt(this.#serial) * 7n),
      actions: sent,
      synchronous: synchronous === true,
      confirmed: false,
      completed: false,
      errors: [],
      created: [],
    };
    this.#all.set(batch.id, batch);
    return confirmed === true ? this.#confirm(batch, 201) : json(201, shown(batch));
  }

  #update(batch: Batch, body: unknown): Answer | Promise<Answer> {
    const { confirmed, synchronous } = membersOf(body);
    if (batch.confirmed) return refuse(400, 'This batch has already been confirmed');
    if (typeof synchronous === 'boolean') batch.synchronous = synchronous;
    if (confirmed !== true) return json(200, shown(batch));
    return this.#running >= MOST.running ? tooMany() : this.#confirm(batch, 200);
  }

  #confirm(batch: Batch, status: number): Answer | Promise<Answer> {
    batch.confirmed = true;
    this.#running += 1;
    const { batchMs } = this.#manner;
    const ended = new Promise<void>((resolve) => {
      setTimeout(
        () => {
          this.#running -= 1;
          this.#execute(batch);
          resolve();
        },
        batch.synchronous ? batchMs / 6 : batchMs,
      );
    });
    if (batch.synchronous) return ended.then(() => json(status, shown(batch)));
    return json(status, shown(batch));
  }

  #execute(batch: Batch): void {
    const undo: (() => void)[] = [];
    const created: Created[] = [];
    for (const action of batch.actions) {
      const reason = this.#reason(action);
      if (reason !== undefined) {
        for (let back = undo.pop(); back; back = undo.pop()) back();
        batch.errors = [inWords(action, reason)];
        return;
      }
      const done = this.#account.apply(action);
      undo.push(done.undo);
      created.push(...done.created);
    }
    batch.created = created;
    batch.completed = true;
    for (const action of batch.actions) this.#manner.applied(action, batch.id);
  }

  #reason(action: SentAction): string | undefined {
    const { fail } = this.#manner;
    if (fail !== undefined && JSON.stringify(action).includes(fail))
      return `Validation failed: it has "${fail}"`;
    return this.#account.refusal(action) === undefined ? undefined : 'Not found';
  }
}

function shown(batch: Batch): Members {
  const { id, confirmed, synchronous, completed, errors, created, actions } = batch;
  const status = { completed, failed: errors.length > 0, errors, createdResources: created };
  return { id, organizationId: '1', confirmed, synchronous, status, actions };
}

function tooMany(): Answer {
  return refuse(
    400,
    `Too many concurrently executing batches. Maximum is ${MOST.running} confirmed but not yet executed batches.`,
  );
}

function inWords({ operation, resource, body = {} }: SentAction, reason: string): string {
  return `Error occurred while executing ${operation} ${resource}/ with ${JSON.stringify(body)}: ${reason}`;
}

function actionOf(value: unknown): SentAction | undefined {
  const { resource, operation, body } = membersOf(value);
  if (typeof resource !== 'string' || typeof operation !== 'string') return undefined;
  const path = resource.replace(/\/$/, '');
  return { resource: path, operation, ...(body !== undefined && { body: membersOf(body) }) };
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
