// @ts-nocheck
import type { Pool } from './postgres.js';

/** Where a fleet keeps everything. */
export interface Store {
  readonly pool: Pool;
  readonly schema: string;
  /** What is stored of actions and outcomes, and back. */
  seal(text: string): string | Promise<string>;
  open(sealed: string): string | Promise<string>;
}
