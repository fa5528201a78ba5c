/** The version that was sent last, and what became of the actions that were sent with it. */
export interface Told {
  readonly version: string;
  readonly applied: number;
  /** Actions of which it is not known whether they were applied. */
  readonly open: number;
}

/** What a request says by its version, where it names one. */
export function toldBy(sent: {
  readonly version?: string | undefined;
  readonly places: readonly number[];
}): Told | undefined {
  const { version, places } = sent;
  return version === undefined ? undefined : { version, applied: 0, open: places.length };
}

/** The same once it is known what became of further actions, if it is the version that they were sent with. */
export function settle(
  told: Told | undefined,
  version: string | undefined,
  kinds: readonly string[],
): Told | undefined {
  if (!told || version !== told.version) return told;
  const applied = kinds.filter((kind) => kind === 'applied').length;
  const known = kinds.filter((kind) => kind !== 'unknown').length;
  return { version, applied: told.applied + applied, open: told.open - known };
}
