import { noDoc } from '../ir/doc.ts';
import type { Doc } from '../ir/ir.ts';
import { type JsonObject, objectOf, own, textOf } from '../json/narrow.ts';

/** What a schema, a parameter or an operation says about itself. */
export function docOf(source: JsonObject): Doc {
  let summary = '';
  let description = '';
  let deprecated = false;
  let saysMore = false;
  for (const key in source)
    switch (key) {
      case 'summary':
        summary = textOf(source[key]).trim();
        break;
      case 'description':
        description = textOf(source[key]).trim();
        break;
      case 'deprecated':
        deprecated = source[key] === true;
        break;
      default:
        saysMore ||= telling.has(key) || key.startsWith('x-');
    }
  if (summary === '' && description === '' && !deprecated && !saysMore) return noDoc;
  const doc: Doc = {
    summary: summary === '' ? description : summary,
    description: summary === '' || summary === description ? '' : description,
    deprecated,
  };
  return saysMore ? withMore(doc, source) : doc;
}

const telling: ReadonlySet<string> = new Set(['externalDocs', 'default', 'example', 'examples']);

/** What few schemas say of themselves besides. */
function withMore(doc: Doc, source: JsonObject): Doc {
  const stage = textOf(own(source, 'x-release-stage'));
  const link = textOf(own(objectOf(own(source, 'externalDocs')), 'url'));
  const fallback = own(source, 'default');
  const examples = examplesOf(source);
  const extensions = extensionsOf(source);
  return {
    ...doc,
    ...(stage === '' ? {} : { stage }),
    ...(link === '' ? {} : { link }),
    ...(fallback === undefined ? {} : { default: shortText(fallback) }),
    ...(examples && { examples }),
    ...(extensions && { extensions }),
  };
}

/** The words of the path stand in for those of the operation; what else it says is its own. */
export function docOfOperation(operation: JsonObject, item: JsonObject): Doc {
  const doc = docOf(operation);
  if (doc.summary !== '') return doc;
  const { summary, description } = docOf(item);
  return { ...doc, summary, description };
}

/** More examples than these tell no more. */
const mostExamples = 5;

/** The `example` of OpenAPI, its `examples` by name, and JSON Schema's list of them. */
function examplesOf(source: JsonObject): readonly string[] | undefined {
  const one = own(source, 'example');
  const several = own(source, 'examples');
  if (one === undefined && several === undefined) return undefined;
  const values = Array.isArray(several)
    ? several
    : Object.values(objectOf(several)).map((named) => own(objectOf(named), 'value'));
  const found = [one, ...values.slice(0, mostExamples)].filter((value) => value !== undefined);
  return found.length === 0 ? undefined : [...new Set(found.map(shortText))];
}

function extensionsOf(source: JsonObject): JsonObject | undefined {
  const names = Object.keys(source).filter((name) => name.startsWith('x-'));
  return names.length === 0
    ? undefined
    : Object.fromEntries(names.map((name) => [name, source[name]]));
}

/** Written as JSON, and short: a default or an example is an aside. */
function shortText(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
