import { setFlagsFromString } from 'node:v8';

/** V8 complains about a flag that it lacks, so versions that were not tried keep their defaults: 11 is Node.js 20. */
const version = Number.parseInt(process.versions.v8, 10);
const isKnown = version >= 11 && version <= 14;

/** In bytes: below, a small space for new objects takes no more processor time. */
const LARGE_DOCUMENT = 8e6;

/** Most code of a run is used once: optimizing it takes a third of the processor time and never pays. */
export function optimizeLate(): void {
  if (version === 11) setFlagsFromString('--interrupt-budget=1000000');
  else if (isKnown) setFlagsFromString('--invocation-count-for-turbofan=50000');
}

/**
 * Keeps the space for new objects as it is. V8 lets it grow to twice 16 MB while much survives, and nearly all
 * that is made of a document survives: a fifth of the peak, for nothing.
 */
export function keepYoungSpaceSmall(): void {
  if (isKnown) setFlagsFromString('--semi-space-growth-factor=1');
}

/** Lets it grow for a large document: what moves out of it early is marked again and again in a large heap. */
export function makeRoomFor(document: Uint8Array): void {
  if (isKnown && document.length > LARGE_DOCUMENT)
    setFlagsFromString('--semi-space-growth-factor=2');
}
