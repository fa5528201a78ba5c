import type { Diagnostics } from '../diagnostics/diagnostics.ts';
import { pointer } from '../json/pointer.ts';
import type { Operation } from '../ir/ir.ts';
import { listOf, objectOf, own, textOf } from '../json/narrow.ts';
import { merakiEffects } from './meraki-effects.ts';
import type { Bound, Dialect, LeftOut } from './dialect.ts';
import { draftDialect } from './draft.ts';
import type { PathPart } from '../ir/param.ts';

const batches = '/organizations/{organizationId}/actionBatches';
const batch = `${batches}/{batch}`;
const perSecond = 10;

/** Action batches of the Meraki Dashboard API. */
export const meraki: Dialect = draftDialect({
  name: 'meraki',
  batches: {
    limits: {
      actions: { sync: 20, async: 100 },
      // Not documented; proxies in front of such servers commonly stop at a mebibyte.
      bytes: 1_000_000,
      concurrent: 5,
      perSecond,
      // The server allows 10 more in the first second. The rest is left to other applications.
      burst: 5,
    },
    expected: { sync: 5_000, async: 30_000 },
    references: { verbs: ['create'], fields: ['id', 'uri'] },
    // Draft, confirm, look at the result, and a share of the polling.
    requests: 4,
    calls: {
      create: {
        id: 'createOrganizationActionBatch',
        method: 'POST',
        path: batches,
        body: { confirmed: false },
      },
      confirm: {
        id: 'updateOrganizationActionBatch',
        method: 'PUT',
        path: batch,
        body: { confirmed: true },
      },
      discard: { id: 'deleteOrganizationActionBatch', method: 'DELETE', path: batch },
      read: { id: 'getOrganizationActionBatch', method: 'GET', path: batch },
      list: {
        id: 'getOrganizationActionBatches',
        method: 'GET',
        path: batches,
        query: [['status', 'pending']],
      },
      history: { id: 'getOrganizationActionBatches', method: 'GET', path: batches },
    },
    envelope: { actions: 'actions', synchronous: 'synchronous', callback: 'callback' },
    record: {
      id: ['id'],
      confirmed: ['confirmed'],
      completed: ['status', 'completed'],
      failed: ['status', 'failed'],
      errors: ['status', 'errors'],
      created: ['status', 'createdResources'],
      actions: ['actions'],
    },
    hook: {
      secret: ['sharedSecret'],
      batch: ['message'],
      completed: ['message', 'results', 'actionsCompleted'],
      failed: ['message', 'results', 'actionsFailed'],
    },
    atomicity: 'doubtful',
    // The vendor documents no words; "already been confirmed" is none of them.
    busy: {
      always: [409, 429],
      status: 400,
      text: /\bbatch(?:es)?\b.*\b(?:in progress|concurrent|concurrently|running)\b|\b(?:concurrent|concurrently|executing|running|pending|in progress|too many)\b.*\bbatch/i,
    },
    failure: /^Error occurred while executing (?<operation>\S+) (?<resource>\S+) with /,
    // An old page of the documentation promised execution within ten minutes.
    timeout: 600_000,
  },
  addressRate: 100,
  queryStyle: 'brackets',
  pagination: {
    getNetworkEvents: { direction: 'prev' },
    getOrganizationConfigurationChanges: { direction: 'prev' },
    getOrganizationClientsSearch: { items: ['records'] },
  },
  effects: merakiEffects,
  client: {
    credential: { option: 'apiKey', scheme: 'bearer' },
    allowedHosts: ['meraki.com', 'meraki.ca', 'meraki.cn', 'meraki.in', 'gov-meraki.com'],
    rateLimit: { perSecond, key: '^\\/organizations\\/[^/]+' },
    userAgent: true,
  },
  bindsApart: true,
  recognizes: (document) => Array.isArray(own(document, 'x-batchable-actions')),
  bind(api, document, options, diagnostics) {
    const live = api.groups.flatMap((group) => group.operations);
    const index = indexOf([...live, ...(options.leftOut ?? [])]);
    const emitted = new Map<LeftOut, Operation>(live.map((each) => [each, each]));
    const found = new Map<Operation, Bound>();
    for (const [position, value] of listOf(own(document, 'x-batchable-actions')).entries()) {
      const entry = entryOf(value);
      const meant = resolve(entry, index, options.overrides ?? {}, diagnostics, position);
      const operation = meant && emitted.get(meant);
      if (operation && isConsistent(entry, operation, position, diagnostics))
        found.set(operation, {
          dialect: 'meraki',
          operation: entry.operation,
          resource: entry.resource,
          summary: entry.summary,
          creates: entry.operation === 'create',
        });
    }
    return found;
  },
  wire: (operation, binding, options) => [
    ['resource', options.resource === 'entry' ? { path: resourceOf(operation, binding) } : 'path'],
    ['operation', { literal: binding.operation ?? '' }],
    ['body', 'body'],
  ],
});

/**
 * The entry's own resource. Its parameters are those of the operation's path, in their order: the
 * names differ. Where it has more of them than the path has, it cannot be said what they are.
 */
function resourceOf(operation: Operation, { resource = '' }: Bound): readonly PathPart[] {
  const params = operation.path.filter((part) => typeof part !== 'string');
  const texts = resource.split(/\{[^{}]*\}/);
  if (texts.length - 1 > params.length) return operation.path;
  return texts
    .flatMap((text, index) => [text, ...params.slice(index, index + 1)])
    .slice(0, 2 * texts.length - 1);
}

interface Entry {
  readonly summary: string;
  readonly resource: string;
  readonly operation: string;
}

function entryOf(value: unknown): Entry {
  const entry = objectOf(value);
  return {
    summary: textOf(own(entry, 'summary')),
    resource: textOf(own(entry, 'resource')),
    operation: textOf(own(entry, 'operation')),
  };
}

interface Index {
  readonly byId: ReadonlyMap<string, LeftOut>;
  /** By method and path whose parameters have lost their names. */
  readonly byRoute: ReadonlyMap<string, readonly LeftOut[]>;
  readonly byText: ReadonlyMap<string, readonly LeftOut[]>;
}

function indexOf(operations: readonly LeftOut[]): Index {
  const byId = new Map<string, LeftOut>();
  const byRoute = new Map<string, LeftOut[]>();
  const byText = new Map<string, LeftOut[]>();
  const add = (map: Map<string, LeftOut[]>, key: string, operation: LeftOut): void => {
    const list = map.get(key);
    if (!list) map.set(key, [operation]);
    else if (!list.includes(operation)) list.push(operation);
  };
  for (const operation of operations) {
    if (operation.method === 'GET') continue;
    byId.set(operation.id, operation);
    add(byRoute, `${operation.method} ${blank(operation.route)}`, operation);
    for (const text of textsOf(operation)) add(byText, text, operation);
  }
  return { byId, byRoute, byText };
}

function textsOf(operation: LeftOut): readonly string[] {
  return [operation.doc.summary, operation.doc.description]
    .map(plain)
    .filter((text) => text !== '');
}

function plain(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ');
}

/** `/networks/{networkId}/` → `/networks/{}`: names of parameters differ between the list and the paths. */
function blank(route: string): string {
  return route.replaceAll(/\{[^{}]*\}/g, '{}').replace(/\/$/, '');
}

const methodOf: Readonly<Record<string, string>> = {
  create: 'POST',
  update: 'PUT',
  destroy: 'DELETE',
};

/**
 * Whether an entry's standard verb is what its operation does: a batch that calls a change a removal
 * would do something else than the operation says.
 */
function isConsistent(
  { operation: verb }: Entry,
  { id, method }: Operation,
  position: number,
  diagnostics: Diagnostics,
): boolean {
  const standard = Object.hasOwn(methodOf, verb) ? methodOf[verb] : undefined;
  if (standard === undefined || method === standard) return true;
  if (verb === 'update' && method === 'PATCH') return true;
  diagnostics.error(
    'batch/contradiction',
    `A batchable action calls \`${id}\` \`${verb}\`, but it is a ${method}, not a ${standard}.`,
    {
      pointer: pointer('x-batchable-actions', position),
      hint: 'Correct the entry, or leave it out by `overrides` in the configuration.',
    },
  );
  return false;
}

/**
 * The order matters: a standard verb on exactly one path is certain, unless the texts disagree;
 * then the text decides; and of several with the same text, the one whose path the resource names.
 * A verb of its own never decides by the path alone.
 */
function resolve(
  entry: Entry,
  index: Index,
  overrides: Readonly<Record<string, string | false>>,
  diagnostics: Diagnostics,
  position: number,
): LeftOut | undefined {
  const key = `${entry.operation} ${entry.resource}`;
  const override = Object.hasOwn(overrides, key) ? overrides[key] : undefined;
  if (override === false) return undefined;
  if (override !== undefined) {
    const named = index.byId.get(override);
    if (!named)
      diagnostics.error(
        'batch/bad-override',
        `The override of \`${key}\` names \`${override}\`, and no such operation can be batched.`,
        { pointer: pointer('x-batchable-actions', position) },
      );
    return named;
  }
  const route = blank(entry.resource);
  const sameText = index.byText.get(plain(entry.summary)) ?? [];
  const standard = methodOf[entry.operation.split('/').at(-1) ?? ''];
  const onPath = standard === undefined ? [] : (index.byRoute.get(`${standard} ${route}`) ?? []);
  const [certain] = onPath;
  if (certain && onPath.length === 1 && (sameText.includes(certain) || sameText.length === 0))
    return certain;
  const [only] = sameText;
  if (only && sameText.length === 1) return only;
  const beneath = sameText.filter((operation) => isBeneath(blank(operation.route), route));
  const [near] = beneath;
  if (near && beneath.length === 1) return near;
  const exact = beneath.filter((operation) => blank(operation.route) === route);
  const [match] = exact;
  if (match && exact.length === 1) return match;
  diagnostics.error(
    'batch/unresolved',
    `No single operation is meant by the batchable action \`${key}\` (“${plain(entry.summary).slice(0, 80)}”)${sameText.length > 1 ? `: ${sameText.map(({ id }) => id).join(', ')} fit equally` : ''}.`,
    {
      pointer: pointer('x-batchable-actions', position),
      hint: `Name it in the configuration: overrides: { '${key}': 'operationId' }, or false to leave it out.`,
    },
  );
  return undefined;
}

function isBeneath(route: string, resource: string): boolean {
  return route === resource || route.startsWith(`${resource}/`);
}
