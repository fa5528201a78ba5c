import type { Random } from '../../../simulators/random.ts';

/** Makes a run repeatable: its jitter comes from a seed. Gives what ends that. */
export function seedRandom(random: Random): () => void {
  const { random: before } = Math;
  Math.random = random;
  return () => {
    Math.random = before;
  };
}
