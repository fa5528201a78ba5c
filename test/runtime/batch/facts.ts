import type { EffectFacts } from '../../../templates/runtime/batch/protocol/protocol.ts';

/** What a document and a dialect's table say of the resources of these tests. */
export const facts: EffectFacts = {
  resources: {
    '/networks/{networkId}': {
      collection: '/organizations/{organizationId}/networks',
      read: true,
      list: true,
      create: ['name', 'tags', 'timeZone', 'productTypes'],
      update: ['name', 'tags', 'timeZone'],
      destroy: true,
      orderedLists: [],
    },
    '/networks/{networkId}/appliance/vlans/{vlanId}': {
      read: true,
      list: true,
      create: ['id', 'name', 'subnet', 'groupPolicyId'],
      update: ['name', 'subnet', 'groupPolicyId', 'dhcpHandling'],
      destroy: true,
    },
    '/networks/{networkId}/groupPolicies/{groupPolicyId}': {
      read: true,
      list: true,
      create: ['name', 'bandwidth'],
      update: ['name', 'bandwidth'],
      destroy: true,
    },
    '/networks/{networkId}/mqttBrokers/{mqttBrokerId}': {
      read: true,
      list: true,
      create: ['name', 'host', 'password'],
      update: ['name', 'host', 'password'],
      destroy: true,
      writeOnly: ['password'],
    },
    '/configTemplates/{configTemplateId}': {
      read: true,
      list: true,
      create: ['name'],
      update: ['name'],
      destroy: true,
    },
    '/devices/{serial}': { read: true, update: ['name', 'tags', 'n'], alwaysExists: true },
    '/devices/{serial}/switch/ports/{portId}': {
      read: true,
      list: true,
      update: ['n', 'name', 'vlan', 'enabled', 'tags'],
      alwaysExists: true,
    },
  },
  merges: true,
  verbs: {
    bind: { inverse: 'unbind', shownIn: 'configTemplateId', leaves: 'sent', sendsOld: false },
    unbind: { inverse: 'bind', shownIn: 'configTemplateId', leaves: 'nothing', sendsOld: true },
    swap: { inverse: 'swap', shownIn: 'primarySerial', leaves: 'other', sendsOld: false },
  },
};
