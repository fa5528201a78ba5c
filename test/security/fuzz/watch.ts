import { ApiError } from '../../../templates/runtime/answers/errors.ts';
import { CallbackError } from '../../../templates/runtime/batch/draft/check-callback.ts';
import { JournalError } from '../../../templates/runtime/batch/journal/journal.ts';
import type { Transmit } from '../../../templates/runtime/call.ts';
import type { Clock } from '../../simulators/clock.ts';
import { type HostileAnswer, responseOf } from './answers.ts';

/** The credential; it has characters that URLs and JSON escape. */
export const key = 'k3y-Zq7+/="x';

/** Milliseconds that a call may take. */
export const timeout = 60;

/** In milliseconds: a call that a busy machine slows down is still far from it. */
const patience = 20_000;

/** Hosts that the tested clients may send the key to. */
const allowed = /^https:\/\/([\w-]+\.)*(example\.com|meraki\.(com|ca|cn|in)|gov-meraki\.com)\//;

/** Texts of errors that no author of an API or of this client has written. */
const internal =
  /Cannot (read|set|convert|destructure)|is not (a function|iterable|defined)|Maximum call stack|URI malformed|Invalid (array length|URL|time value)|undefined is not/;

/** A hostile server, and what went wrong towards it. */
export interface Server {
  readonly fetch: Transmit;
  readonly faults: readonly string[];
  /** Bodies of successes that came whole. */
  readonly successes: readonly string[];
}

/** Answers in turn, from the first again after the last. */
export function hostileServer(answers: readonly HostileAnswer[]): Server {
  const faults: string[] = [];
  const successes: string[] = [];
  let turn = 0;
  return {
    faults,
    successes,
    fetch: (url, { headers }) => {
      const sent = decoded(`${url.href}\n${[...headers].join('\n')}`);
      if (sent.includes(key) && !allowed.test(url.href))
        faults.push(`the key goes to ${url.origin}`);
      const answer = answers[turn++ % answers.length];
      if (answer === undefined) throw new Error('There is an answer.');
      if (answer.status >= 200 && answer.status < 300 && answer.ending === 'end')
        successes.push(answer.chunks.join(''));
      return Promise.resolve(responseOf(answer));
    },
  };
}

function decoded(text: string): string {
  return text.replace(/(%[0-7][0-9a-f])+/gi, (part) => decodeURIComponent(part));
}

/** What the work ends with: what came of it, or `rejected` and why. Undefined while it hangs. */
export interface Ended {
  readonly value?: unknown;
  readonly error?: unknown;
}

/**
 * What is wrong with how a run ends: also where it calls an action applied and no answer `isSuccess`,
 * or where it goes on long after the time that it was given.
 */
export async function judged(
  server: Server,
  clock: Clock,
  run: () => PromiseLike<unknown>,
  isSuccess: (body: unknown) => boolean,
): Promise<readonly string[]> {
  const { ended, faults } = await watched(async () => run());
  const isSaid = server.successes.some((text) => isSuccess(parsed(text)));
  const text = JSON.stringify(ended.value) ?? '';
  return [
    ...server.faults,
    ...faults,
    ...internalErrors(ended.value),
    ...(textsOf(ended.value).some(shows) ? [`an outcome shows the key: ${text}`] : []),
    ...(applied(ended.value) && !isSaid ? [`applied without a success: ${text}`] : []),
    ...(clock.now() > longest ? [`it ends after ${clock.now()} ms`] : []),
  ];
}

/** Milliseconds of virtual time: a run gives each of its steps a minute, and has a handful. */
const longest = 3_600_000;

/** Whether outcomes call an action applied. */
export function applied(value: unknown): boolean {
  return Array.isArray(value) && value.some((one) => memberOf(one, 'status') === 'applied');
}

/** What outcomes say in words; ids and values are data, and given as they came. */
function textsOf(outcomes: unknown): readonly string[] {
  return [outcomes]
    .flat()
    .flatMap((one) => [memberOf(one, 'message'), memberOf(memberOf(one, 'error'), 'message')])
    .filter((text) => typeof text === 'string');
}

export function memberOf(value: unknown, name: string): unknown {
  return new Map<string, unknown>(Object.entries(Object(value))).get(name);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function shows(text: string): boolean {
  return text.includes(key) || text.includes(JSON.stringify(key).slice(1, -1));
}

/** What is wrong with how the work ends; it fails with errors that the project documents alone. */
export async function watched(work: () => Promise<unknown>): Promise<{
  readonly ended: Ended;
  readonly faults: readonly string[];
}> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hanging = new Promise<'hangs'>((resolve) => {
    timer = setTimeout(resolve, patience, 'hangs');
  });
  // The time between two attempts is random; here there is none where a server asks for none.
  const { random } = Math;
  Math.random = () => 0;
  try {
    const value = await Promise.race([work(), hanging]);
    return { ended: { value }, faults: value === 'hangs' ? ['it hangs'] : [] };
  } catch (error) {
    return { ended: { error }, faults: faultsOf(error) };
  } finally {
    clearTimeout(timer);
    Math.random = random;
  }
}

function faultsOf(error: unknown): readonly string[] {
  const isDocumented =
    error instanceof ApiError ||
    error instanceof JournalError ||
    error instanceof CallbackError ||
    // Each generated package has classes of its own.
    (error instanceof Error &&
      /^(ApiError|JournalError|CallbackError|PlanError)$/.test(error.name));
  if (!isDocumented)
    return [`raw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  const text = `${error.message} ${JSON.stringify(error)}`;
  const said = internal.exec(error.message);
  return [
    ...(said ? [`an internal error shows: ${error.message}`] : []),
    ...(shows(text) ? [`the key shows: ${text}`] : []),
  ];
}

/** Internal errors in the text of an outcome. */
function internalErrors(outcomes: unknown): readonly string[] {
  const text = JSON.stringify(outcomes) ?? '';
  const found = internal.exec(text);
  return found ? [`an outcome shows an internal error: ${text.slice(0, 500)}`] : [];
}
