/** A process of a fleet for an API whose batch is one request: `{ connection, origin, schema, act }` as its argument. */
import { inspect } from 'node:util';
import { createAxapi } from '../../generated/axapi/src/index.js';
import { replaceSlbServer } from '../../generated/axapi/src/batch/slb.js';
import {
  createFleet as createAxapiFleet,
  type Fleet as AxapiFleet,
} from '../../generated/axapi/src/fleet.js';
import { createGraph } from '../../generated/graph/src/index.js';
import { updateUser } from '../../generated/graph/src/batch/users.js';
import { createFleet as createGraphFleet } from '../../generated/graph/src/fleet.js';
import { createJournyx } from '../../generated/journyx/src/index.js';
import { updateProject } from '../../generated/journyx/src/batch/projects.js';
import { createFleet as createJournyxFleet } from '../../generated/journyx/src/fleet.js';
import type { ElementDialect } from '../simulators/independent/envelopes.ts';

interface Argument {
  readonly connection: string;
  readonly origin: string;
  readonly schema: string;
  readonly act: {
    readonly name: 'work' | 'submit' | 'await';
    readonly dialect: ElementDialect;
    readonly unit: string;
    readonly actions: number;
    readonly run: string;
  };
}

// The test that starts this process writes it.
const { connection, origin, schema, act } = JSON.parse(process.argv[2] ?? '') as Argument;
const { dialect, unit, actions: count } = act;

const onError = (error: unknown): void => void process.stderr.write(`${inspect(error)}\n`);
// One that stops is taken up element by element after a kill.
const options = { onError: 'continue' } as const;
const common = { connection, schema, onError };
const indexes = Array.from({ length: count ?? 0 }, (_, index) => index);

/** What is used of a fleet, with the actions of its API. */
interface Member {
  readonly fleet: Pick<AxapiFleet, 'work' | 'watch' | 'close'>;
  submit(): Promise<string>;
}

const members: Readonly<Record<ElementDialect, () => Member>> = {
  axapi: () => {
    const fleet = createAxapiFleet({
      ...common,
      client: (of, { fetch }) =>
        createAxapi({ baseUrl: `${origin}/${of}`, signature: 'key', fetch }),
    });
    const actions = indexes.map((n) =>
      replaceSlbServer({
        name: `o${n}`,
        body: { server: { name: `o${n}`, host: '10.0.0.2', 'user-tag': `m #${n}` } },
      }),
    );
    return { fleet, submit: () => fleet.submit({ unit, actions, options }) };
  },
  journyx: () => {
    const fleet = createJournyxFleet({
      ...common,
      client: (of, { fetch }) => createJournyx({ baseUrl: `${origin}/${of}`, fetch }),
    });
    const actions = indexes.map((n) =>
      updateProject({ id: `o${n}`, etag: '"1"', body: { description: `m #${n}` } }),
    );
    return { fleet, submit: () => fleet.submit({ unit, actions, options }) };
  },
  graph: () => {
    const fleet = createGraphFleet({
      ...common,
      client: (of, { fetch }) => createGraph({ baseUrl: `${origin}/${of}`, fetch }),
    });
    const actions = indexes.map((n) =>
      updateUser({ 'user-id': `o${n}`, body: { jobTitle: `m #${n}` } }),
    );
    return { fleet, submit: () => fleet.submit({ unit, actions, options }) };
  },
};

const { fleet, submit } = members[dialect]();

function say(what: unknown): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}

switch (act.name) {
  case 'work': {
    const worker = await fleet.work();
    say({ working: worker.name });
    process.once('SIGTERM', () => void worker.drain());
    await worker.drained;
    break;
  }
  case 'submit':
    say({ run: await submit() });
    break;
  case 'await':
    for await (const status of fleet.watch(act.run)) say(status);
    break;
}
await fleet.close();
