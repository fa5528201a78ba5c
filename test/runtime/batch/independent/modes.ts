import type { Busy, Conduct } from '../../../simulators/independent/conduct.ts';
import type { Report, Trial } from './trial.ts';

/** One way in which a server departs from what its vendor describes, and what a run must still keep to. */
export interface Mode extends Trial {
  readonly name: string;
  /**
   * What may happen besides the promises of every mode: actions that are `unknown`; that are honestly not
   * done; drafts of ours that nobody can prove to be ours, and that the result names; requests above the rate.
   */
  readonly allows?: readonly ('unknown' | 'notDone' | 'leftDrafts' | 'overLimit')[];
  /** Simulated seconds at most, for so many batches. */
  readonly seconds?: (report: Report) => number;
  /** Drafts at most. */
  readonly drafts?: (report: Report) => number;
}

const families = { families: 0.1 };
/** Nothing ends before it. */
const forGood = { from: 0, until: Infinity };
const seconds = 1_000;

/** Longer than the undisturbed run by no more than the trouble takes, and a third. */
const promptly =
  (trouble: number) =>
  ({ busySeconds, batches }: Report): number =>
    trouble + 120 + 1.35 * busySeconds + 0.2 * batches;

const busy: readonly Busy[] = [
  {
    status: 400,
    text: 'Too many concurrently executing batches. Maximum is 5 confirmed but not yet executed batches.',
  },
  { status: 400, text: 'There are already 5 action batches in progress for this organization' },
  { status: 409, text: 'Concurrent action batch limit reached (5)' },
  { status: 429, text: 'Organization has reached its limit of running batches, try again later' },
  { status: 400, text: 'Please wait for pending batches to finish' },
  { status: 409, text: 'Conflict' },
  { status: 429, text: 'Too many concurrently executing batches.' },
];

function lagging(name: string, conduct: Conduct): Mode {
  return { name, conduct };
}

const lost = { POST: 0.15, PUT: 0.25, DELETE: 0.3 };

export const modes: readonly Mode[] = [
  { name: 'as documented', conduct: {} },
  lagging('lists lag by up to 8 s', { consistency: { list: 8_000 } }),
  lagging('reads lag by up to 8 s, one replica for each client', {
    consistency: { read: 8_000, monotonic: true },
  }),
  lagging('reads lag by up to 8 s, another replica each time', { consistency: { read: 8_000 } }),
  lagging('PUT and DELETE find a batch only after up to 8 s', { consistency: { write: 8_000 } }),
  lagging('everything lags by up to 8 s', {
    consistency: { list: 8_000, read: 8_000, write: 8_000 },
  }),
  {
    name: 'everything lags, and answers are lost',
    conduct: { consistency: { list: 8_000, read: 8_000, write: 4_000 }, lost },
    allows: ['unknown', 'leftDrafts', 'notDone'],
  },
  {
    name: 'a failed batch keeps its first actions',
    conduct: { partial: 1 },
    load: { failing: 0.02 },
    allows: ['unknown', 'notDone'],
  },
  {
    name: 'a failed batch keeps its first actions, with onError stop',
    conduct: { partial: 1 },
    load: { failing: 0.01 },
    onError: 'stop',
    allows: ['unknown', 'notDone'],
  },
  {
    name: 'a failed batch goes on after the action that failed',
    conduct: { goesOn: true },
    load: { failing: 0.02 },
    allows: ['unknown', 'notDone'],
  },
  {
    name: 'createdResources are shuffled',
    conduct: { created: 'shuffled' },
    load: families,
    allows: ['notDone'],
  },
  {
    name: 'createdResources are partial',
    conduct: { created: 'partial' },
    load: families,
    allows: ['notDone'],
  },
  {
    name: 'createdResources are absent',
    conduct: { created: 'absent' },
    load: families,
    allows: ['notDone'],
  },
  {
    name: 'ids of created resources are JSON numbers',
    conduct: { created: 'numbers' },
    load: families,
  },
  { name: 'ids of batches are JSON numbers of 18 digits', conduct: { numericIds: true } },
  {
    name: 'answers are lost, a second confirmation is accepted',
    conduct: { lost, secondConfirmation: 'accepted' },
    allows: ['leftDrafts'],
  },
  {
    name: 'answers are lost, a second confirmation is refused',
    conduct: { lost, secondConfirmation: 'refused' },
    allows: ['leftDrafts'],
  },
  {
    name: 'answers are lost, reads lag, a second confirmation is refused',
    conduct: { lost, secondConfirmation: 'refused', consistency: { read: 8_000, list: 8_000 } },
    allows: ['unknown', 'leftDrafts'],
  },
  {
    name: 'half of the confirmations are lost, reads lag by up to 20 s, a second one is refused',
    conduct: { lost: { PUT: 0.5 }, secondConfirmation: 'refused', consistency: { read: 20_000 } },
    allows: ['unknown'],
  },
  {
    name: 'a confirmation is answered with confirmed: false, a second one is refused',
    conduct: { showsUnconfirmed: 0.3, secondConfirmation: 'refused' },
  },
  {
    name: 'a confirmation is answered with confirmed: false, reads lag, a second one is refused',
    conduct: { showsUnconfirmed: 0.3, secondConfirmation: 'refused', consistency: { read: 8_000 } },
    allows: ['unknown'],
  },
  {
    name: 'answers are malformed HTTP',
    conduct: { malformed: 0.2 },
    hasTransport: true,
    allows: ['leftDrafts'],
  },
  {
    name: 'answers are malformed HTTP, a second confirmation is refused',
    conduct: { malformed: 0.2, secondConfirmation: 'refused' },
    hasTransport: true,
    allows: ['leftDrafts'],
  },
  {
    name: 'batches are shown as completed and as failed',
    conduct: { bothFlags: 0.2 },
    allows: ['unknown', 'notDone'],
  },
  {
    name: 'others left equal drafts yesterday, answers to POST are lost',
    conduct: { lost: { POST: 0.5 } },
    hasOldTwins: true,
    // A batch is given up when as many of its drafts as a run may leave are on the server.
    allows: ['leftDrafts', 'notDone'],
  },
  {
    name: 'others left equal drafts yesterday, lists lag, answers to POST are lost',
    conduct: { lost: { POST: 0.5 }, consistency: { list: 8_000 } },
    hasOldTwins: true,
    allows: ['leftDrafts', 'notDone'],
  },
  {
    name: 'others make equal drafts at the same time, answers to POST are lost',
    conduct: { twins: 0.5, lost: { POST: 0.3 } },
    allows: ['leftDrafts'],
  },
  { name: 'others run 3 batches', conduct: { others: 3 } },
  { name: 'others run 5 batches', conduct: { others: 5 } },
  ...busy.map((one): Mode => ({
    name: `others take all places, busy is ${one.status} "${one.text}"`,
    // Lists that lag behind show places that are taken meanwhile.
    conduct: { others: 8, busy: one, consistency: { list: 15_000 } },
  })),
  {
    name: 'PUT fails with 500 for 60 s',
    conduct: { failing: [{ route: 'PUT', how: 500, from: 20_000, until: 80_000 }] },
    seconds: promptly(60),
  },
  {
    name: 'PUT fails with 404 for good',
    conduct: { failing: [{ route: 'PUT', how: 404, ...forGood }] },
    timeout: 30 * seconds,
    allows: ['notDone'],
    seconds: () => 120,
    drafts: ({ batches }) => batches,
  },
  {
    name: 'PUT fails with 500 for good',
    conduct: { failing: [{ route: 'PUT', how: 500, ...forGood }] },
    timeout: 30 * seconds,
    allows: ['notDone', 'unknown'],
    seconds: () => 120,
    drafts: ({ batches }) => batches,
  },
  {
    name: 'GET of a batch fails for 60 s',
    conduct: { failing: [{ route: 'GET', how: 500, from: 20_000, until: 80_000 }] },
    seconds: promptly(60),
  },
  {
    name: 'GET of a batch fails with 500 for good',
    conduct: { failing: [{ route: 'GET', how: 500, ...forGood }] },
    seconds: promptly(60),
  },
  {
    name: 'GET of a batch fails with 404 for good',
    conduct: { failing: [{ route: 'GET', how: 404, ...forGood }] },
    seconds: promptly(60),
  },
  {
    name: 'the list fails for 60 s',
    conduct: { failing: [{ route: 'LIST', how: 500, from: 20_000, until: 80_000 }] },
    seconds: promptly(60),
  },
  {
    name: 'the list fails for good',
    conduct: { failing: [{ route: 'LIST', how: 500, ...forGood }] },
    // Only the list shows a draft whose answer a kill has swallowed.
    allows: ['leftDrafts'],
    seconds: promptly(60),
  },
  {
    name: 'the list fails for good, answers are lost',
    conduct: { failing: [{ route: 'LIST', how: 500, ...forGood }], lost },
    allows: ['leftDrafts'],
  },
  {
    name: 'DELETE fails for 60 s, answers to POST are lost',
    conduct: {
      failing: [{ route: 'DELETE', how: 500, from: 0, until: 60_000 }],
      lost: { POST: 0.3 },
      consistency: { list: 4_000 },
    },
    allows: ['leftDrafts'],
  },
  {
    name: 'no connection for 90 s',
    conduct: { failing: [{ how: 'refused-connection', from: 20_000, until: 110_000 }] },
    seconds: promptly(90),
  },
  {
    name: 'connections break for 90 s',
    conduct: { failing: [{ how: 'reset', from: 20_000, until: 110_000 }] },
    seconds: promptly(90),
  },
  {
    name: 'the process stands still for 400 s',
    conduct: {},
    pause: { at: 25_000, ms: 400_000 },
    seconds: promptly(400),
  },
  {
    name: 'a journal is restored from a backup when its process has died',
    conduct: {},
    restores: true,
    allows: ['unknown', 'notDone', 'leftDrafts'],
  },
  {
    name: '5 % of all requests are faulted',
    conduct: { faults: 0.05 },
    allows: ['overLimit', 'leftDrafts'],
  },
  {
    name: '20 % of all requests are faulted',
    conduct: { faults: 0.2 },
    allows: ['overLimit', 'leftDrafts'],
  },
  {
    name: '20 % of all requests are faulted, a second confirmation is refused',
    conduct: { faults: 0.2, secondConfirmation: 'refused' },
    allows: ['overLimit', 'leftDrafts'],
  },
  {
    name: 'everything at once',
    conduct: {
      consistency: { list: 8_000, read: 8_000, write: 2_000 },
      faults: 0.1,
      secondConfirmation: 'refused',
      showsUnconfirmed: 0.05,
      malformed: 0.02,
      twins: 0.1,
      others: 3,
      created: 'shuffled',
      partial: 0.5,
    },
    load: families,
    allows: ['unknown', 'notDone', 'leftDrafts', 'overLimit'],
  },
];
