import { isObject, own } from '../../json/narrow.ts';
import { equal } from '../../json/equal.ts';
import { type Conjunction, keyword } from './conjunction.ts';
import { type Context, report } from './context.ts';

/** What `xml` says where it is left out. */
const implied = { attribute: false, wrapped: false, prefix: '', namespace: '' };

/** Compares how values are written as XML. */
export function compareXml(context: Context, old: Conjunction, now: Conjunction): void {
  const from = keyword(old, 'xml').at(-1);
  const to = keyword(now, 'xml').at(-1);
  if (from === to || equal(meaningOf(from?.value), meaningOf(to?.value))) return;
  report(
    context,
    'xml-changed',
    'is written otherwise as XML',
    from ?? old.at(-1),
    to ?? now.at(-1),
  );
}

function meaningOf(value: unknown): object {
  const said = isObject(value) ? value : {};
  const fields = ['name', 'namespace', 'prefix', 'attribute', 'wrapped', 'nodeType'];
  return {
    ...implied,
    ...Object.fromEntries(
      fields.flatMap((name) => (own(said, name) === undefined ? [] : [[name, own(said, name)]])),
    ),
  };
}
