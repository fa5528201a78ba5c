import type { Diagnostics } from '../../diagnostics/diagnostics.ts';
import { successesOf } from '../../ir/responses.ts';
import type { ReadOperation } from './operation.ts';

/** Says once, at the first of them, how many operations speak nothing but XML: it has no types. */
export function sayXmlIsText(read: readonly ReadOperation[], diagnostics: Diagnostics): void {
  const found = read.filter(({ operation: { body, responses } }) => {
    const [sent] = body?.contents ?? [];
    const [answered] = successesOf(responses);
    return [sent?.encoding === 'text' && sent, answered?.reading === 'text' && answered].some(
      (one) => one && /[/+]xml\b/i.test(one.mediaType ?? ''),
    );
  });
  const [first, ...others] = found;
  if (!first) return;
  const more = others.length === 0 ? '' : `, here and in others (${others.length})`;
  diagnostics.info('operation/xml-is-text', `XML is sent and read as text${more}.`, {
    pointer: first.operation.pointer,
    hint: 'Write and parse it with a library of your choice, or offer JSON beside it.',
  });
}
