import type { SentAction } from './meraki-batch.ts';

type Members = Readonly<Record<string, unknown>>;

/** What an organization has, by path; actions change it. */
export class Resources {
  readonly #byPath = new Map<string, Members>();
  /** Paths by the path above them. */
  readonly #below = new Map<string, Set<string>>();
  readonly #nextId: () => string;

  constructor(nextId: () => string) {
    this.#nextId = nextId;
  }

  put(path: string, members: Members): void {
    this.#byPath.set(path, members);
    const above = aboveOf(path);
    const siblings = this.#below.get(above) ?? new Set();
    this.#below.set(above, siblings.add(path));
  }

  remove(path: string): void {
    this.#byPath.delete(path);
    this.#below.get(aboveOf(path))?.delete(path);
  }

  /** What lies directly below a path. */
  list(path: string): readonly Members[] | undefined {
    const paths = this.#below.get(path);
    return paths && [...paths].map((one) => this.#byPath.get(one)!);
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
        this.put(uri, { ...body, id });
        return [{ id, uri }];
      }
      case 'update':
        this.put(resource, { ...this.#byPath.get(resource), ...body });
        return [];
      case 'destroy':
        this.remove(resource);
        return [];
      case 'bind':
      case 'unbind': {
        const path = aboveOfVerb(resource);
        const configTemplateId = body['configTemplateId'] ?? null;
        this.put(path, { ...this.#byPath.get(path), configTemplateId });
        return [];
      }
      default:
        return [];
    }
  }
}

/** `/networks/N_1/bind` is about the network. */
function aboveOfVerb(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}

/** Networks are listed in their organization. */
function aboveOf(path: string): string {
  const above = path.slice(0, path.lastIndexOf('/'));
  return above === '/networks' ? '/organizations/1/networks' : above;
}
