import { isObject, setOwn, type MutableObject } from '../../json/narrow.ts';

/** The base URLs that host, base path and schemes make; undefined where a document says none of them. */
export function serversOf({ host, basePath, schemes }: MutableObject): MutableObject[] | undefined {
  const path = typeof basePath === 'string' ? basePath.replace(/\/+$/, '') : '';
  if (typeof host !== 'string' || host === '') return path === '' ? undefined : [{ url: path }];
  const written = Array.isArray(schemes)
    ? schemes.filter((scheme) => typeof scheme === 'string')
    : [];
  // Credentials must not travel in the clear because a document says nothing, or says it first.
  const secure = written.filter((scheme) => /^(?:https|wss)$/.test(scheme));
  const others = written.filter((scheme) => !secure.includes(scheme));
  const all = written.length === 0 ? ['https'] : [...secure, ...others];
  return all.map((scheme) => ({ url: `${scheme}://${host}${path}` }));
}

/** `securityDefinitions` as `securitySchemes`. */
export function securitySchemesOf(definitions: MutableObject): MutableObject {
  const schemes: MutableObject = {};
  for (const [name, definition] of Object.entries(definitions)) {
    if (isObject(definition)) setOwn(schemes, name, securitySchemeOf(definition));
  }
  return schemes;
}

function securitySchemeOf(definition: MutableObject): MutableObject {
  if (definition['type'] === 'basic') return { ...definition, type: 'http', scheme: 'basic' };
  if (definition['type'] !== 'oauth2') return definition;
  const { flow, authorizationUrl, tokenUrl, scopes, ...rest } = definition;
  const urls = {
    ...(authorizationUrl === undefined ? undefined : { authorizationUrl }),
    ...(tokenUrl === undefined ? undefined : { tokenUrl }),
  };
  const name = flows.get(String(flow)) ?? 'implicit';
  return { ...rest, flows: { [name]: { ...urls, scopes: isObject(scopes) ? scopes : {} } } };
}

const flows = new Map([
  ['implicit', 'implicit'],
  ['password', 'password'],
  ['application', 'clientCredentials'],
  ['accessCode', 'authorizationCode'],
]);
