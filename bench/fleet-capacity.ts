/**
 * What a fleet needs for so many organizations and devices, by simulation: `npm run bench:capacity`. The constants are
 * measured, as docs/fleet.md says; no network and no clock take part.
 */
import { type FleetModel, type Simulated, simulateFleet } from './simulated-fleet.ts';

/** Of a batch of 100 actions. */
const requests = 11.5;
const lines = 4;
/** A second: statements of a worker, of a place without a unit and of one with a unit. */
const statements = { worker: 11, idle: 2, busy: 3.2 };
/** A second: rows that a worker and a unit write besides lines and outcomes. */
const rows = { worker: 2.7, busy: 1.3 };
/** Of an action: its lines in the journal as text, and what both tables take on disk. */
const text = 165;
const stored = 207;
/** Of a worker, at most. */
const connections = 20;

const day = 86_400;
const usual = {
  places: 10,
  batch: 30,
  slice: 60,
  turn: 0.5,
  gap: 0.5,
  life: day,
  takeover: 10.5,
  seed: 1,
};

console.log(
  '| organizations | devices | addresses | hours | the oldest waits | places in use | requests/s of an address | statements/s | rows/s | journal, as text and on disk | connections |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |');
for (const [organizations, devices] of [
  [100, 10_000],
  [1_000, 100_000],
  [10_000, 1_000_000],
] as const)
  for (const addresses of [1, 4, 16, 64]) {
    if (addresses * usual.places > organizations) continue;
    const actions = spread(organizations, devices);
    console.log(rowOf({ ...usual, actions, addresses }, organizations, devices));
  }
const many = {
  ...usual,
  actions: Array.from({ length: 1_000 }, () => 100),
  addresses: 4,
  batch: 4,
};
const { seconds } = simulateFleet(many);
console.log(`\nmany, as it is measured: ${seconds.toFixed(0)} s for 1,000 of 100, batches of 4 s`);

/** Devices of each organization: a few have many, most have few. */
function spread(organizations: number, devices: number): readonly number[] {
  const weights = Array.from({ length: organizations }, (_, index) => (index + 1) ** -0.8);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => Math.max(1, Math.round((devices * weight) / all)));
}

function rowOf(model: FleetModel, organizations: number, devices: number): string {
  const result = simulateFleet(model);
  const { addresses, places } = model;
  const busy = addresses * places * result.used;
  const idle = addresses * places - busy;
  const perSecond = (count: number): string => round(count / result.seconds);
  const megabytes = (bytes: number): string => `${round((devices * bytes) / 1e6)} MB`;
  const cells = [
    organizations.toLocaleString('en-US'),
    devices.toLocaleString('en-US'),
    `${addresses}`,
    (result.seconds / 3_600).toFixed(2),
    spoken(oldest(result)),
    `${Math.round(result.used * 100)} %`,
    perSecond((result.batches * requests) / addresses),
    round(addresses * statements.worker + idle * statements.idle + busy * statements.busy),
    round(
      addresses * rows.worker +
        busy * rows.busy +
        (result.batches * lines + devices) / result.seconds,
    ),
    `${megabytes(text)}, ${megabytes(stored)}`,
    (addresses * connections).toLocaleString('en-US'),
  ];
  return `| ${cells.join(' | ')} |`;
}

function oldest({ waits }: Simulated): number {
  return Math.max(...waits);
}

function spoken(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${(seconds / 60).toFixed(0)} min`;
}

function round(number: number): string {
  return (number < 10 ? Number(number.toFixed(1)) : Math.round(number)).toLocaleString('en-US');
}
