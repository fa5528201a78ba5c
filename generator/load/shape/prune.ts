import { isObject, type MutableObject, own } from '../../json/narrow.ts';
import { pointer as pointerTo } from '../../json/pointer.ts';

type Components = ReadonlyMap<string, { readonly section: MutableObject; readonly key: string }>;

/** The components that a document uses, by their pointers. */
export function usedComponents(document: MutableObject): ReadonlySet<string> {
  const components = componentsOf(document);
  const used = new Set<string>();
  const open: unknown[] = Object.entries(document)
    .filter(([key]) => !sections.has(key))
    .map(([, value]) => value);
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') {
      const found = componentOf(value, components);
      const component = found === undefined ? undefined : components.get(found);
      if (found === undefined || !component || used.has(found)) continue;
      used.add(found);
      open.push(own(component.section, component.key));
    } else if (typeof value === 'object' && value !== null) {
      for (const member of Object.values(value)) open.push(member);
    }
  }
  return used;
}

/** Removes the components that were used before some operations went, and now are not. */
export function pruneComponents(document: MutableObject, before: ReadonlySet<string>): void {
  const after = usedComponents(document);
  for (const [pointer, { section, key }] of componentsOf(document))
    if (before.has(pointer) && !after.has(pointer)) delete section[key];
}

/** Where OpenAPI and Swagger 2.0 keep what is referred to. Security schemes are used by their names. */
const sections = new Set(['components', 'definitions', 'parameters', 'responses']);

function componentsOf(document: MutableObject): Components {
  const found = new Map<string, { section: MutableObject; key: string }>();
  const add = (section: unknown, ...at: readonly string[]): void => {
    if (!isObject(section)) return;
    for (const key of Object.keys(section)) found.set(pointerTo(...at, key), { section, key });
  };
  for (const name of sections) {
    const part = own(document, name);
    if (name !== 'components') add(part, name);
    else if (isObject(part))
      for (const [kind, section] of Object.entries(part))
        if (kind !== 'securitySchemes' && !kind.startsWith('x-')) add(section, name, kind);
  }
  return found;
}

/** `#/components/schemas/Pet/properties/name` → `/components/schemas/Pet`; a bare name as a mapping has it. */
function componentOf(text: string, components: Components): string | undefined {
  if (!text.startsWith('#/')) {
    const named = pointerTo('components', 'schemas', text);
    return components.has(named) ? named : undefined;
  }
  const keys = decoded(text.slice(2)).split('/');
  const pointer = `/${keys.slice(0, keys[0] === 'components' ? 3 : 2).join('/')}`;
  return components.has(pointer) ? pointer : undefined;
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
