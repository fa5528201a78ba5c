import type { SentAction } from './meraki-batch.ts';

type Members = Readonly<Record<string, unknown>>;

/** What an organization has, by path; actions change it. */
export class Resources {
  readonly #byPath = new Map<string, Members>();
  readonly #nextId: () => string;

  constructor(nextId: () => string) {
    this.#nextId = nextId;
  }

  put(path: string, members: Members): void {
    this.#byPath.set(path, members);
  }

  remove(path: string): void {
    this.#byPath.delete(path);
  }

  get(path: string): Members | undefined {
    return this.#byPath.get(path);
  }

  /** Networks with a made-up id exist once they were created. */
  missing({ resource }: SentAction): string | undefined {
    const network = /^\/networks\/L_\d+/.exec(resource)?.[0];
    return network && !this.#byPath.has(network) ? `${network} does not exist` : undefined;
  }

  /** Gives what the action has created. */
  apply({ operation, resource, body = {} }: SentAction): { id: string; uri: string }[] {
    switch (operation) {
      case 'create': {
        const id = String(body['id'] ?? this.#nextId());
        const isNetwork = /^\/organizations\/[^/]+\/networks$/.test(resource);
        const uri = isNetwork ? `/networks/${id}` : `${resource}/${id}`;
        this.#byPath.set(uri, { ...body, id });
        return [{ id, uri }];
      }
      case 'update':
        this.#byPath.set(resource, { ...this.#byPath.get(resource), ...body });
        return [];
      case 'destroy':
        this.#byPath.delete(resource);
        return [];
      default:
        return [];
    }
  }
}
