import { action } from '../../../../templates/runtime/batch/action/action.ts';
import type { AnyAction } from '../../../../templates/runtime/batch/action/types.ts';
import type { Random } from '../../../simulators/random.ts';
import { type RewritingDialect, shapes } from '../../../simulators/rewriting/server.ts';
import type { Habits, Members, RewritingStore } from '../../../simulators/rewriting/store.ts';
import { change, post, remove } from '../requests/fixtures.ts';

interface Setting {
  readonly dialect: RewritingDialect;
  readonly habits: Habits;
  readonly count: number;
}

/** Random actions on a stock of resources, which it puts there. */
export function rewritingLoad(
  { dialect, habits, count }: Setting,
  store: RewritingStore,
  random: Random,
): readonly AnyAction[] {
  const { collection, key } = shapes[dialect];
  const make = new Actions(dialect, habits, random);
  const stock = Array.from({ length: Math.ceil(count / 3) }, (_, n) => {
    const id = `thing-${String(n).padStart(8, '0')}`;
    const limits = { up: n, down: n + 1, window: { from: n % 7, to: 20 } };
    const name = key === 'name' ? id : `Thing ${n}`;
    const all = { [key]: id, name, tags: ['a', `t${n}`], mac: macOf(n), size: 1_000 + n, limits };
    store.seed(`${collection}/${id}`, { ...all, note: n % 2 ? 'x' : null, secret: `s${n}` });
    return id;
  });
  const gone = new Set<string>();
  return Array.from({ length: count }).flatMap((_, n): readonly AnyAction[] => {
    const dice = random();
    const id = stock[Math.floor(random() * stock.length)]!;
    if (dice < 0.1) return [make.create(`new-${String(n).padStart(8, '0')}`)];
    if (gone.has(id)) return [];
    if (dice >= 0.2) return [make.change(id)];
    const destroy = make.destroy(id);
    // Some of what is destroyed is made again under its name.
    if (!isNamedByServer(dialect) && dice < 0.15) return [destroy, make.create(id)];
    gone.add(id);
    return [destroy];
  });
}

/** Whether what is created gets its name from the server. */
export function isNamedByServer(dialect: RewritingDialect): boolean {
  return dialect === 'graph' || dialect === 'journyx';
}

class Actions {
  readonly #dialect: RewritingDialect;
  readonly #habits: Habits;
  readonly #random: Random;

  constructor(dialect: RewritingDialect, habits: Habits, random: Random) {
    this.#dialect = dialect;
    this.#habits = habits;
    this.#random = random;
  }

  change(id: string): AnyAction {
    const { collection, key, changes } = shapes[this.#dialect];
    const path = `${collection}/${id}`;
    const body = this.#wrapped({ ...this.#body(), ...(key === 'name' && { name: id }) });
    return this.#dialect === 'meraki'
      ? action('update', { resource: path, operation: 'update', body })
      : change(changes, path, body);
  }

  create(id: string): AnyAction {
    const { collection, key } = shapes[this.#dialect];
    const isNamed = isNamedByServer(this.#dialect);
    const body = this.#wrapped({ ...this.#body(), ...(!isNamed && { [key]: id }) });
    return this.#dialect === 'meraki'
      ? action('create', { resource: collection, operation: 'create', body })
      : post(collection, body, isNamed ? undefined : `${collection}/${id}`);
  }

  destroy(id: string): AnyAction {
    const path = `${shapes[this.#dialect].collection}/${id}`;
    return this.#dialect === 'meraki'
      ? action('destroy', { resource: path, operation: 'destroy' })
      : remove(path);
  }

  #wrapped(body: Members): Members {
    const { wrapper } = shapes[this.#dialect];
    return wrapper === undefined ? body : { [wrapper]: body };
  }

  /** Some members, in forms that the server makes others of. */
  #body(): Members {
    const word = `${this.#pick(['Guest', 'VOICE lan', 'lab  2', 'ÄRGER'])} ${this.#below(1_000)}`;
    const all: Members = {
      name: word,
      tags: [this.#pick(['B', 'a']), this.#pick(['x', 'C']), 'x'],
      mac: this.#pick(['02AA.BB00.11CC', '02-AA-BB-00-22-DD', '02:aa:BB:00:33:EE']),
      note: this.#pick(['', 'hello', null]),
      size: 1_000 + this.#below(100),
      limits: this.#pick<Members>([
        { up: 1_000 + this.#below(9) },
        { down: 5 + this.#below(9), window: { to: 23 } },
        { window: { from: this.#below(24) } },
      ]),
      ...(this.#habits.masks && { secret: `new ${this.#below(100)}` }),
    };
    const names = Object.keys(all).filter(
      (name) => (name !== 'name' || shapes[this.#dialect].key !== 'name') && this.#random() < 0.4,
    );
    return Object.fromEntries(['note', ...names].map((name) => [name, all[name]]));
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.#below(list.length)]!;
  }

  #below(most: number): number {
    return Math.floor(this.#random() * most);
  }
}

function macOf(n: number): string {
  const hex = n.toString(16).padStart(4, '0');
  return `02:00:00:00:${hex.slice(-4, -2)}:${hex.slice(-2)}`;
}
