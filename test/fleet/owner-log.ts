/** What is used of the package `pg`, which brings no types. */
interface Client {
  connect(): Promise<void>;
  query(text: string): Promise<{ readonly rows: readonly Record<string, unknown>[] }>;
  end(): Promise<void>;
}

/** When an epoch of a unit began and ended, by the clock of the store, in milliseconds since 1970. */
interface Ownership {
  readonly unit: string;
  readonly epoch: bigint;
  readonly worker: string;
  readonly from: number;
  readonly until: number;
}

/** How many places a worker had from some time on, until it said otherwise, or for so long as it was heard of. */
interface Grant {
  readonly worker: string;
  readonly places: number;
  readonly from: number;
  readonly until: number;
}

/** A unit whose owner died, and who came after it. */
export interface Takeover {
  /** When the owner died, when its lease ended, and when another had it. */
  readonly from: number;
  readonly until: number;
  readonly to: number;
  readonly ms: number;
}

/** Writes down in the store itself who had the right to act for what, and when. */
export class OwnerLog {
  readonly #connection: string;
  readonly #schema: string;

  private constructor(connection: string, schema: string) {
    this.#connection = connection;
    this.#schema = schema;
  }

  static async start(connection: string, schema: string): Promise<OwnerLog> {
    const log = new OwnerLog(connection, schema);
    await log.#query(`
      create table ${schema}.owner_log (unit text, epoch bigint, worker text, until timestamptz, at timestamptz);
      create function ${schema}.log_owner() returns trigger language plpgsql as $$
      begin
        insert into ${schema}.owner_log values (new.unit, new.epoch, new.worker, new.until, clock_timestamp());
        return new;
      end $$;
      create trigger log_owner after insert or update on ${schema}.owners
        for each row execute function ${schema}.log_owner();
      create table ${schema}.worker_log (id uuid, worker text, places int, until timestamptz, at timestamptz);
      create function ${schema}.log_worker() returns trigger language plpgsql as $$
      begin
        insert into ${schema}.worker_log values (new.id, new.name, new.places, new.until, clock_timestamp());
        return new;
      end $$;
      create trigger log_worker after update on ${schema}.workers
        for each row execute function ${schema}.log_worker();
    `);
    return log;
  }

  async read(): Promise<Owners> {
    const rows = await this.#query(`
      select unit, epoch, min(worker) as worker, extract(epoch from min(at)) * 1000 as from,
        extract(epoch from (array_agg(until order by at desc))[1]) * 1000 as until
      from ${this.#schema}.owner_log group by unit, epoch order by unit, epoch`);
    const owners = rows.map((row) => ({
      unit: String(row['unit']),
      epoch: BigInt(String(row['epoch'])),
      worker: String(row['worker']),
      from: Number(row['from']),
      until: Number(row['until']),
    }));
    const claims = await this.#query(`
      select worker, places, extract(epoch from at) * 1000 as from,
        extract(epoch from least(until, lead(at) over (partition by id order by at))) * 1000 as until
      from ${this.#schema}.worker_log`);
    const grants = claims.map((row) => ({
      worker: String(row['worker']),
      places: Number(row['places']),
      from: Number(row['from']),
      until: Number(row['until']),
    }));
    return new Owners(owners, grants);
  }

  #query(text: string): Promise<readonly Record<string, unknown>[]> {
    return askDatabase(this.#connection, text);
  }
}

/** Asks a database on a connection of its own. */
export async function askDatabase(
  connection: string,
  text: string,
): Promise<readonly Record<string, unknown>[]> {
  const { default: pg } = (await import('pg' as string)) as {
    readonly default: { readonly Client: new (settings: object) => Client };
  };
  const client = new pg.Client({ connectionString: connection });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** Who had what, and when. */
export class Owners {
  readonly all: readonly Ownership[];
  readonly #grants: readonly Grant[];

  constructor(all: readonly Ownership[], grants: readonly Grant[]) {
    this.all = all;
    this.#grants = grants;
  }

  /** Owners of a unit whose last request came after their lease had ended. */
  late(unit: string, lastRequests: ReadonlyMap<bigint, number>): number {
    return this.all.filter(
      (one) => one.unit === unit && (lastRequests.get(one.epoch) ?? 0) > one.until,
    ).length;
  }

  /** From the death of an owner to its successor. */
  takeovers(deaths: ReadonlyMap<string, number>): readonly Takeover[] {
    return this.all.flatMap(({ unit, epoch, worker, until }) => {
      const death = deaths.get(worker);
      const next = this.all.find((one) => one.unit === unit && one.epoch === epoch + 1n);
      // One that had let go of it before is followed in its own time.
      if (death === undefined || until <= death || !next) return [];
      return [{ from: death, until, to: next.from, ms: Math.round(next.from - death) }];
    });
  }

  /** Units that workers could act for besides those that they act for, at a time. */
  free(at: number, isUp: (worker: string) => boolean): number {
    const isThen = (one: { readonly from: number; readonly until: number }): boolean =>
      one.from <= at && one.until > at;
    return this.#grants
      .filter((grant) => isThen(grant) && isUp(grant.worker))
      .map(({ worker, places }) => {
        const busy = this.all.filter((one) => one.worker === worker && isThen(one)).length;
        return Math.max(0, places - busy);
      })
      .reduce((sum, free) => sum + free, 0);
  }

  /** The most units that workers had at a time, all together. */
  most(ofWorker: (worker: string) => boolean = () => true): number {
    const own = this.all.filter(({ worker }) => ofWorker(worker));
    const counts = own.map(
      ({ from }) => own.filter((o) => o.from <= from && o.until > from).length,
    );
    return Math.max(0, ...counts);
  }
}
