// @ts-nocheck
import { memberAt } from '../action/members.js';
import { trim } from '../action/wire.js';
import { hasEnded, type ServerBatch } from '../outcome/batch-result.js';
import { consistentAfter } from '../pace/read-lag.js';
import { backOff } from '../pace/retry-deadline.js';
import { Shown } from '../pace/shown.js';
import { Silence } from '../pace/silence.js';
import { PlanError } from '../plan/units.js';
import type { DraftDialect } from '../protocol/protocol.js';
import type { Engine, Quiet } from '../run/session.js';
import { DraftApi } from './draft-api.js';

/** How often the list may fail before nothing is known of what runs. */
const mostTries = 3;
/** Between two looks at most, in milliseconds. */
const longest = 15_000;

/**
 * Waits until the server executes no batch that writes what is asked for: a process that has died may have
 * confirmed one. A draft of such a batch is looked at for half a minute, as lists lag behind.
 *
 * @throws PlanError where one is executed for longer than batches may take.
 */
export async function awaitRunning(
  {
    client,
    dialect,
    clock,
    limiter,
  }: Pick<Engine, 'client' | 'clock' | 'limiter'> & { readonly dialect: DraftDialect },
  { scope, touches, signal = new AbortController().signal }: Quiet,
): Promise<void> {
  const { timeout } = dialect;
  const silence = new Silence(clock, timeout);
  const context = { limiter, abortSignal: signal, timeout, silence, shown: new Shown([]) };
  const api = new DraftApi(client, dialect, scope, context);
  const begun = clock.now();
  for (let tries = 0; tries < mostTries && !signal.aborted;) {
    const answer = await api.list();
    const elapsed = clock.now() - begun;
    if (!answer.ok) {
      tries += 1;
      await clock.sleep(backOff(tries), signal);
      continue;
    }
    const found = answer.value.filter((one) => !hasEnded(one) && writes(one, touches));
    const running = found.find(({ confirmed }) => confirmed);
    if (!running && (found.length === 0 || elapsed >= consistentAfter)) return;
    if (elapsed > timeout) {
      throw new PlanError(
        `Batch ${running?.id} is still executed, and writes what is to be undone. Undo again when it has ended.`,
      );
    }
    await clock.sleep(Math.min(longest, 500 + elapsed / 10), signal);
  }
}

function writes({ actions }: ServerBatch, touches: Quiet['touches']): boolean {
  return actions.some((action) => {
    const resource = memberAt(action, ['resource']);
    return typeof resource === 'string' && touches(trim(resource));
  });
}
