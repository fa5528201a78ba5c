import type {
  EffectFacts,
  Resource,
  VerbFacts,
} from '../../templates/runtime/batch/protocol/protocol.ts';

/** Members that the API takes and never shows. */
const writeOnly: Readonly<Record<string, readonly string[]>> = {
  '/devices/{serial}': ['floorPlanId', 'moveMapMarker', 'switchProfileId'],
  '/devices/{serial}/appliance/uplinks/settings': ['password'],
  '/networks/{networkId}/appliance/contentFiltering': [
    'blockedUrlCategories',
    'urlCategoryListSize',
  ],
  '/networks/{networkId}/appliance/firewall/inboundFirewallRules': ['syslogDefaultRule'],
  '/networks/{networkId}/appliance/firewall/l3FirewallRules': ['syslogDefaultRule'],
  '/networks/{networkId}/appliance/ssids/{number}': ['radiusServers/secret'],
  '/networks/{networkId}/floorPlans/{floorPlanId}': ['imageContents', 'lat', 'lng'],
  '/networks/{networkId}/groupPolicies/{groupPolicyId}': ['trafficShapingRules/priority'],
  '/networks/{networkId}/merakiAuthUsers/{merakiAuthUserId}': ['emailPasswordToUser', 'password'],
  '/networks/{networkId}/mqttBrokers/{mqttBrokerId}': ['caCertificate', 'password'],
  '/networks/{networkId}/settings': ['password'],
  '/networks/{networkId}/sm/targetGroups/{targetGroupId}': ['scope'],
  '/networks/{networkId}/switch/accessPolicies/{accessPolicyNumber}': [
    'enabled',
    'radiusAccountingServers/secret',
    'radiusServers/secret',
    'timeout',
  ],
  '/networks/{networkId}/switch/alternateManagementInterface': ['protocols', 'vlanId'],
  '/networks/{networkId}/webhooks/httpServers/{httpServerId}': ['sharedSecret'],
  '/networks/{networkId}/wireless/ssids/{number}': [
    'clientsSharedSecret',
    'radiusAccountingServers/secret',
    'radiusServers/secret',
  ],
  '/networks/{networkId}/wireless/ssids/{number}/firewall/l3FirewallRules': ['allowLanAccess'],
  '/organizations/{organizationId}/appliance/vpn/vpnFirewallRules': ['syslogDefaultRule'],
  '/organizations/{organizationId}/auth/radius/servers/{serverId}': ['secret'],
  '/organizations/{organizationId}/configTemplates/{configTemplateId}': ['copyFromNetworkId'],
  '/organizations/{organizationId}/extensions/thousandEyes/networks/{networkId}': [
    'tests',
    'tests/id',
    'tests/tenant',
  ],
  '/organizations/{organizationId}/snmp': ['v3AuthPass', 'v3PrivPass'],
  '/organizations/{organizationId}/wireless/location/scanning/receivers/{receiverId}': [
    'sharedSecret',
  ],
};

/** Lists whose order has a meaning. */
const orderedLists: Readonly<Record<string, readonly string[]>> = {
  '/devices/{serial}/cellularGateway/portForwardingRules': ['rules'],
  '/networks/{networkId}/appliance/firewall/cellularFirewallRules': ['rules'],
  '/networks/{networkId}/appliance/firewall/inboundCellularFirewallRules': ['rules'],
  '/networks/{networkId}/appliance/firewall/inboundFirewallRules': ['rules'],
  '/networks/{networkId}/appliance/firewall/l3FirewallRules': ['rules'],
  '/networks/{networkId}/appliance/firewall/l7FirewallRules': ['rules'],
  '/networks/{networkId}/appliance/sdwan/internetPolicies': [
    'wanTrafficUplinkPreferences',
    'wanTrafficUplinkPreferences/trafficFilters',
  ],
  '/networks/{networkId}/appliance/singleLan': ['prefixAssignments'],
  '/networks/{networkId}/appliance/ssids/{number}': ['radiusServers'],
  '/networks/{networkId}/appliance/trafficShaping/rules': ['rules'],
  '/networks/{networkId}/appliance/trafficShaping/uplinkSelection': [
    'vpnTrafficUplinkPreferences',
    'vpnTrafficUplinkPreferences/trafficFilters',
    'wanTrafficUplinkPreferences',
    'wanTrafficUplinkPreferences/trafficFilters',
  ],
  '/networks/{networkId}/appliance/trafficShaping/vpnExclusions': ['custom'],
  '/networks/{networkId}/appliance/vlans/{vlanId}': ['prefixAssignments'],
  '/networks/{networkId}/groupPolicies/{groupPolicyId}': [
    'l3FirewallRules',
    'l7FirewallRules',
    'trafficShapingRules',
  ],
  '/networks/{networkId}/switch/accessControlLists': ['rules'],
  '/networks/{networkId}/switch/accessPolicies/{accessPolicyNumber}': [
    'radiusAccountingServers',
    'radiusServers',
  ],
  '/networks/{networkId}/switch/mtu': ['overrides'],
  '/networks/{networkId}/switch/stp': ['stpBridgePriority'],
  '/networks/{networkId}/wireless/billing': ['plans'],
  '/networks/{networkId}/wireless/ssids/{number}': [
    'radiusAccountingServers',
    'radiusServers',
    'servers',
  ],
  '/networks/{networkId}/wireless/ssids/{number}/firewall/l3FirewallRules': ['rules'],
  '/networks/{networkId}/wireless/ssids/{number}/firewall/l7FirewallRules': ['rules'],
  '/networks/{networkId}/wireless/ssids/{number}/trafficShaping/rules': ['rules'],
  '/networks/{networkId}/wireless/ssids/{number}/vpn': ['rules'],
  '/organizations/{organizationId}/adaptivePolicy/acls/{aclId}': ['rules'],
  '/organizations/{organizationId}/adaptivePolicy/policies/{id}': ['acls'],
  '/organizations/{organizationId}/appliance/vpn/vpnFirewallRules': ['rules'],
};

/** What cannot be read. */
const hidden: readonly string[] = [
  '/devices/{serial}/appliance/vmx/authenticationToken',
  '/networks/{networkId}/appliance/sdwan/internetPolicies',
  '/networks/{networkId}/devices/claim/vmx',
];

/** The other resources whose lists are known to be sets. */
const sets = `
/devices/{serial}
/devices/{serial}/appliance/radio/settings
/devices/{serial}/appliance/uplinks/settings
/devices/{serial}/camera/customAnalytics
/devices/{serial}/camera/qualityAndRetention
/devices/{serial}/camera/sense
/devices/{serial}/camera/video/settings
/devices/{serial}/camera/wirelessProfiles
/devices/{serial}/cellular/sims
/devices/{serial}/cellularGateway/lan
/devices/{serial}/managementInterface
/devices/{serial}/sensor/relationships
/devices/{serial}/switch/ports
/devices/{serial}/switch/ports/{portId}
/devices/{serial}/switch/routing/interfaces/{interfaceId}
/devices/{serial}/switch/routing/interfaces/{interfaceId}/dhcp
/devices/{serial}/switch/routing/staticRoutes/{staticRouteId}
/devices/{serial}/switch/warmSpare
/devices/{serial}/wireless/bluetooth/settings
/devices/{serial}/wireless/electronicShelfLabel
/devices/{serial}/wireless/radio/settings
/networks/{networkId}/alerts/settings
/networks/{networkId}/appliance/connectivityMonitoringDestinations
/networks/{networkId}/appliance/contentFiltering
/networks/{networkId}/appliance/firewall/firewalledServices/{service}
/networks/{networkId}/appliance/firewall/multicastForwarding
/networks/{networkId}/appliance/firewall/oneToManyNatRules
/networks/{networkId}/appliance/firewall/oneToOneNatRules
/networks/{networkId}/appliance/firewall/portForwardingRules
/networks/{networkId}/appliance/firewall/settings
/networks/{networkId}/appliance/ports
/networks/{networkId}/appliance/ports/{portId}
/networks/{networkId}/appliance/prefixes/delegated/statics/{staticDelegatedPrefixId}
/networks/{networkId}/appliance/rfProfiles/{rfProfileId}
/networks/{networkId}/appliance/security/intrusion
/networks/{networkId}/appliance/security/malware
/networks/{networkId}/appliance/settings
/networks/{networkId}/appliance/ssids
/networks/{networkId}/appliance/staticRoutes/{staticRouteId}
/networks/{networkId}/appliance/trafficShaping
/networks/{networkId}/appliance/trafficShaping/customPerformanceClasses/{customPerformanceClassId}
/networks/{networkId}/appliance/trafficShaping/uplinkBandwidth
/networks/{networkId}/appliance/vlans/settings
/networks/{networkId}/appliance/vpn/bgp
/networks/{networkId}/appliance/vpn/siteToSiteVpn
/networks/{networkId}/appliance/warmSpare
/networks/{networkId}/camera/qualityRetentionProfiles/{qualityRetentionProfileId}
/networks/{networkId}/camera/wirelessProfiles/{wirelessProfileId}
/networks/{networkId}/cellularGateway/connectivityMonitoringDestinations
/networks/{networkId}/cellularGateway/dhcp
/networks/{networkId}/cellularGateway/subnetPool
/networks/{networkId}/cellularGateway/uplink
/networks/{networkId}/clients/{clientId}/policy
/networks/{networkId}/clients/{clientId}/splashAuthorizationStatus
/networks/{networkId}/devices
/networks/{networkId}/devices/claim
/networks/{networkId}/firmwareUpgrades
/networks/{networkId}/floorPlans/{floorPlanId}
/networks/{networkId}/merakiAuthUsers/{merakiAuthUserId}
/networks/{networkId}/mqttBrokers/{mqttBrokerId}
/networks/{networkId}/netflow
/networks/{networkId}/policies/byClient
/networks/{networkId}/sensor/alerts/profiles/{id}
/networks/{networkId}/sensor/mqttBrokers
/networks/{networkId}/sensor/mqttBrokers/{mqttBrokerId}
/networks/{networkId}/sensor/relationships
/networks/{networkId}/settings
/networks/{networkId}/sm/targetGroups/{targetGroupId}
/networks/{networkId}/snmp
/networks/{networkId}/switch/alternateManagementInterface
/networks/{networkId}/switch/dhcpServerPolicy
/networks/{networkId}/switch/dhcpServerPolicy/arpInspection/trustedServers/{trustedServerId}
/networks/{networkId}/switch/dscpToCosMappings
/networks/{networkId}/switch/linkAggregations/{linkAggregationId}
/networks/{networkId}/switch/portSchedules/{portScheduleId}
/networks/{networkId}/switch/qosRules/order
/networks/{networkId}/switch/qosRules/{qosRuleId}
/networks/{networkId}/switch/routing/multicast
/networks/{networkId}/switch/routing/multicast/rendezvousPoints/{rendezvousPointId}
/networks/{networkId}/switch/routing/ospf
/networks/{networkId}/switch/settings
/networks/{networkId}/switch/stacks/{switchStackId}
/networks/{networkId}/switch/stacks/{switchStackId}/routing/interfaces/{interfaceId}
/networks/{networkId}/switch/stacks/{switchStackId}/routing/interfaces/{interfaceId}/dhcp
/networks/{networkId}/switch/stacks/{switchStackId}/routing/staticRoutes/{staticRouteId}
/networks/{networkId}/switch/stormControl
/networks/{networkId}/syslogServers
/networks/{networkId}/trafficAnalysis
/networks/{networkId}/vlanProfiles/assignments/byDevice
/networks/{networkId}/vlanProfiles/assignments/reassign
/networks/{networkId}/vlanProfiles/{iname}
/networks/{networkId}/webhooks/httpServers/{httpServerId}
/networks/{networkId}/webhooks/payloadTemplates/{payloadTemplateId}
/networks/{networkId}/wireless/airMarshal/rules/{ruleId}
/networks/{networkId}/wireless/airMarshal/settings
/networks/{networkId}/wireless/alternateManagementInterface
/networks/{networkId}/wireless/bluetooth/settings
/networks/{networkId}/wireless/electronicShelfLabel
/networks/{networkId}/wireless/ethernet/ports/profiles/assign
/networks/{networkId}/wireless/ethernet/ports/profiles/setDefault
/networks/{networkId}/wireless/ethernet/ports/profiles/{profileId}
/networks/{networkId}/wireless/location/scanning
/networks/{networkId}/wireless/rfProfiles/{rfProfileId}
/networks/{networkId}/wireless/settings
/networks/{networkId}/wireless/ssids
/networks/{networkId}/wireless/ssids/{number}/bonjourForwarding
/networks/{networkId}/wireless/ssids/{number}/deviceTypeGroupPolicies
/networks/{networkId}/wireless/ssids/{number}/eapOverride
/networks/{networkId}/wireless/ssids/{number}/hotspot20
/networks/{networkId}/wireless/ssids/{number}/identityPsks/{identityPskId}
/networks/{networkId}/wireless/ssids/{number}/openRoaming
/networks/{networkId}/wireless/ssids/{number}/schedules
/networks/{networkId}/wireless/ssids/{number}/splash/settings
/networks/{networkId}/wireless/zigbee
/organizations/{organizationId}
/organizations/{organizationId}/adaptivePolicy/groups/{id}
/organizations/{organizationId}/adaptivePolicy/settings
/organizations/{organizationId}/admins/{adminId}
/organizations/{organizationId}/alerts/profiles/{alertConfigId}
/organizations/{organizationId}/appliance/dns/local/profiles/assignments/bulkCreate
/organizations/{organizationId}/appliance/dns/local/profiles/{profileId}
/organizations/{organizationId}/appliance/dns/local/records/{recordId}
/organizations/{organizationId}/appliance/dns/split/profiles/assignments/bulkCreate
/organizations/{organizationId}/appliance/dns/split/profiles/{profileId}
/organizations/{organizationId}/appliance/security/intrusion
/organizations/{organizationId}/appliance/vpn/siteToSite/ipsec/peers/slas
/organizations/{organizationId}/appliance/vpn/thirdPartyVPNPeers
/organizations/{organizationId}/auth/radius/servers/{serverId}
/organizations/{organizationId}/brandingPolicies/priorities
/organizations/{organizationId}/brandingPolicies/{brandingPolicyId}
/organizations/{organizationId}/camera/roles/{roleId}
/organizations/{organizationId}/configTemplates/{configTemplateId}
/organizations/{organizationId}/devices
/organizations/{organizationId}/earlyAccess/features
/organizations/{organizationId}/earlyAccess/features/optIns/{optInId}
/organizations/{organizationId}/extensions/thousandEyes/networks/{networkId}
/organizations/{organizationId}/firmware/upgrades
/organizations/{organizationId}/insight/monitoredMediaServers
/organizations/{organizationId}/integrations/xdr/networks/enable
/organizations/{organizationId}/inventory/claim
/organizations/{organizationId}/inventory/devices
/organizations/{organizationId}/licenses
/organizations/{organizationId}/licenses/{licenseId}
/organizations/{organizationId}/loginSecurity
/networks/{networkId}
/organizations/{organizationId}/policyObjects/groups/{policyObjectGroupId}
/organizations/{organizationId}/policyObjects/{policyObjectId}
/organizations/{organizationId}/saml
/organizations/{organizationId}/saml/idps/{idpId}
/organizations/{organizationId}/samlRoles/{samlRoleId}
/organizations/{organizationId}/sm/admins/roles/{roleId}
/organizations/{organizationId}/snmp
/organizations/{organizationId}/switch/ports/profiles/automations/{id}
/organizations/{organizationId}/switch/ports/profiles/{id}
/organizations/{organizationId}/wireless/location/scanning/receivers/{receiverId}
/organizations/{organizationId}/wireless/mqtt/settings
/organizations/{organizationId}/wireless/ssids/firewall/isolation/allowlist/entries/{entryId}
/organizations/{organizationId}/wireless/zigbee/devices/{id}
/organizations/{organizationId}/wireless/zigbee/doorLocks/{doorLockId}
`;

const verbs: VerbFacts = {
  bind: { inverse: 'unbind', shownIn: 'configTemplateId', leaves: 'sent', sendsOld: false },
  unbind: { inverse: 'bind', shownIn: 'configTemplateId', leaves: 'nothing', sendsOld: true },
  swap: { inverse: 'swap', shownIn: 'primarySerial', leaves: 'other', sendsOld: false },
};

/** What is known of the resources of the Meraki Dashboard API besides what its document says. */
export const merakiEffects: EffectFacts = { resources: resourcesOf(), verbs, merges: true };

function resourcesOf(): EffectFacts['resources'] {
  const found: Record<string, Resource> = {};
  for (const route of sets.trim().split('\n')) found[route] = { orderedLists: [] };
  for (const [route, lists] of Object.entries(orderedLists)) found[route] = { orderedLists: lists };
  for (const [route, members] of Object.entries(writeOnly)) {
    found[route] = { ...found[route], writeOnly: members };
  }
  for (const route of hidden) found[route] = { read: false, list: false };
  return found;
}
