/** Shares are between 0 and 1, times in milliseconds. */

/** How far what is read lags behind what was written. */
export interface Consistency {
  readonly list?: number;
  readonly read?: number;
  /** For so long a PUT or DELETE may not find a batch. */
  readonly write?: number;
  /** Whether one client always meets the same replica, so that what it saw does not vanish again. */
  readonly monotonic?: boolean;
}

/** A request by what it is about; `LIST` is the list of batches. */
export type Route = 'POST' | 'PUT' | 'DELETE' | 'GET' | 'LIST';

/** Requests of a kind that fail between two times, without an effect. */
export interface Failing {
  /** By default all. */
  readonly route?: Route;
  readonly how: 'refused-connection' | 'reset' | 404 | 500;
  readonly from: number;
  readonly until: number;
}

/** How too many running batches are refused. */
export interface Busy {
  readonly status: 400 | 409 | 429;
  readonly text: string;
}

/** How the action batches of a server depart from what their vendor describes. By default not at all. */
export interface Conduct {
  readonly consistency?: Consistency;
  /** Share of failed batches whose first actions stay applied. */
  readonly partial?: number;
  /** Of a failed batch, all takes effect but what fails. */
  readonly goesOn?: boolean;
  /** What is wrong with `createdResources`. */
  readonly created?: 'shuffled' | 'partial' | 'absent' | 'numbers';
  /** Ids of batches are JSON numbers, of 18 digits. */
  readonly numericIds?: boolean;
  /** Share of answers that are lost after the request took effect. */
  readonly lost?: { readonly [Of in Route]?: number };
  /** What a second confirmation gets. */
  readonly secondConfirmation?: 'accepted' | 'refused';
  /** Share of confirmations that took effect and are answered with `confirmed: false`. */
  readonly showsUnconfirmed?: number;
  /** Share of answers to POST and PUT with more headers than a client reads. */
  readonly malformed?: number;
  /** Share of ended batches that are shown as completed and as failed. */
  readonly bothFlags?: number;
  /** Share of our POSTs at whose time another process makes an equal draft. */
  readonly twins?: number;
  /** Other applications run batches, most of the time so many. */
  readonly others?: number;
  readonly busy?: Busy;
  readonly failing?: readonly Failing[];
  /** Share of all requests with a fault of some kind. */
  readonly faults?: number;
}
