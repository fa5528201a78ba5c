/**
 * What must and must not compile for a user of the emitted package. Each `@ts-expect-error` is a
 * mistake that the compiler has to find: one that it lets pass is an error itself.
 */
import { ApiError, createClient, createMeraki } from '../../../generated/meraki/src/index.js';
import { getNetworkEvents, updateNetwork } from '../../../generated/meraki/src/networks.js';

const meraki = createMeraki({ apiKey: 'key', userAgent: 'Inventory/1.0 Acme' });
const client = createClient({ apiKey: () => Promise.resolve('key'), userAgent: 'Inventory Acme' });

// @ts-expect-error The API demands a User-Agent.
createMeraki({ apiKey: 'key' });
// @ts-expect-error A key is a string, or a function that gives one.
createClient({ apiKey: 1, userAgent: 'Inventory Acme' });

export async function calls(): Promise<void> {
  const network = await meraki.networks.updateNetwork({ networkId: 'N_1', body: { name: 'HQ' } });
  const name: string | undefined = network.name;
  console.log(name, await updateNetwork(client, { networkId: 'N_1' }));

  // @ts-expect-error The parameter is called networkId.
  await meraki.networks.updateNetwork({ networkID: 'N_1' });
  // @ts-expect-error The network is missing.
  await meraki.networks.updateNetwork({ body: { name: 'HQ' } });
  // @ts-expect-error The body has no member `nome`.
  await meraki.networks.updateNetwork({ networkId: 'N_1', body: { nome: 'HQ' } });
  const given: string | undefined = network.name;
  // @ts-expect-error With exactOptionalPropertyTypes, what may be undefined is no name.
  await meraki.networks.updateNetwork({ networkId: 'N_1', body: { name: given } });
  // @ts-expect-error Nor is it in an action.
  meraki.batch.networks.updateNetwork({ networkId: 'N_1', body: { name: given } });
  // @ts-expect-error A name is no number.
  await meraki.networks.updateNetwork({ networkId: 'N_1', body: { name: 1 } });
  // @ts-expect-error There is no such operation.
  await meraki.networks.renameNetwork({ networkId: 'N_1' });
  await meraki.organizations.getOrganizationNetworks({
    organizationId: '1',
    // @ts-expect-error Neither of the two values that the API knows.
    tagsFilterType: 'withSomeTags',
  });
  // @ts-expect-error Tags are a list.
  await meraki.organizations.getOrganizationNetworks({ organizationId: '1', tags: 'a' });
}

export async function pages(): Promise<void> {
  const listing = meraki.organizations.getOrganizationNetworks({ organizationId: '1', perPage: 5 });
  for await (const network of listing) {
    const id: string | undefined = network.id;
    // @ts-expect-error A network has no member `ident`.
    console.log(id, network.ident);
  }
  const first = await listing;
  const next: string | undefined = first.next;
  await meraki.organizations.getOrganizationNetworks({ organizationId: '1' }, { from: next });
  for await (const page of getNetworkEvents(client, { networkId: 'N_1' }).pages()) {
    console.log(page.body.pageStartAt, page.items.length);
    // @ts-expect-error The body of a page of events has no member `items`.
    console.log(page.body.items);
  }
}

export async function batches(): Promise<void> {
  const { batch } = meraki;
  const rename = batch.networks.updateNetwork({ networkId: 'N_1', body: { name: 'HQ' } });
  const vlan = batch.appliance.createNetworkApplianceVlan({
    networkId: 'N_1',
    body: { id: '99', name: 'API' },
  });
  await meraki.organizations.createOrganizationActionBatch({
    organizationId: '1',
    body: { confirmed: true, synchronous: true, actions: [rename, vlan] },
  });
  // @ts-expect-error A read cannot stand in a batch.
  batch.networks.getNetwork({ networkId: 'N_1' });
  // @ts-expect-error The network is missing.
  batch.networks.updateNetwork({ body: { name: 'HQ' } });

  const [renamed, created] = await batch.run([rename, vlan], { organizationId: '1' });
  console.log(renamed.status, created.status);
  // @ts-expect-error There are two outcomes, as there are two actions.
  const [, , third] = await batch.run([rename, vlan], { organizationId: '1' });
  // @ts-expect-error The organization is missing.
  console.log(third, batch.run([rename], {}));

  const vlanId = batch.ref(vlan);
  batch.appliance.updateNetworkApplianceVlan({ networkId: 'N_1', vlanId, body: { name: 'B' } });
  // @ts-expect-error Only what creates something can be referred to.
  batch.ref(rename);
  // @ts-expect-error A number is wanted, and an id is a text.
  batch.switch.updateDeviceSwitchPort({ serial: 'Q', portId: '1', body: { vlan: vlanId } });
}

export function errors(error: unknown): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  // @ts-expect-error An error has no such code.
  if (error.code === 'teapot') return undefined;
  return error.code === 'rate-limit' ? `${error.retryAfter} ms` : error.messages.join();
}
