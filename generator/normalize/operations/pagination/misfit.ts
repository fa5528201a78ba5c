/** Why an operation cannot page as its target says. */
export interface Misfit {
  readonly problem: string;
  readonly hint: string;
}
