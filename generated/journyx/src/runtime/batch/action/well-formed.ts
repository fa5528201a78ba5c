// @ts-nocheck
/** The same text. @throws TypeError where half of a character is missing, which UTF-8 cannot hold. */
export function wellFormed(text: string, where: string): string {
  // The first test is the cheaper one, and passes what has no surrogates at all.
  if (!/[\ud800-\udfff]/.test(text) || !/\p{Surrogate}/u.test(text)) return text;
  throw new TypeError(`${where} holds a lone surrogate, which UTF-8 cannot hold`);
}
