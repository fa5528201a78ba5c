import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

/** What the vendor says of the jobs of a Secure Access batch, in the document of this project. */
const document = parse(
  readFileSync(new URL('../../../specs/meraki/openapi.yaml', import.meta.url), 'utf8'),
);
const listing = document.paths['/organizations/{organizationId}/sase/batches/{batchId}/jobs'].get;
const { oauth2, ...keys } = document.components.securitySchemes;

test('three schemes of security stand side by side', () => {
  expect(document.security).toEqual([{ meraki_api_key: [] }, { bearerAuth: [] }, { oauth2: [] }]);
  expect(keys).toEqual({
    meraki_api_key: { type: 'apiKey', name: 'X-Cisco-Meraki-API-Key', in: 'header' },
    bearerAuth: { type: 'http', scheme: 'bearer', bearerFormat: 'API Key' },
  });
});

test('OAuth 2 is an authorization code at the vendor’s server', () => {
  const { authorizationUrl, tokenUrl, scopes } = oauth2.flows.authorizationCode;
  expect([oauth2.type, authorizationUrl, tokenUrl]).toEqual([
    'oauth2',
    'https://as.meraki.com/oauth/authorize',
    'https://as.meraki.com/oauth/token',
  ]);
  expect(Object.keys(scopes)).toHaveLength(44);
  expect(scopes).toHaveProperty(['dashboard:general:config:read']);
  expect(scopes).toHaveProperty(['wireless:telemetry:write']);
});

test('the listing has its tags in the vendor’s order', () => {
  expect(listing.tags).toEqual(['organizations', 'configure', 'sase', 'batches', 'jobs']);
});

test('the listing has its parameters, and the places of its answer', () => {
  expect(listing.parameters.map(({ name }: { readonly name: string }) => name).toSorted()).toEqual([
    'batchId',
    'endingBefore',
    'organizationId',
    'perPage',
    'startingAfter',
    'status',
  ]);
  const { properties } = listing.responses['200'].content['application/json'].schema;
  expect(Object.keys(properties)).toEqual(['batchId', 'batchType', 'status', 'items', 'meta']);
  const job = properties.items.items.properties;
  expect(Object.keys(job)).toEqual(['id', 'type', 'status', 'error', 'data']);
  expect(job.error).toMatchObject({ type: 'string', nullable: true });
  expect(job.data).toMatchObject({ type: 'object', additionalProperties: true });
  expect(properties.meta.properties.counts.properties.items.properties).toMatchObject({
    total: { type: 'integer' },
    remaining: { type: 'integer' },
  });
});

const page = new URL(
  '../../../../shared/reference/founding/002_6ed3e596b144b490.txt',
  import.meta.url,
);
const unless = existsSync(page) ? '' : ' (skipped: ../shared/reference is absent)';

test.skipIf(!existsSync(page))(`the facts are those of the vendor’s page${unless}`, () => {
  const { meta, spec } = JSON.parse(readFileSync(page, 'utf8'));
  expect(Object.keys(oauth2.flows.authorizationCode.scopes).toSorted()).toEqual(
    Object.keys(meta.securitySchemes.oauth2.flows.authorizationCode.scopes).toSorted(),
  );
  expect(document.servers[0]).toMatchObject({
    url: meta.servers[0].url,
    variables: meta.servers[0].variables,
  });
  expect([document.security, listing.tags, listing['x-release-stage']]).toEqual([
    meta.security,
    spec.tags,
    spec['x-release-stage'],
  ]);
});
