import { spawnSync } from 'node:child_process';
import { atomic } from '../templates/runtime/batch/action/group.ts';
import { ref } from '../templates/runtime/batch/action/reference.ts';
import type { Item } from '../templates/runtime/batch/action/types.ts';
import { createPlan } from '../templates/runtime/batch/plan/create-plan.ts';
import type { DialectBase } from '../templates/runtime/batch/protocol/protocol.ts';
import { createNetwork, createVlan, ports, updateNetwork } from '../test/runtime/batch/builders.ts';
import { meraki } from '../test/runtime/batch/meraki.ts';
import { axapi, change, graph, journyx, post } from '../test/runtime/batch/requests/fixtures.ts';

// What planning costs, and how it grows: `npm run bench:plan [-- <part of a name> [<actions>]]`. Each plan is
// made in a process of its own. Ends with 1 where a plan fails, or twice the actions cost more than `most`
// times the CPU.

const most = 2.5;
/** CPU seconds below which the start of the process says more. */
const least = 0.25;

interface Case {
  readonly name: string;
  readonly dialect: DialectBase;
  readonly ordered?: boolean;
  items(count: number): readonly Item[];
}

/** As many items as there are numbers below `count`. */
function each(count: number, make: (n: number) => Item): readonly Item[] {
  return Array.from({ length: count }, (_, n) => make(n));
}

const cases: readonly Case[] = [
  { name: 'drafts: ports of switches', dialect: meraki, items: (count) => ports(count) },
  { name: 'drafts: the same, in order', dialect: meraki, ordered: true, items: (n) => ports(n) },
  {
    name: 'drafts: all below one path, which changes at last',
    dialect: meraki,
    items: (count) =>
      each(count, (n) =>
        n < count - 1
          ? createVlan({ networkId: 'N', body: { id: String(n), name: 'v' } })
          : updateNetwork({ networkId: 'N', body: { name: 'x' } }),
      ),
  },
  {
    name: 'drafts: below one path, which changes now and then',
    dialect: meraki,
    items: (count) =>
      each(count, (n) =>
        n % 1_000 > 0
          ? updateNetwork({ networkId: `N/${n}`, body: { name: 'x' } })
          : updateNetwork({ networkId: 'N', body: { name: 'x' } }),
      ),
  },
  {
    name: 'drafts: one resource, again and again',
    dialect: meraki,
    items: (count) => each(count, (n) => updateNetwork({ networkId: 'N', body: { n } })),
  },
  {
    name: 'drafts: one network, which all refer to',
    dialect: meraki,
    items: (count) => {
      const network = createNetwork({ organizationId: '1', body: { name: 'x' } });
      const body = { id: '1', name: 'v' };
      return each(count, (n) =>
        n === 0 ? network : createVlan({ networkId: ref(network), body }),
      );
    },
  },
  {
    name: 'drafts: groups of ten',
    dialect: meraki,
    items: (count) => each(count / 10, (n) => atomic(ports(10, n * 10))),
  },
  {
    name: 'aXAPI: servers',
    dialect: axapi,
    items: (count) =>
      each(count, (n) => post(`/axapi/v3/slb/server`, { server: { name: `s${n}` } })),
  },
  {
    name: 'Journyx: changes of one collection, and of the collection',
    dialect: journyx,
    items: (count) =>
      each(count, (n) =>
        change('PUT', n < count - 1 ? `/records/${n}` : '/records', { name: 'x' }),
      ),
  },
  {
    name: 'Graph: changes',
    dialect: graph,
    items: (count) => each(count, (n) => change('PATCH', `/users/${n}`, { name: 'x' })),
  },
];

interface Cost {
  /** CPU seconds. */
  readonly building: number;
  readonly planning: number;
  /** Of the whole process at its peak, actions included. */
  readonly megabytes: number;
  readonly batches: number;
}

const [wanted = '', total = '1000000', only] = process.argv.slice(2);

if (only !== undefined)
  process.stdout.write(JSON.stringify(cost(cases[Number(only)]!, Number(total))));
else process.exit(report(Number(total)));

function report(count: number): number {
  let faults = 0;
  process.stdout.write(
    `plans of ${count} actions: CPU seconds to build them, to plan; growth; MB\n`,
  );
  for (const [index, { name }] of cases.entries()) {
    if (!name.includes(wanted)) continue;
    const [half, whole] = [measure(index, count / 2), measure(index, count)];
    const growth = half && whole && whole.planning / Math.max(half.planning, least);
    const isFault = growth === undefined || growth > most;
    faults += Number(isFault);
    const figures = whole
      ? [whole.building.toFixed(2), whole.planning.toFixed(2), growth?.toFixed(2), whole.megabytes]
      : ['failed'];
    const cells = figures.map((figure) => String(figure).padStart(8)).join('');
    process.stdout.write(`${isFault ? '!' : ' '}${cells}  ${name}\n`);
  }
  return faults > 0 ? 1 : 0;
}

function measure(index: number, count: number): Cost | undefined {
  const [script = ''] = process.argv.slice(1);
  const args = [script, '', String(count), String(index)];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status === 0) return JSON.parse(stdout) as Cost;
  process.stderr.write(stderr);
  return undefined;
}

function cost({ dialect, ordered = false, items }: Case, count: number): Cost {
  const start = cpu();
  const made = items(count);
  const built = cpu();
  const { batches } = createPlan(dialect, made, { ordered });
  return {
    building: built - start,
    planning: cpu() - built,
    megabytes: Math.round(process.resourceUsage().maxRSS / 1_000),
    batches: batches.length,
  };
}

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}
