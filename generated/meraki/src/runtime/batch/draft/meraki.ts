import type { DraftDialect } from '../protocol/protocol.js';

const batches = '/organizations/{organizationId}/actionBatches';
const batch = `${batches}/{batch}`;

/** Action batches of the Meraki Dashboard API. */
export interface Meraki extends DraftDialect<'organizationId'> {
  readonly wire: 'resource';
  readonly reports: 'verdict';
}

export const meraki: Meraki = {
  name: 'meraki',
  wire: 'resource',
  reports: 'verdict',
  lifecycle: 'draft',
  scope: ['organizationId'],
  limits: {
    actions: { sync: 20, async: 100 },
    // Not documented; proxies in front of such servers commonly stop at a mebibyte.
    bytes: 1_000_000,
    concurrent: 5,
    perSecond: 10,
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
  busy: { status: 400, text: 'executing batches' },
  failure: /^Error occurred while executing (?<operation>\S+) (?<resource>\S+) with /,
  // An old page of the documentation promised execution within ten minutes.
  timeout: 600_000,
};
