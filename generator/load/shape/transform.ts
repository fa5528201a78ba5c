import { isObject, type MutableObject, setOwn } from '../../json/narrow.ts';
import type { OpenApiDocument } from '../openapi-document.ts';
import type { Problems } from '../problems.ts';

/** Changes a document in place, or returns another one. The document was not checked yet. */
export type DocumentTransform = (document: OpenApiDocument) => unknown;

/** Applies a user's function. What it leaves becomes plain JSON, in which nothing is shared. */
export async function applyTransform(
  document: MutableObject,
  transform: DocumentTransform,
  file: string,
  problems: Problems,
): Promise<void> {
  const before = JSON.stringify(document);
  let after: string;
  try {
    // The user's function is given what was read: that it is a document is checked afterwards.
    const result = await transform(document as MutableObject & OpenApiDocument);
    after = JSON.stringify(result ?? document) ?? '';
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    problems.error('shape/transform', `The \`transform\` of the configuration failed: ${reason}`, {
      file,
    });
    return;
  }
  if (after === before) {
    problems.warning('shape/no-match', 'The `transform` of the configuration changed nothing.', {
      file,
      hint: 'Remove it if the document no longer needs it.',
    });
    return;
  }
  const value: unknown = after === '' ? undefined : JSON.parse(after);
  if (!isObject(value)) {
    problems.error('shape/transform', 'The `transform` of the configuration gave no document.', {
      file,
      hint: 'Return the document, or change it in place and return nothing.',
    });
    return;
  }
  for (const key of Object.keys(document)) delete document[key];
  for (const [key, member] of Object.entries(value)) setOwn(document, key, member);
}
