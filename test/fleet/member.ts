/**
 * A process of a fleet, as a test starts it: `{ connection, origin, act }` as its argument. Says what it does as
 * JSON lines; ends in order when it is asked to.
 */
import { writeFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { createMeraki } from '../../generated/meraki/src/index.js';
import { updateDevice } from '../../generated/meraki/src/batch/devices.js';
import { createFleet, type Fleet } from '../../generated/meraki/src/fleet.js';
import { RecordingMeter } from './recording-meter.ts';

type Act =
  | {
      readonly name: 'work';
      readonly organizations?: number;
      readonly slice?: number;
      readonly worker?: string;
      readonly address?: string;
      readonly fault?: string;
      /** A file for what a meter has recorded. */
      readonly metrics?: string;
    }
  | {
      readonly name: 'submit';
      readonly organizationId: string | readonly string[];
      readonly actions: number;
      readonly from?: number;
      readonly key?: string;
      readonly capture?: boolean;
      readonly priority?: number;
      /** In milliseconds since 1970. */
      readonly startAfter?: number;
    }
  | { readonly name: 'await'; readonly runs: readonly string[] }
  | { readonly name: 'health' | 'drain'; readonly worker?: string }
  | {
      /** `cancel` does so once a part of the run is applied. */
      readonly name: 'watch' | 'cancel' | 'undo' | 'resume' | 'outcomes' | 'status';
      readonly run: string;
    };

interface Argument {
  readonly connection: string;
  readonly origin: string;
  readonly schema: string;
  readonly act: Act;
}

// The test that starts this process writes it.
const { connection, origin, schema, act } = JSON.parse(process.argv[2] ?? '') as Argument;

const meter = new RecordingMeter();
const fleet = createFleet({
  connection,
  schema,
  meter,
  client: (organizationId, { fetch, epoch }) => {
    if (act.name === 'work' && act.fault) throw new RangeError(act.fault);
    return createMeraki({
      apiKey: 'key',
      userAgent: 'Fleet/1.0 Test',
      baseUrl: `${origin}/${organizationId}/api/v1`,
      // The simulator of a test may be in another namespace of this machine.
      allowInsecure: true,
      fetch: async (url, init) => {
        init.headers.set('X-Epoch', epoch);
        return fetch(url, init);
      },
    });
  },
  onError: (error) => process.stderr.write(`${inspect(error)}\n`),
});

function say(what: unknown): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}

async function submit(to: Fleet, wanted: Extract<Act, { name: 'submit' }>): Promise<void> {
  const { organizationId: given, actions: count, from = 0, key, capture, priority } = wanted;
  const startAfter = wanted.startAfter === undefined ? undefined : new Date(wanted.startAfter);
  const options = { onError: 'continue', capture } as const;
  for (const organizationId of [given].flat()) {
    const actions = Array.from({ length: count }, (_, index) =>
      updateDevice({
        serial: `Q${organizationId}-${from + index}`,
        body: { name: `Device #${from + index}` },
      }),
    );
    const run = await to.submit({ organizationId, actions, options, key, priority, startAfter });
    say({ run });
  }
}

/** Looks at many runs, one after the other, until the last has ended. */
async function awaitAll(runs: readonly string[]): Promise<void> {
  for (const run of runs) {
    let status = await fleet.status(run);
    while (status.state === 'queued' || status.state === 'running') {
      await new Promise((done) => setTimeout(done, 200));
      status = await fleet.status(run);
    }
    say(status);
  }
}

switch (act.name) {
  case 'work': {
    const { organizations, slice, worker: called, address } = act;
    const worker = await fleet.work({ organizations, slice, name: called, address });
    say({ working: worker.name });
    process.once('SIGTERM', () => void worker.drain());
    const looks = setInterval(() => void (act.metrics && meter.look()), 100);
    await worker.drained;
    clearInterval(looks);
    if (act.metrics) writeFileSync(act.metrics, JSON.stringify(meter.recorded));
    break;
  }
  case 'submit':
    await submit(fleet, act);
    break;
  case 'watch':
    for await (const status of fleet.watch(act.run)) say(status);
    break;
  case 'outcomes':
    for await (const outcome of fleet.outcomes(act.run)) say(outcome);
    break;
  case 'status':
    say(await fleet.status(act.run));
    break;
  case 'await':
    await awaitAll(act.runs);
    break;
  case 'health':
    say(await fleet.health());
    break;
  case 'drain':
    say({ drained: await fleet.drain(act.worker) });
    break;
  case 'cancel':
    // At once when asked, it could come too late: a busy machine takes seconds to start a process.
    for await (const { counts } of fleet.watch(act.run)) {
      say({ counts });
      if ((counts.applied ?? 0) > 0) break;
    }
    say({ cancelled: await fleet.cancel(act.run) });
    break;
  case 'resume':
    say({ resumed: await fleet.resume(act.run) });
    break;
  case 'undo':
    say({ run: await fleet.undo(act.run) });
    break;
}
await fleet.close();
