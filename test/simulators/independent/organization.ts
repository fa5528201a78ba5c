import { History } from './history.ts';
import { identityOf, type Ledger, type Party } from './ledger.ts';

export type Members = Readonly<Record<string, unknown>>;

/** An action as it comes over the wire. */
export interface WireAction {
  readonly resource: string;
  readonly operation: string;
  readonly body?: Members | undefined;
}

export interface Created {
  readonly id: string;
  /** Without the base path. */
  readonly uri: string;
}

/** The server's words about why it does not do something. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

interface Kind {
  /** Where it is listed and created; absent where it always exists. */
  readonly collection?: RegExp;
  readonly item: RegExp;
  /** Path of an item of a collection. */
  readonly place?: (collection: string, id: string) => string;
  /** The member that holds the id. */
  readonly key: string;
  /** How the server makes ids; by default the body brings them. */
  readonly ids?: 'network' | 'small';
  /** A member that must differ among the items of a collection, and what the server calls it. */
  readonly unique?: readonly [member: string, shown: string];
  /** What is listed below an item. */
  readonly below?: readonly string[];
}

const under = (collection: string, id: string): string => `${collection}/${id}`;

const kinds: readonly Kind[] = [
  {
    collection: /^\/organizations\/[^/]+\/networks$/,
    item: /^\/networks\/[^/]+$/,
    place: (_, id) => `/networks/${id}`,
    key: 'id',
    ids: 'network',
    unique: ['name', 'Name'],
    below: ['/appliance/vlans', '/groupPolicies'],
  },
  {
    collection: /^\/networks\/[^/]+\/appliance\/vlans$/,
    item: /^\/networks\/[^/]+\/appliance\/vlans\/[^/]+$/,
    place: under,
    key: 'id',
    unique: ['id', 'Vlan'],
  },
  {
    collection: /^\/networks\/[^/]+\/groupPolicies$/,
    item: /^\/networks\/[^/]+\/groupPolicies\/[^/]+$/,
    place: under,
    key: 'groupPolicyId',
    ids: 'small',
    unique: ['name', 'Name'],
  },
  { item: /^\/devices\/[^/]+$/, key: 'serial' },
  { item: /^\/devices\/[^/]+\/switch\/ports\/[^/]+$/, key: 'portId' },
];

const root: Members = {};

/** What an action would change. */
interface Step {
  readonly action: WireAction;
  readonly changes: readonly (readonly [path: string, value: Members | undefined])[];
  readonly created: Created | undefined;
}

/** Changes that are not yet made, on top of what is. */
type Staged = Map<string, Members | undefined>;

/** Networks, VLANs, group policies, devices and switch ports, as an organization holds them. */
export class Organization {
  readonly #id: string;
  readonly #ledger: Ledger;
  readonly #state = new Map<string, History<Members | undefined>>();
  /** Paths of items, by the path of their collection. */
  readonly #lists = new Map<string, Set<string>>();
  #serial = 0;

  constructor(id: string, ledger: Ledger) {
    this.#id = id;
    this.#ledger = ledger;
  }

  /** Puts something there before anything happens. */
  seed(path: string, members: Members): void {
    this.#set(path, -Infinity, members);
  }

  /** What a path shows at a time: an item, a list of items, or nothing. */
  read(path: string, time: number): Members | readonly Members[] | undefined {
    const collection = kindOf(path, 'collection');
    if (!collection) return this.#item(path, time);
    if (!this.#parent(path, time)) return undefined;
    const items = [...(this.#lists.get(path) ?? [])];
    return items.flatMap((item): readonly Members[] => {
      const found = this.#item(item, time);
      return found ? [found] : [];
    });
  }

  /**
   * Checks what a server checks before it takes a batch: the verb, the resource, and its target.
   *
   * @throws Refusal where an action cannot be part of a batch.
   */
  check({ operation, resource }: WireAction): void {
    const path = trim(resource);
    const isCreation = operation === 'create';
    const kind = kindOf(path, isCreation ? 'collection' : 'item');
    const isKnown = isCreation || operation === 'update' || operation === 'destroy';
    if (!kind || !isKnown || (operation === 'destroy' && !kind.collection))
      throw new Refusal(`${operation} operation is unsupported for ${path}.`);
    const target = isCreation ? this.#parent(path, Infinity) : this.#item(path, Infinity);
    if (!target) throw new Refusal(`Error occurred while validating ${path}: not found`);
  }

  /**
   * Executes actions in their order. Where one fails, the first `keeps(place of the failure)` stay applied
   * and the rest is undone; with `goesOn` all the others are executed and stay. Gives what was created, and the failure.
   */
  execute(
    actions: readonly WireAction[],
    now: number,
    party: Party,
    keeps: (failed: number) => number,
    goesOn = false,
  ): { readonly created: readonly Created[]; readonly error: string | undefined } {
    const staged: Staged = new Map();
    const steps: Step[] = [];
    let error: string | undefined;
    for (const action of actions) {
      try {
        const step = this.#step(action, staged);
        for (const [path, value] of step.changes) staged.set(path, value);
        steps.push(step);
      } catch (refusal) {
        if (!(refusal instanceof Refusal)) throw refusal;
        error ??= inWords(action, refusal.message);
        if (!goesOn) break;
      }
    }
    const kept = error === undefined || goesOn ? steps : steps.slice(0, keeps(steps.length));
    for (const { action, changes, created } of kept) {
      for (const [path, value] of changes) this.#set(path, now, value);
      this.#ledger.note(party, identityOf(action), trim(action.resource), created);
    }
    return { created: kept.flatMap(({ created }) => created ?? []), error };
  }

  #step(action: WireAction, staged: Staged): Step {
    const { operation, body = {} } = action;
    const path = trim(action.resource);
    validate(body);
    const current = (at: string): Members | undefined =>
      staged.has(at) ? staged.get(at) : this.#item(at, Infinity);
    switch (operation) {
      case 'create': {
        const kind = kindOf(path, 'collection')!;
        const id = this.#newId(kind, path, body);
        const uri = kind.place!(path, id);
        this.#checkUnique(kind, path, uri, body, current, staged);
        const members = { ...body, [kind.key]: body[kind.key] ?? id };
        return { action, changes: [[uri, members]], created: { id, uri } };
      }
      case 'update': {
        const known = current(path);
        if (!known) throw new Refusal('Not found');
        return { action, changes: [[path, { ...known, ...body }]], created: undefined };
      }
      default: {
        if (!current(path)) throw new Refusal('Not found');
        const { below = [] } = kindOf(path, 'item')!;
        const inside = below.flatMap((tail) => [...(this.#lists.get(path + tail) ?? [])]);
        const changes = [path, ...inside].map((at) => [at, undefined] as const);
        return { action, changes, created: undefined };
      }
    }
  }

  #newId({ ids, key }: Kind, path: string, body: Members): string {
    this.#serial += 1;
    const source = ids ?? 'body';
    switch (source) {
      case 'network':
        return `L_${(643_451_796_760_000_000n + BigInt(this.#serial)).toString()}`;
      case 'small':
        return String(100 + this.#serial);
      case 'body': {
        const id = body[key];
        if (typeof id !== 'string' && typeof id !== 'number')
          throw new Refusal(`'${key}' is required for ${path}`);
        return String(id);
      }
    }
  }

  #checkUnique(
    { unique }: Kind,
    collection: string,
    uri: string,
    body: Members,
    current: (path: string) => Members | undefined,
    staged: Staged,
  ): void {
    const taken = (shown: string): Refusal =>
      new Refusal(`Validation failed: ${shown} has already been taken`);
    if (current(uri)) throw taken(unique?.[1] ?? 'Id');
    const [member = '', shown = ''] = unique ?? [];
    if (member === 'id' || typeof body[member] !== 'string') return;
    const names = this.#names(collection, member);
    if (names.has(body[member])) throw taken(shown);
    for (const [path, value] of staged) {
      if (value?.[member] === body[member] && isIn(collection, path)) throw taken(shown);
    }
  }

  /** Names that the items of a collection have. */
  #names(collection: string, member: string): ReadonlySet<unknown> {
    const items = [...(this.#lists.get(collection) ?? [])];
    return new Set(items.map((path) => this.#item(path, Infinity)?.[member]));
  }

  #parent(collection: string, time: number): Members | undefined {
    if (collection === `/organizations/${this.#id}/networks`) return root;
    const network = /^\/networks\/[^/]+/.exec(collection)?.[0];
    return network === undefined ? undefined : this.#item(network, time);
  }

  #item(path: string, time: number): Members | undefined {
    const history = this.#state.get(path);
    const [, serial, portId] = /^(\/devices\/[^/]+)\/switch\/ports\/(\d+)$/.exec(path) ?? [];
    const isPort = serial !== undefined && Number(portId) >= 1 && Number(portId) <= 48;
    const known = time === Infinity ? history?.last : history?.at(time);
    if (known ?? !isPort) return known;
    // A switch has its ports from the beginning.
    return (
      this.#item(serial, time) && { portId, name: null, enabled: true, type: 'access', vlan: 1 }
    );
  }

  #set(path: string, now: number, value: Members | undefined): void {
    const history = this.#state.get(path) ?? new History<Members | undefined>();
    this.#state.set(path, history);
    history.set(now, value);
    const collection = this.#collectionOf(path);
    if (collection === undefined) return;
    const list = this.#lists.get(collection) ?? new Set();
    this.#lists.set(collection, list.add(path));
  }

  #collectionOf(path: string): string | undefined {
    if (/^\/networks\/[^/]+$/.test(path)) return `/organizations/${this.#id}/networks`;
    return kindOf(path, 'item')?.collection && path.slice(0, path.lastIndexOf('/'));
  }
}

/** A path without a slash at its end. */
export function trim(path: string): string {
  return path.replace(/\/$/, '');
}

function kindOf(path: string, role: 'collection' | 'item'): Kind | undefined {
  return kinds.find((kind) => kind[role]?.test(path));
}

function isIn(collection: string, path: string): boolean {
  return collection.startsWith('/organizations')
    ? /^\/networks\/[^/]+$/.test(path)
    : path.startsWith(`${collection}/`);
}

function validate({ vlan }: Members): void {
  if (typeof vlan === 'number' && (vlan < 1 || vlan > 4094))
    throw new Refusal('Validation failed: Vlan must be between 1 and 4094');
}

/** As the vendor shows it, with a slash at the end of the resource. */
function inWords({ operation, resource, body = {} }: WireAction, reason: string): string {
  const shown = `${trim(resource)}/`;
  return `Error occurred while executing ${operation} ${shown} with ${JSON.stringify(body)}: ${reason}`;
}
