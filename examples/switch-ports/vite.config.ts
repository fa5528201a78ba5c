import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { exampleAccount } from './server/account';
import { forwarded } from './server/forwarded';
import { played } from './server/played';
import { createAccount } from './src/meraki/testing';

/** The page, and what answers its requests. */
export function configWith(account: Plugin, organizationId: string): UserConfig {
  return {
    plugins: [react(), account],
    define: { __ORGANIZATION_ID__: JSON.stringify(organizationId) },
    // Whoever can open the page can change the ports: this machine alone.
    server: { host: '127.0.0.1' },
    clearScreen: false,
  };
}

const { MERAKI_BASE_URL, MERAKI_API_KEY, MERAKI_ORGANIZATION_ID } = process.env;

export default defineConfig(() => {
  if (MERAKI_BASE_URL === undefined) return configWith(played(createAccount(exampleAccount)), '1');
  if (MERAKI_API_KEY === undefined || MERAKI_ORGANIZATION_ID === undefined)
    throw new Error('Beside MERAKI_BASE_URL, set MERAKI_API_KEY and MERAKI_ORGANIZATION_ID.');
  return configWith(forwarded(MERAKI_BASE_URL, MERAKI_API_KEY), MERAKI_ORGANIZATION_ID);
});
