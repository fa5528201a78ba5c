// @ts-nocheck
/** What a batch is packed from: an action, or a group that stays together. */
export interface Unit {
  /** Indexes of its actions in the plan. */
  readonly indexes: readonly number[];
  readonly group: boolean;
  readonly name: string | undefined;
}

/** A unit of one action. It takes little memory: a plan may have a million of them. */
export class SingleUnit implements Unit {
  readonly #index: number;

  constructor(index: number) {
    this.#index = index;
  }

  get indexes(): readonly number[] {
    return [this.#index];
  }

  get group(): boolean {
    return false;
  }

  get name(): undefined {
    return undefined;
  }
}
