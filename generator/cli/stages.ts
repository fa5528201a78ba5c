import type { Stage } from '../generate.ts';
import { makeRoomFor } from './engine.ts';

/** Follows a generation: how long its stages took, and how much it has read when that is to be worked on. */
export class Stages {
  /** In milliseconds. */
  readonly times: Map<Stage, number> = new Map<Stage, number>();
  #documentBytes = 0;

  /** `bytes` of a document were read; undefined where it is absent. */
  read(bytes: Uint8Array | undefined): void {
    this.#documentBytes += bytes?.length ?? 0;
  }

  /** Told of each stage as it ends. */
  readonly onStage = (stage: Stage, milliseconds: number): void => {
    this.times.set(stage, milliseconds);
    if (stage === 'load') makeRoomFor(this.#documentBytes);
  };
}
