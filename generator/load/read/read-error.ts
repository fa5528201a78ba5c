/** Why a document could not be read, in words for its user. */
export class ReadError extends Error {
  override readonly name = 'ReadError';
  readonly code: string;
  readonly hint: string | undefined;

  constructor(code: string, message: string, hint?: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}

/** No document that people publish comes near it: the largest are 60 MB. */
export const maxBytes: number = 256 * 1024 * 1024;

export function tooLarge(name: string): ReadError {
  return new ReadError(
    'load/too-large',
    `${name} is larger than ${maxBytes / 1024 / 1024} MB, the most that is read.`,
    'Split the document by tag and generate a client for each part.',
  );
}
