// What the bench calls, as a user's bundler would put it together.
export { createMeraki } from '../../generated/meraki/src/index.js';
export { createClient } from '../../generated/meraki/src/client.js';
export { undiciFetch } from '../../generated/meraki/src/node.js';
export {
  getOrganization,
  getOrganizationNetworks,
} from '../../generated/meraki/src/organizations.js';
