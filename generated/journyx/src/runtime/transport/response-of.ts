// @ts-nocheck
/** What a response is besides its body. */
export type ResponseFacts = Pick<Response, 'headers' | 'status' | 'statusText' | 'ok' | 'url'>;

/**
 * A response of a body and what is said of it. The constructor takes neither a status above 599 nor a
 * reason phrase beyond Latin-1, both of which servers send and `fetch` lets through.
 */
export function responseOf(
  body: ReadableStream<Uint8Array> | null,
  { headers, status, statusText, ok, url }: ResponseFacts,
): Response {
  const response = new Response(body, { headers });
  for (const [name, value] of Object.entries({ status, statusText, ok, url }))
    Object.defineProperty(response, name, { value });
  return response;
}
