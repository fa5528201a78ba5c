/**
 * A process that runs a stream of actions and says how much memory it took:
 * `node stream-child.js <base URL> <actions> <speed>`.
 */
import { createBatch } from '../../../../templates/runtime/batch/draft/draft-batch.ts';
import type { Item } from '../../../../templates/runtime/batch/action/types.ts';
import { meraki } from '../meraki.ts';
import { createClient } from '../../../../templates/runtime/client.ts';
import { bearer } from '../../../../templates/runtime/transport/credentials.ts';
import { fastClock } from '../../../simulators/clock.ts';
import { organizationId, updatePort } from '../builders.ts';

const [baseUrl = '', count = '0', speed = '1'] = process.argv.slice(2);
const client = createClient({ baseUrl, credentials: [bearer('key')] });
const batch = createBatch(client, meraki, fastClock(Number(speed)));

async function* actions(): AsyncGenerator<Item> {
  for (let n = 0; n < Number(count); n += 1) {
    yield updatePort({ serial: `Q2-${Math.floor(n / 48)}`, portId: String(n % 48), body: { n } });
  }
}

const summary = await batch.run(actions(), { organizationId, onError: 'continue' });
const { applied, complete } = summary;
// In kilobytes, as getrusage(2) has it.
const { maxRSS } = process.resourceUsage();
process.stdout.write(JSON.stringify({ applied, complete, megabytes: Math.round(maxRSS / 1_024) }));
