/** Faults that are known, until they are fixed: a test shows each of them, and fails when it is gone. */
const known: readonly RegExp[] = [
  /^raw TypeError: (entries is not iterable|.*is not iterable[^]*replay)/,
  /^raw TypeError: Cannot read properties of undefined \(reading 'length'\)\n.*at trim/,
];

export function isKnown(fault: string): boolean {
  return known.some((pattern) => pattern.test(fault));
}
