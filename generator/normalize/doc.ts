import type { Doc } from '../ir/ir.ts';
import { type JsonObject, objectOf, own, textOf } from '../json/narrow.ts';

export const noDoc: Doc = { summary: '', description: '', deprecated: false };

/** What a schema, a parameter or an operation says about itself. */
export function docOf(source: JsonObject): Doc {
  const summary = textOf(own(source, 'summary')).trim();
  const description = textOf(own(source, 'description')).trim();
  const stage = textOf(own(source, 'x-release-stage'));
  const link = textOf(own(objectOf(own(source, 'externalDocs')), 'url'));
  const fallback = own(source, 'default');
  const doc: Doc = {
    summary: summary === '' ? description : summary,
    description: summary === '' || summary === description ? '' : description,
    deprecated: own(source, 'deprecated') === true,
  };
  if (stage === '' && link === '' && fallback === undefined) return doc;
  return {
    ...doc,
    ...(stage === '' ? {} : { stage }),
    ...(link === '' ? {} : { link }),
    ...(fallback === undefined ? {} : { default: defaultText(fallback) }),
  };
}

/** Written as JSON, and short: a default is an aside. */
function defaultText(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
