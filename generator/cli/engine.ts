import { setFlagsFromString } from 'node:v8';

/** V8 complains about a flag that it lacks, so versions that were not tried keep their defaults: 11 is Node.js 20. */
const version = Number.parseInt(process.versions.v8, 10);
const isKnown = version >= 11 && version <= 14;

/** In bytes: below, a small space for new objects takes no more processor time. */
const LARGE_DOCUMENT = 8e6;

/** Sets what suits a command. Compiled code that is kept is only good under the same flags. */
export function tuneEngine(command: string | undefined): void {
  if (!isKnown) return;
  // Most code of a run is used once: optimizing it takes a third of the processor time and never pays.
  setFlagsFromString(
    version === 11 ? '--interrupt-budget=3000000' : '--invocation-count-for-turbofan=50000',
  );
  // V8 lets the space for new objects grow to twice 16 MB while much survives, and nearly all that is made of a
  // document survives: a fifth of the peak, for nothing.
  if (command !== 'generate') return;
  setFlagsFromString('--semi-space-growth-factor=1');
  // So small a space is collected before a second thread has taken up its part.
  setFlagsFromString('--no-parallel-scavenge');
}

/**
 * Lets the space for new objects grow for a large document, once all code is loaded: what moves out of it early
 * is marked again and again in a large heap. Several threads then collect it in less time.
 */
export function makeRoomFor(documentBytes: number): void {
  if (!isKnown || documentBytes <= LARGE_DOCUMENT) return;
  setFlagsFromString('--semi-space-growth-factor=2');
  setFlagsFromString('--parallel-scavenge');
}
