import type { Package } from './package.ts';

/** Calls the package of a case as it says, and expects what it says. */
export type Attempt = (opened: Package) => Promise<void>;
