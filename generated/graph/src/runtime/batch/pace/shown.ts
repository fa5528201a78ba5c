// @ts-nocheck
/** What texts of a server become where people may read them. */
export class Shown {
  readonly #secrets: readonly string[];
  #mask: (text: string) => string = (text) => text;

  /** `secrets`: those that the client does not know. */
  constructor(secrets: readonly string[]) {
    this.#secrets = secrets;
  }

  /** An answer knows with which credentials it was asked for. */
  learn({ mask }: { readonly mask: (text: string) => string }): void {
    this.#mask = mask;
  }

  text(text: string): string {
    return this.#secrets.reduce(withoutSecret, this.#mask(text));
  }
}

/** As the client masks its credentials: a sign may be written as URLs, HTML and JSON escape it. */
function withoutSecret(text: string, secret: string): string {
  const pattern = secret.replace(
    /\W/gu,
    (sign) => `(%[^89ab].(%[89ab].)*|&[#\\w]+;|(\\\\u....){${sign.length}}|\\\\?\\${sign})`,
  );
  return text.replace(RegExp(pattern, 'gi'), '***');
}
