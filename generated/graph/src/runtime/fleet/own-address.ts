// @ts-nocheck
import { hostName } from '../batch/journal/node-api.js';
import type { Connection, Pool } from './postgres.js';

/** A client of `pg` holds its connection, and that its socket, over TLS or not. */
interface WithSocket {
  readonly connection?: { readonly stream?: { readonly localAddress?: string } };
}

/** This machine, and the address under which it reaches the database: two namespaces of one machine differ. */
export async function ownAddress(pool: Pool): Promise<string> {
  const connection: Connection & WithSocket = await pool.connect();
  const address = connection.connection?.stream?.localAddress;
  connection.release();
  const host = await hostName();
  return address === undefined ? host : `${host} ${address}`;
}
