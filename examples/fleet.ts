/**
 * Two workers, one of which is killed, and the other takes its run over. `npm run example:fleet` runs it with a
 * PostgreSQL of its own and a simulated server on this machine.
 */
import { Cluster, pause } from '../test/fleet/cluster.ts';
import { modernNode } from '../test/support/modern-node.ts';
import { programs, startPostgres } from '../test/fleet/postgres.ts';

const organizationId = '7';
const count = 1_200;

if (programs === undefined) throw new Error('This needs PostgreSQL: apt-get install postgresql');
if (modernNode === undefined) throw new Error('This needs Node 22.12 or newer.');

await using postgres = await startPostgres();
await using cluster = await Cluster.start(postgres.connection, { batchMs: 2_000 });
const { server } = cluster.organization(organizationId);

const run = await cluster.submit({ organizationId, actions: count });
console.log(`submitted: a run of ${count} actions`);

const first = await cluster.work({ worker: 'first' });
console.log('first works');
while (server.ledger.begun < 4) await pause(50);
const second = await cluster.work({ worker: 'second' });
console.log(`second works; ${server.ledger.begun} batches have begun, all by ${await owner()}`);

first.kill('SIGKILL');
console.log('first is killed');
const died = Date.now();
while ((await owner()) !== 'second') await pause(200);
console.log(`second has taken over, ${((Date.now() - died) / 1_000).toFixed(1)} s later`);

const status = await cluster.ended(run);
const { lost, twice } = cluster.effects(organizationId, count);
console.log(`the run is ${String(status?.['state'])}: ${JSON.stringify(status?.['counts'])}`);
console.log(`the server says: ${lost} lost, ${twice} twice`);
second.kill('SIGTERM');

/** Who has the right to act for the organization. */
async function owner(): Promise<string | undefined> {
  const [state] = await cluster.ask({ name: 'status', run });
  // As the fleet writes it.
  return (state?.['owner'] as { readonly worker: string } | undefined)?.worker;
}
