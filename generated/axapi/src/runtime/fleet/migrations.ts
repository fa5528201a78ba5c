// @ts-nocheck
import { type Database, inTransaction, type Pool } from './postgres.js';

/**
 * Statements that bring the tables from one version to the next, oldest first. What is published stays as
 * it is; a change is a further entry.
 */
function migrations(schema: string): readonly string[] {
  return [
    `
    create table ${schema}.owners (
      unit text primary key,
      epoch bigint not null,
      worker text not null,
      until timestamptz not null
    );
    create table ${schema}.runs (
      id uuid primary key default gen_random_uuid(),
      number bigint generated always as identity,
      key text unique,
      unit text not null,
      kind text not null check (kind in ('run', 'undo')),
      of uuid references ${schema}.runs (id),
      state text not null check (state in ('queued', 'running', 'done', 'cancelled', 'failed')),
      job uuid,
      is_cancelled boolean not null default false,
      priority integer not null default 0,
      start_after timestamptz,
      actions integer not null,
      settled integer not null default 0,
      summary text,
      error text,
      created timestamptz not null default clock_timestamp(),
      started timestamptz,
      ended timestamptz
    );
    create index on ${schema}.runs (unit, number);
    create index on ${schema}.runs (state) where state in ('queued', 'running');
    create table ${schema}.journal (
      run uuid not null references ${schema}.runs (id) on delete cascade,
      seq integer not null,
      entry text not null,
      primary key (run, seq)
    );
    create table ${schema}.outcomes (
      run uuid not null references ${schema}.runs (id) on delete cascade,
      index integer not null,
      status text not null,
      outcome text not null,
      primary key (run, index)
    );
    `,
    `
    create table ${schema}.workers (
      id uuid primary key,
      name text not null,
      address text not null,
      wants integer not null,
      places integer not null,
      busy integer not null,
      until timestamptz not null,
      is_draining boolean not null default false,
      started timestamptz not null default clock_timestamp()
    );
    create index on ${schema}.workers (address, until);
    create index on ${schema}.owners (worker);
    alter table ${schema}.runs add column taken timestamptz;
    `,
    `alter table ${schema}.owners add column rests timestamptz not null default '-infinity'`,
    `create index on ${schema}.runs (start_after) where state = 'queued'`,
  ];
}

/** Brings the tables to the newest version; several processes may do so at once. */
export async function migrate(pool: Pool, schema: string): Promise<void> {
  const steps = migrations(schema);
  if ((await versionOf(pool, schema)) === steps.length) return;
  await inTransaction(pool, async (database) => {
    await database.query('select pg_advisory_xact_lock(hashtext($1))', [`batchwright ${schema}`]);
    await database.query(`create schema if not exists ${schema}`);
    await database.query(`create table if not exists ${schema}.version (number integer not null)`);
    const version = await versionOf(database, schema);
    if (version > steps.length) {
      throw new Error(
        `The schema ${schema} is of a newer version (${version}) than this package knows (${steps.length}).`,
      );
    }
    for (const step of steps.slice(version)) await database.query(step);
    await database.query(`delete from ${schema}.version`);
    await database.query(`insert into ${schema}.version values ($1)`, [steps.length]);
  });
}

async function versionOf(database: Database, schema: string): Promise<number> {
  const { rows } = await database.query('select to_regclass($1) is not null as exists', [
    `${schema}.version`,
  ]);
  if (rows[0]?.['exists'] !== true) return 0;
  const found = await database.query(`select number from ${schema}.version`);
  return Number(found.rows[0]?.['number'] ?? 0);
}
