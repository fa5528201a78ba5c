import { migrate } from './migrations.js';
import { type Boss, openBoss, openPool } from './postgres.js';
import type { Store } from './store.js';
import type { FleetOptions } from './types.js';

/** Connections of one process; those that listen, and those of the queue, are apart. */
const connections = 12;
const bossConnections = 4;

/** What is opened of a fleet, when it is first needed. */
export interface Opened {
  readonly store: Store;
  readonly boss: Boss;
}

/** How it is opened. */
export interface Opening {
  readonly options: FleetOptions;
  readonly schema: string;
  readonly lease: number;
  readonly report: (error: unknown) => void;
}

/** Opens the store and the queue, and makes them where they are absent. */
export async function openFleet(opening: Opening): Promise<Opened> {
  const { options, schema, lease } = opening;
  const { connection, seal = same, open = same } = options;
  const pool = await openPool(connection, connections);
  try {
    await migrate(pool, schema);
    const boss = await openQueue(opening, { supervise: false });
    await boss.createQueue(schema, {
      policy: 'standard',
      retryLimit: 10_000,
      retryDelay: 0,
      heartbeatSeconds: Math.ceil(lease / 1_000),
      expireInSeconds: 86_399,
      deleteAfterSeconds: 86_400,
    });
    return { store: { pool, schema, seal, open }, boss };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** Opens the queue, on connections of its own. */
export async function openQueue(
  { options, schema, report }: Opening,
  settings: object,
): Promise<Boss> {
  const boss = await openBoss(options.connection, {
    schema: `${schema}_boss`,
    schedule: false,
    max: bossConnections,
    ...settings,
  });
  boss.on('error', report);
  await boss.start();
  return boss;
}

function same(text: string): string {
  return text;
}
