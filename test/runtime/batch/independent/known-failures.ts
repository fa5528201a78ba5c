/**
 * Modes in which the run-time does not keep its promises yet, with what was seen: 400 actions, seed 1 in one
 * process, seed 2 with two kills. A mode that is kept again fails its test until it is taken out.
 */
export const known: ReadonlyMap<string, string> = new Map([
  ['answers are malformed HTTP', 'seed 1: notDone 300, seed 1: leftDrafts 1'],
  [
    'answers are malformed HTTP, a second confirmation is refused',
    'seed 1: notDone 300, seed 1: leftDrafts 1',
  ],
  [
    'half of the confirmations are lost, reads lag by up to 20 s, a second one is refused',
    'seed 2: twice 93, seed 2: calledOtherwise 7, seed 2: notDone 5',
  ],
  [
    'a failed batch keeps its first actions',
    'seed 1: twice 13, seed 1: calledOtherwise 2, seed 2: twice 62, seed 2: calledOtherwise 5',
  ],
  ['a failed batch keeps its first actions, with onError stop', 'seed 1: calledOtherwise 20'],
  [
    'createdResources are shuffled',
    'seed 1: misdirected 66, seed 1: wrongIds 42, seed 2: misdirected 74, seed 2: wrongIds 49',
  ],
  [
    'createdResources are partial',
    'seed 1: misdirected 6, seed 1: wrongIds 6, seed 2: misdirected 11, seed 2: wrongIds 11',
  ],
  [
    'ids of batches are JSON numbers of 18 digits',
    'seed 1: endless 1, seed 1: lost 400, seed 1: twice 10, seed 1: leftDrafts 2088, seed 2: endless 1, seed 2: lost 400, seed 2: twice 15, seed 2: leftDrafts 2211',
  ],
  [
    'a confirmation is answered with confirmed: false, reads lag, a second one is refused',
    'seed 1: twice 8, seed 2: twice 193, seed 2: calledOtherwise 14, seed 2: notDone 27',
  ],
  [
    'batches are shown as completed and as failed',
    'seed 1: twice 81, seed 1: calledOtherwise 11, seed 2: twice 93, seed 2: calledOtherwise 7',
  ],
  [
    'others left equal drafts yesterday, answers to POST are lost',
    'seed 1: claimed 300, seed 1: foreignTouched 5, seed 2: claimed 367, seed 2: misdirected 21, seed 2: foreignTouched 5',
  ],
  [
    'others left equal drafts yesterday, lists lag, answers to POST are lost',
    'seed 1: claimed 288, seed 1: foreignTouched 4, seed 2: claimed 279, seed 2: misdirected 10, seed 2: foreignTouched 5',
  ],
  [
    'others make equal drafts at the same time, answers to POST are lost',
    'seed 2: claimed 168, seed 2: misdirected 10, seed 2: foreignTouched 3',
  ],
  [
    'others take all places, busy is 400 "There are already 5 action batches in progress for this organization"',
    'seed 1: notDone 17, seed 2: endless 1, seed 2: lost 400, seed 2: leftDrafts 3',
  ],
  [
    'others take all places, busy is 409 "Concurrent action batch limit reached (5)"',
    'seed 1: notDone 17, seed 2: endless 1, seed 2: lost 400, seed 2: leftDrafts 3',
  ],
  [
    'others take all places, busy is 400 "Please wait for pending batches to finish"',
    'seed 1: notDone 17, seed 2: endless 1, seed 2: lost 400, seed 2: leftDrafts 3',
  ],
  [
    'others take all places, busy is 409 "Conflict"',
    'seed 1: notDone 17, seed 2: endless 1, seed 2: lost 400, seed 2: leftDrafts 3',
  ],
  [
    'PUT fails with 404 for good',
    'seed 1: endless 1, seed 1: lost 400, seed 1: leftDrafts 444, seed 1: seconds 2711 > 120, seed 1: drafts 444 > 6, seed 2: endless 1, seed 2: lost 400, seed 2: leftDrafts 443',
  ],
  ['PUT fails with 500 for good', 'seed 1: leftDrafts 4, seed 2: leftDrafts 4'],
  [
    'GET of a batch fails with 500 for good',
    'seed 1: unknown 380, seed 1: seconds 602 > 220, seed 2: unknown 368',
  ],
  ['GET of a batch fails with 404 for good', 'seed 1: unknown 380, seed 2: unknown 368'],
  ['the list fails for 60 s', 'seed 1: seconds 260 > 234'],
  [
    'the list fails for good',
    'seed 1: unknown 380, seed 1: seconds 611 > 219, seed 2: unknown 368, seed 2: leftDrafts 4',
  ],
  ['the list fails for good, answers are lost', 'seed 1: unknown 380, seed 2: unknown 368'],
  ['no connection for 90 s', 'seed 1: seconds 315 > 264'],
  ['connections break for 90 s', 'seed 1: seconds 315 > 264'],
  ['the process stands still for 400 s', 'seed 1: seconds 1063 > 581'],
  [
    'everything at once',
    'seed 1: twice 4, seed 1: calledOtherwise 1, seed 1: misdirected 66, seed 1: wrongIds 48, seed 2: misdirected 85, seed 2: wrongIds 60',
  ],
]);

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
