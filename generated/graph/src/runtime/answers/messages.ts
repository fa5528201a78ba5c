// @ts-nocheck
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

/** The body has them all; a reader of them stops sooner. */
const MAX_SENTENCES = 1000;
/** Characters of a sentence. */
const MAX_SENTENCE = 10_000;
/** Characters of a name before it. */
const MAX_NAME = 100;

/**
 * The sentences in an error's body: `{errors: ['…']}`, `{errors: [{message}]}`,
 * `{errors: {field: […]}}`, `{error: {message}}`,
 * `{error, error_description}` (RFC 6749), `{title, detail}` (RFC 9457), `{detail: [{loc, msg}]}`
 * (FastAPI), `{message}`, plain text; else every value under its name. A thousand at most, of ten
 * thousand characters each.
 */
export function messages(body: unknown): readonly string[] {
  // A text or a number is asked for none of the members below.
  return sentences(body as Said).map((text) => text.slice(0, MAX_SENTENCE));
}

function sentences(body: Said | readonly Said[] | undefined): string[] {
  if (body !== Object(body)) return body ? [`${body}`] : [];
  if (Array.isArray(body)) return sentencesOfAll(body, sentences);
  // .NET and some of AWS write names in capitals: `Message`.
  const members = Object.entries(body as object).map(([name, value]) => [
    name.replace(/^[A-Z]/, (letter) => letter.toLowerCase()),
    value,
  ]);
  const said: Said = Object.fromEntries(members);
  const { errors, error, error_description, message, msg, loc, title, detail } = said;
  const place = [loc ?? []]
    .flat()
    .filter((part) => part !== Object(part))
    .join('.')
    .slice(0, MAX_NAME);
  if (msg) return sentences(msg).map((text) => (place ? `${place}: ${text}` : text));
  const found = sentences(errors as Said);
  if (found.length > 0) return found;
  if (error_description) return [[error, error_description].flatMap(sentences).join(': ')];
  const shapes = [message, error === Object(error) && error, [title ?? [], detail ?? []], error];
  const texts = shapes.map((part) => sentences(part as Said)).find((list) => list.length > 0);
  return (
    texts ??
    sentencesOfAll(Object.entries(body as object), ([name, value]) =>
      sentences(value as Said).map((text) => `${name.slice(0, MAX_NAME)}: ${text}`),
    )
  );
}

/** Those of the first parts, until there are enough. */
function sentencesOfAll<Part>(parts: readonly Part[], of: (part: Part) => string[]): string[] {
  const all: string[] = [];
  for (const part of parts) {
    all.push(...of(part));
    if (all.length >= MAX_SENTENCES) return all.slice(0, MAX_SENTENCES);
  }
  return all;
}
