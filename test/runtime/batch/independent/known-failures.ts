/**
 * Modes in which the run-time does not keep its promises yet, with what was seen: 400 actions, seed 1 in one
 * process, seed 2 with two kills. A mode that is kept again fails its test until it is taken out.
 */
export const known: ReadonlyMap<string, string> = new Map();

/** The same for servers of request batches: 1,000 actions. */
export const knownElements: ReadonlyMap<string, string> = new Map([
  ['axapi: as documented', 'seed 2: notDone 900'],
  [
    'axapi: answers are lost, a batch that comes again gets 400',
    'seed 1: calledOtherwise 100, seed 2: calledOtherwise 200, seed 2: notDone 700',
  ],
  ['axapi: answers are lost, a batch that comes again gets 404', 'seed 2: notDone 700'],
  [
    'axapi: answers are lost, a batch that comes again gets 409',
    'seed 1: calledOtherwise 100, seed 2: calledOtherwise 200, seed 2: notDone 700',
  ],
  [
    'axapi: answers are lost, a batch that comes again gets 413',
    'seed 1: calledOtherwise 100, seed 2: calledOtherwise 200, seed 2: notDone 700',
  ],
  [
    'axapi: answers are lost, a batch that comes again gets 422',
    'seed 1: calledOtherwise 100, seed 2: calledOtherwise 200, seed 2: notDone 700',
  ],
  ['axapi: answers are partial', 'seed 1: notDone 300, seed 2: notDone 200'],
  ['axapi: 5 % of all requests are faulted', 'seed 2: notDone 900'],
  ['axapi: 20 % of all requests are faulted', 'seed 2: notDone 900'],
  [
    'journyx: answers are lost, an element that comes again gets 409',
    'seed 1: calledOtherwise 185, seed 2: calledOtherwise 355',
  ],
  [
    'journyx: answers are lost, an element that comes again gets 423',
    'seed 1: calledOtherwise 185, seed 2: calledOtherwise 355',
  ],
  [
    'journyx: answers are lost, an element that comes again gets 500',
    'seed 1: calledOtherwise 185, seed 2: calledOtherwise 355',
  ],
  [
    'journyx: answers are lost, an element that comes again gets 503',
    'seed 1: calledOtherwise 185, seed 2: calledOtherwise 355',
  ],
  [
    'journyx: answers are lost, a batch that comes again gets 400',
    'seed 1: calledOtherwise 300, seed 2: calledOtherwise 600',
  ],
  [
    'journyx: answers are lost, a batch that comes again gets 409',
    'seed 1: calledOtherwise 300, seed 2: calledOtherwise 600',
  ],
  [
    'journyx: answers are lost, a batch that comes again gets 413',
    'seed 1: calledOtherwise 300, seed 2: calledOtherwise 600',
  ],
  [
    'journyx: answers are lost, a batch that comes again gets 422',
    'seed 1: calledOtherwise 300, seed 2: calledOtherwise 600',
  ],
  [
    'axapi: a DELETE that does nothing gets 204',
    'seed 1: claimed 26, seed 2: claimed 2, seed 2: notDone 900',
  ],
]);
