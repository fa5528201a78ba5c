import { ShapeCheck } from './check-of.js';
import { Draft } from './draft.js';
import { DEEP, type SampleOptions } from './sample-options.js';
import type { Shape, Shapes } from './shape.js';

const ATTEMPTS = 40;

/** Makes values of shapes: JSON that their schemas accept. */
export class Sampler {
  readonly #shapes: Shapes;
  readonly #check: ShapeCheck;

  constructor(shapes: Shapes) {
    this.#shapes = shapes;
    this.#check = new ShapeCheck(shapes);
  }

  /** Whether JSON is what its shape says. */
  fits(value: unknown, shape: Shape): boolean {
    return this.#check.fits(value, shape);
  }

  /** A value: the first that fits, or the last that was tried. */
  sample(shape: Shape, options: SampleOptions): unknown {
    let value: unknown;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      // Where more does not fit, less may.
      const depth = attempt % 3 === 2 ? DEEP + 1 : 0;
      const seed = attempt === 0 ? options.seed : `${options.seed}#${attempt}`;
      const draft = new Draft(this.#shapes, this.#check, { ...options, seed }, attempt);
      value = draft.value(shape, depth);
      if (this.#check.fits(value, shape)) return value;
    }
    return value;
  }
}
