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
    `);
    return log;
  }

  async read(): Promise<Owners> {
    const rows = await this.#query(`
      select unit, epoch, min(worker) as worker, extract(epoch from min(at)) * 1000 as from,
        extract(epoch from (array_agg(until order by at desc))[1]) * 1000 as until
      from ${this.#schema}.owner_log group by unit, epoch order by unit, epoch`);
    return new Owners(
      rows.map((row) => ({
        unit: String(row['unit']),
        epoch: BigInt(String(row['epoch'])),
        worker: String(row['worker']),
        from: Number(row['from']),
        until: Number(row['until']),
      })),
    );
  }

  async #query(text: string): Promise<readonly Record<string, unknown>[]> {
    const { default: pg } = (await import('pg' as string)) as {
      readonly default: { readonly Client: new (settings: object) => Client };
    };
    const client = new pg.Client({ connectionString: this.#connection });
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  }
}

/** Who had what, and when. */
export class Owners {
  readonly #all: readonly Ownership[];

  constructor(all: readonly Ownership[]) {
    this.#all = all;
  }

  /** Owners of a unit whose last request came after their lease had ended. */
  late(unit: string, lastRequests: ReadonlyMap<bigint, number>): number {
    return this.#all.filter(
      (one) => one.unit === unit && (lastRequests.get(one.epoch) ?? 0) > one.until,
    ).length;
  }

  /** From the death of an owner to its successor. */
  takeovers(
    deaths: ReadonlyMap<string, number>,
  ): readonly { readonly from: number; readonly to: number; readonly ms: number }[] {
    return this.#all.flatMap(({ unit, epoch, worker, until }) => {
      const death = deaths.get(worker);
      const next = this.#all.find((one) => one.unit === unit && one.epoch === epoch + 1n);
      // One that had let go of it before is followed in its own time.
      if (death === undefined || until <= death || !next) return [];
      return [{ from: death, to: next.from, ms: Math.round(next.from - death) }];
    });
  }

  /** The most units that workers had at a time, all together. */
  most(ofWorker: (worker: string) => boolean = () => true): number {
    const own = this.#all.filter(({ worker }) => ofWorker(worker));
    const counts = own.map(
      ({ from }) => own.filter((o) => o.from <= from && o.until > from).length,
    );
    return Math.max(0, ...counts);
  }
}
