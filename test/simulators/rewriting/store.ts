/** What a server keeps of a resource, and shows of it. */
export type Members = Readonly<Record<string, unknown>>;

/** What a server does with what it is sent, besides to keep it. */
export interface Habits {
  /** A PUT sets what it does not send to its default. */
  readonly replaces?: boolean;
  /** An object that is sent replaces the one that is there. */
  readonly replacesInner?: boolean;
  /** Milliseconds for which reads show what was there before. */
  readonly lag?: number;
  /** Secrets are shown, as asterisks. */
  readonly masks?: boolean;
  /** Numbers are shown as texts. */
  readonly showsTexts?: boolean;
}

/** A change that was refused. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const defaults: Members = {
  name: null,
  tags: [],
  mac: null,
  note: null,
  size: 1_500,
  limits: { up: 0, down: 0, window: { from: 8, to: 17 } },
};

export const memberNames: readonly string[] = Object.keys(defaults);

interface Stale {
  readonly until: number;
  readonly shown: Members | undefined;
}

/**
 * Resources of a server that makes of what it is sent what it likes: names in lower case, sets sorted, MAC
 * addresses with colons, nothing for an empty text, defaults for what is missing. Written without a look at
 * what reads it.
 */
export class RewritingStore {
  readonly #habits: Habits;
  readonly #now: () => number;
  #all = new Map<string, Members>();
  readonly #stale = new Map<string, Stale>();
  #serial = 0;

  constructor(habits: Habits, now: () => number) {
    this.#habits = habits;
    this.#now = now;
  }

  /** What is there. */
  get all(): ReadonlyMap<string, Members> {
    return this.#all;
  }

  /** Puts something there, as if it had always been. */
  seed(path: string, members: Members): void {
    this.#all.set(path, this.#rewritten(filled(members, defaults)));
  }

  /** Carries out all of it or, if something is refused, nothing. */
  together<T>(act: () => T): T {
    const before = new Map(this.#all);
    try {
      return act();
    } catch (error) {
      this.#all = before;
      throw error;
    }
  }

  /** What a read shows. */
  read(path: string): Members | undefined {
    const stale = this.#stale.get(path);
    return stale && this.#now() < stale.until ? stale.shown : this.#shown(path);
  }

  list(collection: string): readonly Members[] {
    const paths = new Set([...this.#all.keys(), ...this.#stale.keys()]);
    return [...paths].flatMap((path): readonly Members[] => {
      const shown = path.slice(0, path.lastIndexOf('/')) === collection && this.read(path);
      return shown ? [shown] : [];
    });
  }

  /** Makes a resource; one that does not say its `id` gets one. Gives its path. */
  create(collection: string, body: Members, key: string): string {
    check(body, key);
    const id = String(body[key] ?? `x${(this.#serial += 7)}`.padEnd(14, 'k'));
    const path = `${collection}/${id}`;
    if (this.#all.has(path)) throw new Refused(409, 'exists');
    this.#set(path, this.#rewritten({ ...filled(body, defaults), [key]: id }));
    return path;
  }

  update(path: string, body: Members, key: string, isPut: boolean): void {
    check(body, key);
    const old = this.#all.get(path);
    if (!old) throw new Refused(404, 'not found');
    const { replaces = false, replacesInner = false } = this.#habits;
    const next =
      replaces && isPut
        ? { ...body, secret: body['secret'] ?? old['secret'] }
        : merged(old, body, replacesInner);
    this.#set(path, this.#rewritten({ ...filled(next, defaults), [key]: old[key] }));
  }

  destroy(path: string): void {
    if (!this.#all.has(path)) throw new Refused(404, 'not found');
    this.#set(path, undefined);
  }

  #set(path: string, members: Members | undefined): void {
    const { lag = 0 } = this.#habits;
    const until = this.#now() + lag;
    const known = this.#stale.get(path);
    const isStale = known !== undefined && this.#now() < known.until;
    if (lag > 0) this.#stale.set(path, { until, shown: isStale ? known.shown : this.#shown(path) });
    if (members) this.#all.set(path, members);
    else this.#all.delete(path);
  }

  #shown(path: string): Members | undefined {
    const members = this.#all.get(path);
    if (!members) return undefined;
    const { secret, ...rest } = members;
    const isMasked = this.#habits.masks === true && secret !== undefined;
    return { ...rest, ...(isMasked && { secret: '********' }) };
  }

  #rewritten(members: Members): Members {
    const { name, tags, mac, note, size } = members;
    return {
      ...members,
      name: typeof name === 'string' ? name.trim().replaceAll(/\s+/g, ' ').toLowerCase() : name,
      tags: [...new Set((tags as readonly string[]).map((tag) => tag.toLowerCase()))].toSorted(),
      mac: typeof mac === 'string' ? withColons(mac) : mac,
      note: note === '' ? null : note,
      size: this.#habits.showsTexts ? String(size) : size,
    };
  }
}

function check(body: Members, key: string): void {
  for (const [name, value] of Object.entries(body)) {
    if (name !== key && name !== 'secret' && !memberNames.includes(name)) {
      throw new Refused(400, `${name} is not a member that can be set`);
    }
    if (name === 'size' && typeof value !== 'number') throw new Refused(400, 'size is a number');
    if (value === '********') throw new Refused(400, `${name} is a mask`);
  }
}

function withColons(mac: string): string {
  return mac
    .toLowerCase()
    .replaceAll(/[^\da-f]/g, '')
    .replaceAll(/..(?=.)/g, '$&:');
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Members with the defaults of those that are missing, inside of objects as well. */
function filled(members: Members, others: Members): Members {
  const missing = Object.entries(others).map(([name, value]) => {
    const own = members[name];
    if (own === undefined) return [name, structuredClone(value)];
    return [name, isObject(own) && isObject(value) ? filled(own, value) : own];
  });
  return { ...members, ...Object.fromEntries(missing) };
}

function merged(old: Members, body: Members, replacesInner: boolean): Members {
  const changed = Object.entries(body).map(([name, value]) => {
    const own = old[name];
    const isInner = isObject(value) && isObject(own) && !replacesInner;
    return [name, isInner ? merged(own, value, false) : value];
  });
  return { ...old, ...Object.fromEntries(changed) };
}
