// @ts-nocheck
import type { ClientOptions } from '../access/client-options.js';

/** A shorter text is in too many words to be masked. */
const SHORTEST = 6;

/** Takes the credentials of the client out of texts, in the forms in which a server could send them back. */
export class Secrets {
  readonly #forms: readonly string[];

  private constructor(forms: readonly string[]) {
    this.#forms = forms;
  }

  /** The credentials among the options of a client. */
  static async of(options: ClientOptions, names: readonly string[]): Promise<Secrets> {
    const found = await Promise.all(names.map((name) => textsOf(options[name])));
    const forms = found
      .flat()
      .flatMap((text) => [
        text,
        encodeURIComponent(text),
        JSON.stringify(text).slice(1, -1),
        Buffer.from(text).toString('base64'),
      ]);
    const longest = [...new Set(forms)].filter((form) => form.length >= SHORTEST);
    return new Secrets(longest.toSorted((a, b) => b.length - a.length));
  }

  mask(text: string): string {
    return this.#forms.reduce((masked, form) => masked.replaceAll(form, '***'), text);
  }
}

/** A credential is a text, a function that gives one, or a user with a password. */
async function textsOf(value: unknown): Promise<readonly string[]> {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return textsOf(await (value as () => unknown)());
  if (typeof value !== 'object' || value === null) return [];
  const { user, password } = value as { readonly user?: unknown; readonly password?: unknown };
  const [secret = ''] = await textsOf(password);
  return secret === '' ? [] : [secret, `${String(user)}:${secret}`];
}
