// @ts-nocheck
/**
 * JSON in which integers that a number cannot hold exactly are texts: ids of 18 digits would become
 * those of other batches.
 *
 * @throws SyntaxError for what is not JSON.
 */
export function parseExactly(text: string): unknown {
  const json: unknown = JSON.parse(text);
  if (!/\d{16}/.test(text)) return json;
  // The text is valid, so each string and number has an end and nothing is read twice.
  const exact = text.replaceAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
    !/^-?\d{16,}$/.test(token) || Number.isSafeInteger(Number(token)) ? token : `"${token}"`,
  );
  return JSON.parse(exact);
}
