import { createMeraki } from './meraki';

declare const __ORGANIZATION_ID__: string;

export const organizationId: string = __ORGANIZATION_ID__;

/** The API through this page's own server, which adds the key. */
export const { client, batch } = createMeraki({
  baseUrl: `${location.origin}/api/v1`,
  apiKey: 'added-by-the-server',
  userAgent: 'SwitchPorts/1.0 Batchwright',
});
