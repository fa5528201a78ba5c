/** How a server of request batches departs from what its vendor describes. Shares are between 0 and 1. */
export interface ElementConduct {
  /** Share of batches that are carried out, and whose answer is lost. */
  readonly lost?: number;
  /** What an element gets that was carried out before, instead of what is described. */
  readonly elementAgain?: 409 | 423 | 500 | 503;
  /** What a batch gets as a whole that was carried out before. */
  readonly batchAgain?: 400 | 404 | 409 | 413 | 422;
  /** Share of DELETEs that do nothing and are answered with 204. */
  readonly idleDeletes?: number;
  /** Share of batches that are carried out, and of which only the first results come. */
  readonly partialAnswers?: number;
  /** Share of all requests with a fault of some kind. */
  readonly faults?: number;
}
