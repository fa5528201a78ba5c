/**
 * An operation or a type as JSON that the generator printed, and the types that it names: what imports one
 * has what it needs and no more.
 */
export type MockData = readonly [
  name: string,
  text: string,
  named?: (() => readonly MockData[]) | undefined,
];
