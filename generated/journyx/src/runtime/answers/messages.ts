/** An error's body, as far as its shape matters; it may as well be a text or a number. */
export interface Said {
  readonly errors?: Said | readonly Said[];
  readonly error?: Said;
  readonly message?: Said;
}

/**
 * The sentences in an error's body: `{errors: ['…']}`, `{errors: [{message}]}`, `{error: {message}}`,
 * `{message}`, plain text; else every value that is in it.
 */
export function messages(body: Said): string[] {
  if (body !== Object(body)) return body ? [`${body}`] : [];
  return [body.errors ?? body.error ?? body.message ?? Object.values(body)]
    .flat()
    .flatMap(messages);
}
