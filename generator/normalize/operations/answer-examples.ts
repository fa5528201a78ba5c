import { objectOf, own, sortedEntries } from '../../json/narrow.ts';
import { pointer as pointerTo } from '../../json/pointer.ts';
import type { References } from '../references.ts';

/** The bodies that a document shows as examples of an operation's successes. */
export function answerExamples(
  responses: unknown,
  pointer: string,
  references: References,
): readonly unknown[] {
  const valueOf = (value: unknown, at: string): ReturnType<typeof objectOf> =>
    objectOf(references.follow(value, at).value);
  return sortedEntries(responses)
    .filter(([status]) => /^(2|default$)/.test(status))
    .flatMap(([status, response]) => {
      const at = `${pointer}/responses${pointerTo(status)}`;
      return sortedEntries(own(valueOf(response, at), 'content'));
    })
    .flatMap(([, entry]) => {
      const media = valueOf(entry, pointer);
      const schema = valueOf(own(media, 'schema'), pointer);
      const named = sortedEntries(own(media, 'examples')).map(([, example]) =>
        own(valueOf(example, pointer), 'value'),
      );
      const listed = own(schema, 'examples');
      return [
        own(media, 'example'),
        ...named,
        own(schema, 'example'),
        ...(Array.isArray(listed) ? listed : []),
      ];
    })
    .filter((example) => example !== undefined);
}
