import { pointer as pointerTo } from '../../json/pointer.ts';
import type { Webhook } from '../../ir/ir.ts';
import { docOf } from '../doc.ts';
import { contentsOf } from './contents.ts';
import { type Names, pascalCase } from '../../ir/names.ts';
import { methods } from './methods.ts';
import type { Source } from './operation.ts';
import type { ParamContext } from './params.ts';
import { isObject, type JsonObject, objectOf, own, sortedEntries } from '../../json/narrow.ts';

/** What the API sends to its user: the document's webhooks, and the callbacks of its operations. */
export function readWebhooks(
  document: JsonObject,
  sources: readonly Source[],
  context: ParamContext,
  names: Names,
): readonly Webhook[] {
  const found: Webhook[] = [];
  for (const [name, item] of sortedEntries(own(document, 'webhooks'))) {
    found.push(
      ...readItem(name, `${name} webhook`, item, pointerTo('webhooks', name), context, names),
    );
  }
  for (const source of sources) {
    for (const [name, entry] of sortedEntries(own(source.operation, 'callbacks'))) {
      const { value, pointer } = context.references.follow(
        entry,
        `${source.pointer}${pointerTo('callbacks', name)}`,
      );
      for (const [expression, item] of sortedEntries(value)) {
        found.push(
          ...readItem(
            name,
            `${source.id} ${name} callback`,
            item,
            `${pointer}${pointerTo(expression)}`,
            context,
            names,
          ),
        );
      }
    }
  }
  return found;
}

function readItem(
  name: string,
  words: string,
  entry: unknown,
  at: string,
  context: ParamContext,
  names: Names,
): readonly Webhook[] {
  const { value: item, pointer } = context.references.follow(entry, at);
  return methods.flatMap(([key]): readonly Webhook[] => {
    const operation = own(objectOf(item), key);
    if (!isObject(operation)) return [];
    const body = context.references.follow(
      own(operation, 'requestBody'),
      `${pointer}/${key}/requestBody`,
    );
    const content = own(objectOf(body.value), 'content');
    const [media] = contentsOf(content, `${body.pointer}/content`, context.references);
    if (!media) return [];
    const typeName = names.claim(pascalCase(words) || 'Webhook');
    return [
      {
        name,
        typeName,
        body: context.schemas.typeOf(media.schema, media.pointer, 'json'),
        doc: docOf(operation),
      },
    ];
  });
}
