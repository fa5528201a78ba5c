import type { Random } from '../random.ts';

/** What a server has to say, and what becomes of it on the way. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Read when it is sent; an answer without a body has none. */
  readonly text?: (() => string) | undefined;
  /** Milliseconds until it is sent. */
  readonly wait?: number;
  readonly delivery?: Delivery;
}

/**
 * `cut`: the body ends in the middle. `none`: the connection breaks before the answer. `refused`: there
 * was no connection at all. `malformed`: the headers are more than a client reads.
 */
export type Delivery = 'whole' | 'cut' | 'none' | 'refused' | 'malformed';

export function json(status: number, value: unknown): Answer {
  const text = JSON.stringify(value);
  return { status, text: () => text };
}

export function refuse(status: number, ...errors: readonly string[]): Answer {
  return json(status, { errors });
}

/** An answer that says nothing about what became of the request. */
export function badGateway(): Answer {
  return {
    status: 502,
    headers: { 'Content-Type': 'text/html' },
    text: () => '<html><body><h1>502 Bad Gateway</h1></body></html>',
  };
}

/** What happens to a request that has a fault: `act` makes it take effect. */
type Fault = (act: () => Answer) => Answer;

const faults: readonly Fault[] = [
  () => ({ status: 0, delivery: 'none' }),
  () => ({ status: 0, delivery: 'refused' }),
  (act) => ({ ...act(), delivery: 'none' }),
  (act) => ({ ...act(), delivery: 'cut' }),
  (act) => (act(), badGateway()),
  () => badGateway(),
  () => refuse(500, 'Internal error'),
  () => ({ status: 503 }),
  (act) => (act(), { status: 504 }),
  () => ({ status: 429, headers: { 'Retry-After': '1' } }),
  () => ({ status: 429 }),
  (act) => ({ ...act(), wait: 10_000 }),
];

/** Has a request suffer one of all faults. */
export function suffer(random: Random, act: () => Answer): Answer {
  return faults[Math.floor(random() * faults.length)]!(act);
}

/** Lets a request take effect and loses its answer, in one of the ways in which that happens. */
export function lose(random: Random, act: () => Answer): Answer {
  const dice = random();
  const answer = act();
  if (dice < 0.4) return { ...answer, delivery: 'none' };
  return dice < 0.7 && answer.text ? { ...answer, delivery: 'cut' } : badGateway();
}
