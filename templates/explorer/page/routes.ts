/** What the page shows. */
export type Route =
  | { readonly view: 'home' | 'changes' | 'run' }
  | { readonly view: 'operation' | 'type'; readonly name: string };

/** The view that the part of the address behind `#` names. */
export function routeOf(hash: string): Route {
  const [, view = '', name = ''] = /^#\/(\w+)(?:\/(.*))?$/.exec(hash) ?? [];
  switch (view) {
    case 'operation':
    case 'type':
      return { view, name: decoded(name) };
    case 'changes':
    case 'run':
      return { view };
    default:
      return { view: 'home' };
  }
}

export function operationLink(name: string): string {
  return `#/operation/${encodeURIComponent(name)}`;
}

export function typeLink(name: string): string {
  return `#/type/${encodeURIComponent(name)}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
