/**
 * A process that runs a load with a journal, or resumes it, until somebody kills it:
 * `node child.js <base URL> <journal> <actions> <seed> <speed>`.
 */
import { createBatch } from '../../../../templates/runtime/batch/draft/draft-batch.ts';
import { meraki } from '../meraki.ts';
import { fileJournal } from '../../../../templates/runtime/batch/journal/file-journal.ts';
import type { Outcome } from '../../../../templates/runtime/batch/outcome/outcome.ts';
import { createClient } from '../../../../templates/runtime/client.ts';
import { bearer } from '../../../../templates/runtime/transport/credentials.ts';
import { fastClock } from '../../../simulators/clock.ts';
import { randomOf } from '../../../simulators/random.ts';
import { organizationId } from '../builders.ts';
import { load } from './load.ts';

const [baseUrl = '', path = '', count = '0', seed = '1', speed = '1'] = process.argv.slice(2);
const client = createClient({ baseUrl, credentials: [bearer('key')] });
const batch = createBatch(client, meraki, fastClock(Number(speed)));
const journal = fileJournal(path);
const plan = batch.plan(load(Number(count), randomOf(Number(seed))).items);

const run = batch.run(plan, { organizationId, onError: 'continue', journal, resume: true });
const outcomes = ((await run) as unknown[]).flat() as readonly Outcome[];
const summaries = outcomes.map((outcome) => {
  const cause = 'cause' in outcome ? outcome.cause : undefined;
  return { status: outcome.status, ...(cause === undefined ? {} : { cause }) };
});
const left = (await run.leftDrafts()).filter(({ id }) => id !== undefined).length;
process.stdout.write(JSON.stringify({ outcomes: summaries, left }));
