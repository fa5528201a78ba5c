import { Account } from './account.ts';
import type { Faults } from './mishaps.ts';
import { type Exchange, type Loopback, type Reply, serve } from './loopback.ts';

export interface AxapiOptions {
  readonly faults?: Faults;
  /** Whether an element that failed while errors are ignored is answered with 204, as published. */
  readonly quirk?: boolean;
  /** Called before each batch: for what others do to the configuration. */
  readonly before?: (device: AxapiDevice) => void;
}

export interface AxapiSimulator extends Loopback {
  readonly device: AxapiDevice;
}

/** A device of A10 with its batch endpoints, in memory. */
export async function startAxapi(options: AxapiOptions = {}): Promise<AxapiSimulator> {
  const device = new AxapiDevice(options.quirk ?? false);
  const answer = (exchange: Exchange): Reply => {
    if (exchange.url.pathname.startsWith('/axapi/v3/batch-')) options.before?.(device);
    return device.answer(exchange);
  };
  return Object.assign(await serve(answer, options.faults), { device });
}

type Element = Readonly<Record<string, unknown>>;

interface Kind {
  /** Below `/axapi/v3`. */
  readonly collection: RegExp;
  /** The member that holds an element. */
  readonly name: string;
  /** The members whose values, joined by `+`, end the URI of an element. */
  readonly key: readonly string[];
}

const kinds: readonly Kind[] = [
  { collection: /^\/interface\/ethernet$/, name: 'ethernet', key: ['ifnum'] },
  { collection: /^\/slb\/server$/, name: 'server', key: ['name'] },
  { collection: /^\/slb\/server\/[^/]+\/port$/, name: 'port', key: ['port-number', 'protocol'] },
  { collection: /^\/slb\/service-group$/, name: 'service-group', key: ['name'] },
  {
    collection: /^\/slb\/service-group\/[^/]+\/member$/,
    name: 'member',
    key: ['name', 'port'],
  },
  { collection: /^\/slb\/virtual-server$/, name: 'virtual-server', key: ['name'] },
  { collection: /^\/cgnv6\/nat\/pool$/, name: 'pool', key: ['pool-name'] },
  { collection: /^\/cgnv6\/nat\/pool-group$/, name: 'pool-group', key: ['pool-group-name'] },
  { collection: /^\/cgnv6\/lsn-lid$/, name: 'lsn-lid', key: ['lid-number'] },
];

const root = '/axapi/v3';

/** What an object of the API does with a request: it refuses it by throwing. */
class Refusal extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  get report(): object {
    const { status, code, message } = this;
    return { 'http-status': status, status: 'fail', err: { code, msg: message } };
  }
}

const wrong = (): Refusal => new Refusal(400, 1023524864, 'JSON message is wrong.');
const noSuch = (name: string): Refusal =>
  new Refusal(404, 1023460352, `Object specified does not exist (object: ${name})`);

export class AxapiDevice {
  readonly account: Account = new Account();
  /** Rises with each batch that changed something. */
  version = 1;
  readonly #quirk: boolean;
  readonly #elements = new Map<string, Element>();

  constructor(quirk: boolean) {
    this.#quirk = quirk;
    for (let ifnum = 1; ifnum <= 8; ifnum += 1) {
      this.#elements.set(`/interface/ethernet/${ifnum}`, { ifnum, mtu: 1500, action: 'disable' });
    }
  }

  /** What another administrator does. */
  change(uri: string, element: Element): void {
    this.#elements.set(uri, { ...this.#elements.get(uri), ...element });
    this.version += 1;
  }

  element(uri: string): Element | undefined {
    return this.#elements.get(uri);
  }

  answer({ method, url, headers, body }: Exchange): Reply {
    if (!headers['authorization']?.startsWith('A10 '))
      return { status: 401, body: { response: new Refusal(401, 1, 'No session').report } };
    try {
      switch (url.pathname) {
        case `${root}/batch-get`:
          return { status: 200, body: this.#batchGet(listIn(body, 'batch-get-list')) };
        case `${root}/batch-post`:
          return { status: 200, body: this.#batchPost(url.searchParams, body) };
        default: {
          const answer = this.#execute(method, url.pathname + url.search, body, []);
          return answer === undefined ? { status: 204 } : { status: 200, body: answer };
        }
      }
    } catch (error) {
      if (error instanceof Refusal)
        return { status: error.status, body: { response: error.report } };
      throw error;
    }
  }

  #batchGet(list: readonly unknown[]): object {
    const answers = list.map((item) => {
      const uri = textIn(item, 'uri');
      try {
        if (new URL(uri, 'http://127.0.0.1').pathname.endsWith('/schema')) throw wrong();
        return { uri, resp: this.#execute('GET', uri, undefined, []) ?? {} };
      } catch (error) {
        if (error instanceof Refusal) return { uri, resp: error.report };
        throw error;
      }
    });
    return { 'batch-get-list': answers };
  }

  #batchPost(query: URLSearchParams, body: unknown): object {
    const wanted = query.get('config-version') ?? 'none';
    if (wanted !== 'none' && wanted !== String(this.version))
      throw new Refusal(400, 1023508480, 'Config version does not match current version.');
    const list = listIn(body, 'batch-post-list');
    const ignore = query.get('ignore-errors') === 'true';
    const undo: (() => void)[] = [];
    const answers = list.map((item) => {
      const uri = textIn(item, 'uri');
      const method = textIn(item, 'method');
      try {
        if (!/^(?:post|put|delete)$/.test(method)) throw wrong();
        const answer = this.#execute(method.toUpperCase(), uri, memberIn(item, 'payload'), undo);
        const removed = { 'http-status': 200, Status: 'OK', msg: 'Object deleted.' };
        return { uri, resp: method === 'delete' ? removed : answer };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (!ignore) {
          for (const step of undo.toReversed()) step();
          throw error;
        }
        const nothing = { 'http-status': 204, status: 'OK', msg: 'No content.' };
        return { uri, resp: this.#quirk && method === 'post' ? nothing : error.report };
      }
    });
    if (undo.length > 0) this.version += 1;
    return { 'batch-post-list': answers };
  }

  /** One request. `undo` collects what takes it back. */
  #execute(method: string, uri: string, payload: unknown, undo: (() => void)[]): unknown {
    const { pathname, searchParams } = new URL(uri, 'http://127.0.0.1');
    if (!pathname.startsWith(`${root}/`)) throw noSuch('uri');
    const path = decodeURIComponent(pathname.slice(root.length));
    const collection = kinds.find((kind) => kind.collection.test(path));
    if (collection) {
      if (method === 'GET') return this.#list(path, collection, searchParams);
      if (method === 'POST') return this.#createAll(path, collection, payload, undo);
      if (method === 'DELETE') return this.#clear(path, undo);
      throw new Refusal(405, 1023459332, 'Method is not allowed.');
    }
    const [, element = '', view] = /^(.*?)(?:\/(oper|stats))?$/.exec(path) ?? [];
    const above = element.slice(0, element.lastIndexOf('/'));
    const kind = kinds.find((one) => one.collection.test(above));
    const found = this.#elements.get(element);
    if (!kind) throw noSuch('uri');
    if (!found) throw noSuch(kind.name);
    switch (method) {
      case 'GET':
        return { [kind.name]: view ? { [view]: {} } : found };
      case 'POST':
        return this.#set(element, kind, { ...found, ...partIn(payload, kind) }, payload, undo);
      case 'PUT':
        return this.#set(element, kind, partIn(payload, kind), payload, undo);
      case 'DELETE':
        this.#put(element, undefined, `delete ${element}`, undo);
        return { response: { 'http-status': 200, status: 'OK', msg: 'Object deleted.' } };
      default:
        throw new Refusal(405, 1023459332, 'Method is not allowed.');
    }
  }

  #list(path: string, { name }: Kind, query: URLSearchParams): unknown {
    const strange = [...query.keys()].find((key) => !['start', 'count', 'total'].includes(key));
    if (strange !== undefined) throw new Refusal(400, 1023443968, `Unknown filter: ${strange}`);
    const found = [...this.#elements]
      .filter(([uri]) => uri.slice(0, uri.lastIndexOf('/')) === path)
      .map(([, one]) => one);
    if (query.get('total') === 'true') return { 'total-count': found.length };
    const start = Number(query.get('start') ?? 0);
    const page = found.slice(start, start + Number(query.get('count') ?? found.length));
    return page.length === 0 ? undefined : { [`${name}-list`]: page };
  }

  #clear(path: string, undo: (() => void)[]): unknown {
    for (const uri of this.#elements.keys()) {
      if (uri.startsWith(`${path}/`)) this.#put(uri, undefined, `delete ${uri}`, undo);
    }
    return { response: { 'http-status': 200, status: 'OK', msg: 'Success' } };
  }

  /** One element, or a list of them. */
  #createAll(path: string, kind: Kind, payload: unknown, undo: (() => void)[]): unknown {
    const many = `${kind.name}-list`;
    if (memberIn(payload, many) === undefined) return this.#create(path, kind, payload, undo);
    const made = listIn(payload, many).map((one) =>
      memberIn(this.#create(path, kind, { [kind.name]: one }, undo), kind.name),
    );
    return { [many]: made };
  }

  #create(path: string, kind: Kind, payload: unknown, undo: (() => void)[]): unknown {
    const element = partIn(payload, kind);
    const missing = kind.key.find((member) => element[member] === undefined);
    if (missing !== undefined) throw wrong();
    const uri = `${path}/${kind.key.map((member) => element[member]).join('+')}`;
    if (this.#elements.has(uri))
      throw new Refusal(409, 1023443970, `Object already exists (object: ${kind.name})`);
    return this.#set(uri, kind, element, payload, undo);
  }

  #set(uri: string, kind: Kind, element: Element, payload: unknown, undo: (() => void)[]): unknown {
    for (const member of listIn(element, 'member-list', [])) {
      if (!this.#elements.has(`/slb/server/${textIn(member, 'name')}`)) throw noSuch('server');
    }
    this.#put(uri, element, markIn(payload, kind) ?? `set ${uri}`, undo);
    return { [kind.name]: { ...element, 'a10-url': root + uri } };
  }

  #put(uri: string, element: Element | undefined, mark: string, undo: (() => void)[]): void {
    const before = this.#elements.get(uri);
    this.#store(uri, element);
    this.account.made(mark);
    undo.push(() => {
      this.#store(uri, before);
      this.account.undone(mark);
    });
  }

  #store(uri: string, element: Element | undefined): void {
    if (element) this.#elements.set(uri, element);
    else this.#elements.delete(uri);
  }
}

/** Tests mark a change by a tag of its own. */
function markIn(payload: unknown, kind: Kind): string | undefined {
  const tag = partIn(payload, kind)['user-tag'];
  return typeof tag === 'string' ? tag : undefined;
}

function memberIn(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function partIn(payload: unknown, { name }: Kind): Element {
  const part = memberIn(payload, name);
  if (typeof part !== 'object' || part === null) throw wrong();
  return part as Element;
}

function textIn(value: unknown, name: string): string {
  const text = memberIn(value, name);
  if (typeof text !== 'string') throw wrong();
  return text;
}

function listIn(value: unknown, name: string, fallback?: readonly unknown[]): readonly unknown[] {
  const list = memberIn(value, name) ?? fallback;
  if (!Array.isArray(list)) throw wrong();
  return list;
}
