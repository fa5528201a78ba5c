import { createRequire } from 'node:module';
import type prettierModule from 'prettier';

/** The width that every line of the output keeps, where it can: prettier's `printWidth`. */
export const WIDTH = 100;

/** Letters as wide as one another, and the ellipsis that stands for a value in examples. */
const narrow = /^[ -~\u00c0-\u024f\u2026]*$/;

/** Whether a text fits that begins in that column. The width of letters counts, not their number. */
export function fits(text: string, column: number): boolean {
  if (text.includes('\n')) return false;
  // No character is wider than two columns.
  return column + 2 * text.length <= WIDTH || column + widthOf(text) <= WIDTH;
}

/** How many columns a text takes. */
export function widthOf(text: string): number {
  return narrow.test(text) ? text.length : prettierWidth(text);
}

let prettier: typeof prettierModule | undefined;

/** Wide letters and emoji are few: prettier, which knows them, is loaded for them alone. */
function prettierWidth(text: string): number {
  prettier ??= createRequire(import.meta.url)('prettier') as typeof prettierModule;
  return prettier.util.getStringWidth(text);
}
