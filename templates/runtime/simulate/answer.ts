/** What the simulator answers. */
export interface Answer {
  readonly status: number;
  /** JSON. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function json(status: number, value: unknown): Answer {
  return { status, text: JSON.stringify(value) };
}

/** A refusal in the words of the vendor's errors. */
export function refuse(status: number, ...errors: readonly string[]): Answer {
  return json(status, { errors });
}
