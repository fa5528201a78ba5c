/** An error's body, as far as its shape matters; it may as well be a text or a number. */
interface Said {
  readonly errors?: Said | readonly Said[];
  readonly error?: Said;
  readonly error_description?: Said;
  readonly message?: Said;
  readonly msg?: Said;
  readonly loc?: Said | readonly Said[];
  readonly title?: Said;
  readonly detail?: Said | readonly Said[];
}

/**
 * The sentences in an error's body: `{errors: ['…']}`, `{errors: [{message}]}`,
 * `{errors: {field: […]}}`, `{error: {message}}`,
 * `{error, error_description}` (RFC 6749), `{title, detail}` (RFC 9457), `{detail: [{loc, msg}]}`
 * (FastAPI), `{message}`, plain text; else every value under its name.
 */
export function messages(body: unknown): readonly string[] {
  // A text or a number is asked for none of the members below.
  return sentences(body as Said);
}

function sentences(body: Said | readonly Said[] | undefined): string[] {
  if (body !== Object(body)) return body ? [`${body}`] : [];
  if (Array.isArray(body)) return body.flatMap(sentences);
  // .NET and some of AWS write names in capitals: `Message`.
  const members = Object.entries(body as object).map(([name, value]) => [
    name.replace(/^[A-Z]/, (letter) => letter.toLowerCase()),
    value,
  ]);
  const said: Said = Object.fromEntries(members);
  const { errors, error, error_description, message, msg, loc, title, detail } = said;
  const place = [loc ?? []].flat().join('.');
  if (msg) return [place ? `${place}: ${msg}` : `${msg}`];
  const found = sentences(errors);
  if (found.length > 0) return found;
  if (error_description) return [`${error}: ${error_description}`];
  const shapes = [message, error === Object(error) && error, [title ?? [], detail ?? []], error];
  const texts = shapes.map((part) => sentences(part as Said)).find((list) => list.length > 0);
  return (
    texts ??
    Object.entries(body as object).flatMap(([name, value]) =>
      sentences(value as Said).map((text) => `${name}: ${text}`),
    )
  );
}
