/**
 * JSON in which integers that a number cannot hold exactly are texts: ids of 18 digits would become
 * those of other batches.
 *
 * @throws SyntaxError for what is not JSON.
 */
export function parseExactly(text: string): unknown {
  const json: unknown = JSON.parse(text);
  if (!/\d{16}/.test(text)) return json;
  // The text is valid, so each string has an end and nothing is read twice.
  const exact = text.replaceAll(/"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g, (token) =>
    token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `"${token}"`,
  );
  return JSON.parse(exact);
}
